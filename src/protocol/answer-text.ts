/** What a merchant answered, as text. */
import type { Answer } from './dialect.ts';

/** An answer's body in the charset that it declares. */
export function answerText(answer: Pick<Answer, 'headers' | 'body'>): string {
  try {
    return new TextDecoder(charset(answer)).decode(answer.body);
  } catch {
    return new TextDecoder('utf-8').decode(answer.body); // a charset that nobody knows
  }
}

/** The text of an answer that was read to its end and is not compressed; or why there is none. */
export function textOf(answer: Answer): string | { why: string } {
  if (answer.truncated)
    return { why: `the answer is larger than ${answer.body.length} bytes, and was not read further` };
  const coding = codingOf(answer);
  if (coding !== undefined) return { why: `the answer is ${coding}-compressed, which was not asked for` };
  return answerText(answer);
}

/** How a body is compressed; gzip shows it, the others are said in the header. */
function codingOf({ headers, body }: Answer): string | undefined {
  if (body[0] === 0x1f && body[1] === 0x8b) return 'gzip';
  const said = /^(?:br|deflate|zstd|compress)\b/i.exec(String(headers['content-encoding'] ?? '').trim());
  return body.length === 0 ? undefined : said?.[0].toLowerCase();
}

/** What is wrong with an answer that redirects. */
export function redirection({ status, headers }: Answer): string | undefined {
  if (status < 300 || status >= 400 || headers['location'] === undefined) return undefined;
  const location = String(headers['location']);
  return `HTTP ${status} redirects to ${location.slice(0, 200)}; the platform does not follow redirects`;
}

/** The charset that the header, or else the prolog, declares (RFC 7303, 3): answers in GBK exist. */
function charset({ headers, body }: Pick<Answer, 'headers' | 'body'>): string {
  const declared = /charset\s*=\s*"?([\w-]+)/i.exec(String(headers['content-type'] ?? ''));
  const prolog = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)/i.exec(latin1(body.subarray(0, 200)));
  return declared?.[1] ?? prolog?.[1] ?? 'utf-8';
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
