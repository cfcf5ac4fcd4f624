/** AES-256-GCM with the APIv3 key, as API v3 and four kinds of API v2 seal what they tell. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Secret } from './secret.ts';

/** What a ciphertext is bound to, besides the key. */
export interface Binding {
  /** 12 ASCII characters. */
  readonly nonce: string;
  readonly associated_data: string;
}

const ALGORITHM = 'aes-256-gcm';
/** The authentication tag at the end, in bytes. */
export const TAG = 16;

/**
 * Encrypts a text (UTF-8, unless it comes as bytes): base64 of ciphertext and tag.
 *
 * @throws RangeError when the key is not 32 bytes long
 * @see https://pay.weixin.qq.com/wiki/doc/apiv3/wechatpay/wechatpay4_2.shtml
 */
export function encryptAead(
  plaintext: string | Uint8Array,
  key: Secret,
  { nonce, associated_data }: Binding,
): string {
  const cipher = createCipheriv(ALGORITHM, Buffer.from(key.reveal(), 'utf8'), Buffer.from(nonce, 'utf8'));
  cipher.setAAD(Buffer.from(associated_data, 'utf8'));
  const parts = [cipher.update(Buffer.from(plaintext)), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64');
}

/** Opens a ciphertext; `undefined` when key, nonce, associated data and ciphertext do not belong together. */
export function decryptAead(
  ciphertext: string,
  key: Secret,
  { nonce, associated_data }: Binding,
): string | undefined {
  const bytes = Buffer.from(ciphertext, 'base64');
  if (bytes.length < TAG) return undefined;
  try {
    const [secret, iv] = [Buffer.from(key.reveal(), 'utf8'), Buffer.from(nonce, 'utf8')];
    const decipher = createDecipheriv(ALGORITHM, secret, iv);
    decipher.setAAD(Buffer.from(associated_data, 'utf8')).setAuthTag(bytes.subarray(-TAG));
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -TAG)), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return undefined;
  }
}
