/** The encrypted part of a notification of API v3. */
import { createDecipheriv } from 'node:crypto';
import { Refusal } from '../refusal.mjs';

const TAG_BYTES = 16;

/**
 * @param {{ algorithm: string, ciphertext: string, nonce: string, associated_data?: string }} resource
 * @param {string} apiV3Key
 * @returns {object}
 */
export function openResource(resource, apiV3Key) {
  if (resource?.algorithm !== 'AEAD_AES_256_GCM') throw new Refusal('the algorithm is unknown');
  try {
    const sealed = Buffer.from(resource.ciphertext, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', apiV3Key, resource.nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(resource.associated_data ?? ''));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    const opened = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(opened.toString('utf8'));
  } catch {
    throw new Refusal('the resource does not open');
  }
}
