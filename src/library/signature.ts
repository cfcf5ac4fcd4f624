/** Signatures as functions: to sign, and to verify. */
import type { Fields, SignType, Verification } from '../protocol/dialect.ts';
import { Secret } from '../protocol/secret.ts';
import { v2 } from '../protocol/v2/index.ts';
import { sign } from '../protocol/v2/sign.ts';
import { toCredentials, type MerchantOptions } from './merchant.ts';

/**
 * Signs v2 fields. `sign` and empty values take no part.
 *
 * @param fields wire names and values, in any order
 * @param api_key the API key (API v2), 32 characters
 * @returns upper-case hexadecimal: 32 characters with MD5, 64 with HMAC-SHA256
 */
export function signV2(fields: Fields, api_key: string, sign_type: SignType = 'MD5'): string {
  return sign(Object.entries(fields), new Secret(api_key), sign_type);
}

/**
 * Verifies a v2 notification as a merchant must, step by step, and opens an encrypted one.
 *
 * @param body the XML as it came; text is taken as UTF-8
 * @returns every check, and the fields, which are not to be trusted unless `ok`
 * @throws InputError when the merchant lacks something
 */
export function verifyV2(body: string | Uint8Array, merchant: MerchantOptions): Verification {
  return v2.verify(typeof body === 'string' ? Buffer.from(body, 'utf8') : body, toCredentials(merchant));
}
