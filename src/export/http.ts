import { bodyText, type ExportedRequest } from './request.ts';

/** A request for the HTTP clients of VS Code and JetBrains. */
export function http(request: ExportedRequest): string {
  const headers = request.headers.map(([name, value]) => `${name}: ${value}\n`);
  return `### WeChat Pay notification\n${request.method} ${request.url}\n${headers.join('')}\n${bodyText(request)}\n`;
}
