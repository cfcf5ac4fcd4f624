/** The signature of API v2. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../refusal.mjs';

/**
 * Refuses what was not signed with the API key.
 *
 * @param {Map<string, string>} fields as received
 * @param {string} key
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3
 */
export function verifySignature(fields, key) {
  const sign = fields.get('sign');
  if (sign === undefined) throw new Refusal('there is no signature');
  const algorithm = algorithms[fields.get('sign_type') ?? 'MD5'];
  if (algorithm === undefined) throw new Refusal('the signature type is unknown');
  const expected = algorithm(textToSign(fields, key), key).toUpperCase();
  if (!equal(sign, expected)) throw new Refusal('the signature is wrong');
}

const algorithms = {
  __proto__: null,
  MD5: (text) => createHash('md5').update(text).digest('hex'),
  'HMAC-SHA256': (text, key) => createHmac('sha256', key).update(text).digest('hex'),
};

/** All fields but the signature, by name. */
function textToSign(fields, key) {
  const names = [...fields.keys()].filter((name) => name !== 'sign').sort();
  return [...names.map((name) => `${name}=${fields.get(name)}`), `key=${key}`].join('&');
}

function equal(given, expected) {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
