import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { Secret } from '../secret.ts';

/**
 * Encrypts a refund's inner XML as `req_info`.
 *
 * AES-256-ECB with PKCS#7 padding, keyed by the 32 ASCII bytes of the API key's lower-case hex MD5; base64.
 *
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_16&index=10
 */
export function encrypt(plaintext: string | Uint8Array, key: Secret): string {
  const cipher = createCipheriv('aes-256-ecb', aesKey(key), null);
  return Buffer.concat([cipher.update(Buffer.from(plaintext)), cipher.final()]).toString('base64');
}

/**
 * Opens `req_info`. ECB has no integrity: only a wrong key or a damaged last block is noticed.
 *
 * @returns the inner XML, or `undefined` when it does not decrypt to UTF-8 text
 */
export function decrypt(ciphertext: string, key: Secret): string | undefined {
  const bytes = Buffer.from(ciphertext, 'base64');
  if (bytes.length === 0 || bytes.length % BLOCK !== 0) return undefined;
  const decipher = createDecipheriv('aes-256-ecb', aesKey(key), null);
  try {
    const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return undefined;
  }
}

/** The cipher's block, in bytes. */
export const BLOCK = 16;

/** The AES key made of an API key: 32 ASCII bytes. */
export function aesKey(key: Secret): Buffer {
  return Buffer.from(createHash('md5').update(key.reveal(), 'utf8').digest('hex'), 'ascii');
}
