/** Base64 that suffered on the way. */

/** A text that should be base64 → the bytes that it stood for before something happened to it. */
export type Decode = (text: string) => Buffer;

/** What happens to base64, and how it is repaired. Node takes the alphabet for URLs, and base64 without padding, anyway. */
export const base64Repairs: readonly (readonly [detail: string, decode: Decode])[] = [
  [
    'blanks in the place of +, as form decoding leaves them',
    (text) => decoded(text.trim().replace(/ /g, '+')),
  ],
  ['URL-encoded', (text) => decoded(percentDecoded(text))],
  ['URL-encoded twice', (text) => decoded(percentDecoded(percentDecoded(text)))],
  ['in the alphabet for URLs (- and _)', (text) => Buffer.from(text, 'base64url')],
  [
    'escaped as HTML or XML',
    (text) =>
      decoded(
        text
          .replace(/&#(?:43|x2b);/gi, '+')
          .replace(/&#(?:47|x2f);/gi, '/')
          .replace(/&#(?:61|x3d);/gi, '='),
      ),
  ],
  ['line feeds as the two characters \\n', (text) => decoded(text.replace(/\\[nr]/g, ''))],
  ['with \\/ as JSON writes it', (text) => decoded(text.replaceAll('\\/', '/'))],
  ['encoded twice', (text) => decoded(decoded(text).toString('latin1'))],
  ['hexadecimal, not base64', (text) => Buffer.from(text.trim(), 'hex')],
  ['with something else around it', (text) => decoded(/[A-Za-z0-9+/]{64,}={0,2}/.exec(text)?.[0] ?? '')],
  [
    'in lost order: + and / exchanged',
    (text) => decoded(text.replace(/[+/]/g, (char) => (char === '+' ? '/' : '+'))),
  ],
];

const STRICT = /^[A-Za-z0-9+/]+={0,2}$/;

/** How a text departs from base64 although Node decodes it; others do not. */
export function oddBase64(text: string): string | undefined {
  if (/[-_]/.test(text)) return 'it is in the alphabet for URLs (- and _)';
  if (/\s/.test(text)) return 'there is white space in it';
  if (text.includes('\\/')) return 'with \\/ as JSON writes it';
  if (!STRICT.test(text)) return 'there are characters in it that base64 does not have';
  return text.length % 4 === 0 ? undefined : 'the = at the end are missing';
}

function decoded(text: string): Buffer {
  return Buffer.from(text, 'base64');
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
