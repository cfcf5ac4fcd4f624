import { bodyText, type ExportedRequest } from './request.ts';

/** A Hurl file that expects an acknowledgement. The body is base64, so that no byte of it is interpreted. */
export function hurl(request: ExportedRequest): string {
  const headers = request.headers.map(([name, value]) => `${name}: ${value}\n`);
  const body = Buffer.from(bodyText(request), 'utf8').toString('base64');
  const asserts = `HTTP 200\n[Asserts]\nxpath "string(//return_code)" == "SUCCESS"\n`;
  return `${request.method} ${request.url}\n${headers.join('')}base64,${body};\n\n${asserts}`;
}
