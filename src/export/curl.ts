import { bodyText, type ExportedRequest } from './request.ts';

/** A POSIX shell command. */
export function curl(request: ExportedRequest): string {
  const headers = request.headers.map(([name, value]) => `  -H ${quote(`${name}: ${value}`)} \\\n`);
  return `curl -i -X ${request.method} ${quote(request.url)} \\\n${headers.join('')}  --data-binary ${quote(bodyText(request))}\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
