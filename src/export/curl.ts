import { bodyBase64, bodyText, isText, type ExportedRequest } from './request.ts';

/** A POSIX shell command. */
export function curl(request: ExportedRequest): string {
  const headers = request.headers.map(([name, value]) => `  -H ${quote(`${name}: ${value}`)} \\\n`);
  const command = `curl -i -X ${request.method} ${quote(request.url)} \\\n${headers.join('')}  --data-binary`;
  if (isText(request) && request.body.byteLength < LONGEST_WORD) {
    return `${command} ${quote(bodyText(request))}\n`;
  }
  return `printf %s ${bodyBase64(request)} | base64 -d | ${command} @-\n`;
}

/** Linux gives no program a longer word, in bytes; `printf` is the shell’s own. */
const LONGEST_WORD = 128 * 1024;

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
