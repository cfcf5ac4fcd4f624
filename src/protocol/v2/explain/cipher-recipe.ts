/** How `req_info` is decrypted, in parts that can each be got wrong. */
import { createDecipheriv, createHash } from 'node:crypto';
import type { Decode } from '../../explain/base64.ts';
import { readXml } from '../xml.ts';

/** One way of each part. */
export interface Option<T> {
  readonly code: string;
  readonly title: string;
  readonly fix: string;
  readonly detail: string;
  readonly value: T;
}

/** The bytes of a key → the key of the cipher. */
export type KeyMaker = (key: string) => Buffer;
export type Open = (bytes: Buffer, key: Buffer) => Buffer;

/** What hides in the bytes, when it is XML after all. */
export function plaintextOf(open: Open, bytes: Buffer, key: Buffer): string | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(open(bytes, key)).replace(/\0+$/, '');
  } catch {
    return undefined;
  }
  return /^\s*<(\?xml|root|xml)\b/.test(text) && readXml(text.trim()).ok ? text : undefined;
}

/** The official way: MD5 of the key in lower-case hexadecimal, AES-256-ECB, PKCS#7. */
export const right = {
  decode: ((text) => Buffer.from(text, 'base64')) satisfies Decode,
  makeKey: ((key) => Buffer.from(md5Hex(key))) satisfies KeyMaker,
  open: ((bytes, key) => decipher('ecb', bytes, { key })) satisfies Open,
};

interface CipherOptions {
  readonly key: Buffer;
  readonly iv?: Buffer;
  readonly padding?: boolean;
}

/** AES of the key's length. Throws when key, bytes or padding do not fit. */
export function decipher(
  mode: 'ecb' | 'cbc' | 'ctr' | 'cfb' | 'ofb',
  bytes: Buffer,
  { key, iv, padding = true }: CipherOptions,
): Buffer {
  const opening = createDecipheriv(`aes-${key.length * 8}-${mode}`, key, iv ?? null).setAutoPadding(padding);
  return Buffer.concat([opening.update(bytes), opening.final()]);
}

/** MD5 in lower-case hexadecimal. */
export function md5Hex(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}
