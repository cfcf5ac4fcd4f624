/** An HTTP request as text: request line, headers, an empty line, the body. */
import type { Capture } from './capture.ts';

const REQUEST_LINE = /^\s*(?:###[^\n]*\n)?([A-Z]{3,7}) +(\S+)(?: +HTTP\/[\d.]+)? *\r?\n/;

/** What a dump of a connection has behind the request. */
const ANSWER = /(<\/\w+>)\s*HTTP\/[\d.]+ \d{3}\b[^]*$/;
const JSON_ANSWER = /(\})\s*HTTP\/[\d.]+ \d{3}\b[^]*$/;

/** Reads a whole request; `undefined` when the text is none. */
export function readHttp(text: string): Capture | undefined {
  const line = REQUEST_LINE.exec(text);
  if (!line) return undefined;
  const [whole, method = '', target = ''] = line;
  const rest = text.slice(whole.length);
  const gap = /(?:^|\r?\n)\r?\n/.exec(rest); // there may be no headers
  const head = gap ? rest.slice(0, gap.index) : rest;
  const headers = head.split(/\r?\n/).flatMap(headerOf);
  const body = gap ? rest.slice(gap.index + gap[0].length) : '';
  const url = absolute(target, headers);
  const request = { form: 'http', method, url, headers, notes: [] } as const;
  const isXml = body.trimStart().startsWith('<');
  if (isXml) return { ...request, version: 'v2', body: body.replace(ANSWER, '$1').trim() };
  return { ...request, version: 'v3', body: exactly(body.replace(JSON_ANSWER, '$1'), headers) };
}

/** A body ends where its length says; without one, white space at the end is taken for the file's. */
function exactly(body: string, headers: Capture['headers']): string {
  const length = Number(headers.find(([name]) => /^content-length$/i.test(name))?.[1] ?? NaN);
  const bytes = Buffer.from(body);
  const rest = bytes.subarray(length).toString('utf8');
  return length <= bytes.length && rest.trim() === ''
    ? bytes.subarray(0, length).toString('utf8')
    : body.trim();
}

function headerOf(line: string): readonly (readonly [string, string])[] {
  const [, name, value = ''] = /^([\w!#$%&'*+.^`|~-]+):\s*(.*)$/.exec(line) ?? [];
  return name === undefined ? [] : [[name, value.trim()]];
}

function absolute(target: string, headers: Capture['headers']): string {
  if (/^https?:/.test(target)) return target;
  const host = headers.find(([name]) => /^host$/i.test(name))?.[1];
  return host === undefined ? target : `http://${host}${target}`;
}

/**
 * A request whose body is in chunks, put together: each has its length in hexadecimal before it.
 * Anything else stays as it is. Bytes, because a chunk may end within a character.
 */
export function unchunked(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const gap = /\r?\n\r?\n/.exec(text);
  const head = gap ? text.slice(0, gap.index) : '';
  if (!gap || !REQUEST_LINE.test(`${head}\n`) || !/^transfer-encoding:.*chunked/im.test(head)) return bytes;
  const start = gap.index + gap[0].length;
  const pieces = chunksOf(Buffer.from(bytes.subarray(start)));
  return pieces.length === 0 ? bytes : Buffer.concat([bytes.subarray(0, start), ...pieces]);
}

function chunksOf(bytes: Buffer): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\n', at);
    const size = parseInt(bytes.subarray(at, end).toString('latin1'), 16);
    if (end === -1 || !(size > 0)) break;
    pieces.push(bytes.subarray(end + 1, end + 1 + size));
    const next = bytes.indexOf('\n', end + 1 + size);
    if (next === -1) break;
    at = next + 1;
  }
  return pieces;
}
