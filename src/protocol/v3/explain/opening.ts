/** How a resource is opened, in parts that can each be got wrong; and what is in it although its tag does not fit. */
import { createDecipheriv } from 'node:crypto';
import { TAG } from '../../aead.ts';

/** What it takes to open a resource. */
export interface Sealed {
  /** Ciphertext and tag. */
  readonly bytes: Buffer;
  readonly key: Buffer;
  readonly nonce: string;
  readonly associated_data: string;
}

/** What the cipher takes, in bytes. */
export const KEY_LENGTH = 32;
export const NONCE_LENGTH = 12;

/** Opens it as it should be; `undefined` when the parts do not belong together. */
export function open({ bytes, key, nonce, associated_data }: Sealed): string | undefined {
  if (bytes.length < TAG || key.length !== KEY_LENGTH || nonce === '') return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce));
    decipher.setAAD(Buffer.from(associated_data)).setAuthTag(bytes.subarray(-TAG));
    return utf8(Buffer.concat([decipher.update(bytes.subarray(0, -TAG)), decipher.final()]));
  } catch {
    return undefined;
  }
}

/**
 * What GCM decrypts to before its tag is looked at: the tag at the end makes sixteen bytes of nonsense. Key and nonce
 * are right when it begins as JSON.
 */
export function peek({ bytes, key, nonce }: Omit<Sealed, 'associated_data'>): Buffer | undefined {
  if (key.length !== KEY_LENGTH || Buffer.byteLength(nonce) !== NONCE_LENGTH) return undefined;
  const counter = Buffer.concat([Buffer.from(nonce), Buffer.from([0, 0, 0, 2])]); // NIST SP 800-38D §7.1
  const decipher = createDecipheriv('aes-256-ctr', key, counter);
  const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
  return BEGINNING.test(plain.subarray(0, 16).toString('latin1')) ? plain : undefined;
}

const BEGINNING = /^\s*\{\s*"[A-Za-z_]/;

/** Bytes as text, when they are UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
