/** AES-256-GCM, with which four kinds of API v2 hide an event: keyed by the APIv3 key, not by the API key. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Fields } from '../dialect.ts';
import type { Secret } from '../secret.ts';

/** What a ciphertext is bound to, besides the key. */
export interface Binding {
  /** 12 ASCII characters. */
  readonly nonce: string;
  readonly associated_data: string;
}

const ALGORITHM = 'aes-256-gcm';
/** The authentication tag at the end, in bytes. */
const TAG = 16;

/** The binding that the outer fields of a message state. */
export function eventBinding({ event_nonce = '', event_associated_data = '' }: Fields): Binding {
  return { nonce: event_nonce, associated_data: event_associated_data };
}

/**
 * Encrypts an event as `event_ciphertext`: base64 of ciphertext and tag.
 *
 * @throws RangeError when the key is not 32 bytes long
 * @see https://pay.weixin.qq.com/wiki/doc/apiv3/payscore.php?chapter=18_7&index=7
 */
export function encryptEvent(plaintext: string, key: Secret, { nonce, associated_data }: Binding): string {
  const cipher = createCipheriv(ALGORITHM, Buffer.from(key.reveal(), 'utf8'), Buffer.from(nonce, 'utf8'));
  cipher.setAAD(Buffer.from(associated_data, 'utf8'));
  return Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  );
}

/** Opens `event_ciphertext`; `undefined` when key, nonce, associated data and ciphertext do not belong together. */
export function decryptEvent(
  ciphertext: string,
  key: Secret,
  { nonce, associated_data }: Binding,
): string | undefined {
  const bytes = Buffer.from(ciphertext, 'base64');
  try {
    const decipher = createDecipheriv(
      ALGORITHM,
      Buffer.from(key.reveal(), 'utf8'),
      Buffer.from(nonce, 'utf8'),
    );
    decipher.setAAD(Buffer.from(associated_data, 'utf8')).setAuthTag(bytes.subarray(-TAG));
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -TAG)), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return undefined;
  }
}
