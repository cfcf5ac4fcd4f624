/** Signatures as functions: to sign, and to verify. */
import * as v from 'valibot';
import type { Fields, SignType, Verification } from '../protocol/dialect.ts';
import { Secret } from '../protocol/secret.ts';
import { v2 } from '../protocol/v2/index.ts';
import { sign } from '../protocol/v2/sign.ts';
import { toBytes } from './body.ts';
import { check, scalar, signType } from './check.ts';
import { credentialsOf, needed } from './credentials.ts';
import type { MerchantOptions } from './merchant.ts';

const NAMES = 'an object of names and values';
const signing = v.object({ fields: v.record(v.string(), scalar, NAMES), sign_type: signType });
const secret = v.object({ api_key: v.pipe(v.string('text'), v.nonEmpty('text that is not empty')) });

/**
 * Signs v2 fields. `sign` and empty values take no part.
 *
 * @param fields wire names and values, in any order
 * @param api_key the API key (API v2), 32 characters
 * @returns upper-case hexadecimal: 32 characters with MD5, 64 with HMAC-SHA256
 * @throws InputError when an argument is not of its type
 */
export function signV2(fields: Fields, api_key: string, sign_type: SignType = 'MD5'): string {
  check(signing, { fields, sign_type });
  check(secret, { api_key }, { hidden: true });
  return sign(Object.entries(fields), new Secret(api_key), sign_type);
}

/**
 * Verifies a v2 notification as a merchant must, step by step, and opens an encrypted one.
 *
 * @param body the XML as it came; text is taken as UTF-8
 * @returns every check, and the fields, which are not to be trusted unless `ok`
 * @throws InputError when the merchant lacks something, or the body is neither text nor bytes
 */
export function verifyV2(body: string | Uint8Array, merchant: MerchantOptions): Verification {
  return v2.verify(toBytes(body), needed(credentialsOf(merchant).v2()));
}
