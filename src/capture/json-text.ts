/** An API v3 envelope, and the headers of its signature, somewhere in a text: a log line, a curl command, a program. */
import { escapes } from './escapes.ts';
import type { Capture } from './capture.ts';

/** Finds the first envelope of a text, escaped or not. */
export function findEnvelope(text: string): Capture | undefined {
  for (const { note, undo } of escapes) {
    const body = envelopeIn(undo(text));
    if (body === undefined) continue;
    const notes = note === '' ? [] : [note];
    return { version: 'v3', form: 'text', method: null, url: null, headers: headersIn(text), body, notes };
  }
  return undefined;
}

/** No envelope has more objects around its ciphertext, and before it, than this. */
const MOST = 12;

/** The object around the first ciphertext that is an envelope: looked for outwards, because a log line may be JSON itself. */
function envelopeIn(text: string): string | undefined {
  const at = /"ciphertext"\s*:/.exec(text)?.index ?? -1;
  let from = at;
  for (let tried = 0; tried < MOST && from > 0; tried++) {
    from = text.lastIndexOf('{', from - 1);
    const object = from === -1 ? undefined : objectAt(text, from);
    if (object !== undefined && isEnvelope(object)) return object;
  }
  return undefined;
}

/** The object that begins at a brace, as far as the brace that closes it. */
function objectAt(text: string, from: number): string | undefined {
  const token = /"(?:[^"\\]|\\.)*"|[{}]/gs;
  token.lastIndex = from;
  let depth = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === '{') depth++;
    if (found[0] === '}') depth--;
    if (depth === 0) return text.slice(from, token.lastIndex);
  }
  return undefined;
}

function isEnvelope(object: string): boolean {
  try {
    return hasCiphertext(JSON.parse(object));
  } catch {
    return false;
  }
}

/** Whether a value is the envelope of an API v3 notification. */
export function hasCiphertext(value: unknown): boolean {
  const { resource } = (value ?? {}) as { resource?: { ciphertext?: unknown } | null };
  return typeof resource?.ciphertext === 'string';
}

const NAMES = ['Timestamp', 'Nonce', 'Serial', 'Signature-Type', 'Signature'];

/**
 * The signature's headers wherever a text has them: `Wechatpay-Nonce: x`, `"wechatpay-nonce":"x"`,
 * `HTTP_WECHATPAY_NONCE => x`, `{"name":"Wechatpay-Nonce","value":"x"}`, `Wechatpay-Nonce:[x]`.
 */
export function headersIn(text: string): Capture['headers'] {
  return NAMES.flatMap((name) => {
    const spelt = name.replace('-', '[-_]');
    const after = name === 'Signature' ? '(?![-_]type)' : '';
    const pattern = `wechatpay[-_]${spelt}\\b${after}(?:\\\\?["'\\]])?\\s*(?:,\\s*\\\\?"value\\\\?"\\s*)?(?:=>|[:=,])\\s*\\[?\\s*${VALUE}`;
    const found = new RegExp(pattern, 'i').exec(text);
    const value = found?.[1] ?? found?.[2];
    return value === undefined ? [] : [[`Wechatpay-${name}`, value] as const];
  });
}

/** In quotes, plain or escaped as in JSON, or up to what ends a value. */
const VALUE = `(?:\\\\?["']([^"'\\\\]*)|([^\\s"',;\\]})]+))`;
