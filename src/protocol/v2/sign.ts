import { createHmac, hash } from 'node:crypto';
import type { Pair, SignType } from '../dialect.ts';
import type { Secret } from '../secret.ts';

/**
 * Signs v2 fields.
 *
 * @param fields names and raw values; `sign` and empty values take no part
 * @returns upper-case hexadecimal: 32 characters for MD5, 64 for HMAC-SHA256
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3
 */
export function sign(fields: readonly Pair[], key: Secret, type: SignType): string {
  return signText(joined(fields.toSorted(byName)), key, type);
}

/** The same, of fields that are {@link joined} already. */
export function signText(text: string, key: Secret, type: SignType): string {
  return digest[type](withKey(text, key.reveal()), key.reveal());
}

/**
 * The canonical string: `k=v` joined by `&` in ASCII order of the names, then `&key=`.
 * Values are raw: not URL-encoded, not trimmed; `0` is not empty.
 */
export function stringToSign(fields: readonly Pair[], key: string): string {
  return withKey(joined(fields.toSorted(byName)), key);
}

/** The canonical string of fields that are in ASCII order already, as far as the key has no part in it. */
export function joined(fields: readonly Pair[]): string {
  let text = '';
  for (const [name, value] of fields) {
    if (name !== 'sign' && value !== '') text += `&${name}=${value}`;
  }
  return text.slice(1);
}

/** The canonical string of fields that are {@link joined}. */
export function withKey(text: string, key: string): string {
  return text === '' ? `key=${key}` : `${text}&key=${key}`;
}

/** ASCII order of names, as the signature rule and real captures have it. */
export function byName([a]: Pair, [b]: Pair): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What is made of the canonical string (UTF-8), in upper case. */
export const digest: Record<SignType, (text: string, key: string) => string> = {
  MD5: (text) => hash('md5', text, 'hex').toUpperCase(),
  'HMAC-SHA256': (text, key) => createHmac('sha256', key).update(text).digest('hex').toUpperCase(),
};
