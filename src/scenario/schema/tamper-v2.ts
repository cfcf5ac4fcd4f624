/** `tamper`: what both versions know, and what only API v2 does. */
import * as v from 'valibot';
import { ciphertextDamages, signDamages } from '../../protocol/v2/damage.ts';
import { about, name, names, text } from './schema-parts.ts';

/** What can be done to a notification of either version. */
export const sharedTamper = {
  change: about(v.record(name, text), 'New values for fields, without signing again'),
  drop: about(names, 'Fields to take out'),
  duplicate: about(
    v.union([names, v.record(name, v.nullable(text))]),
    'v2: fields, v3: headers, to say twice, maybe with another value',
  ),
  add: about(v.record(name, text), 'Unsigned fields to put at the end'),
  key: about(text, 'Sign, or encrypt, with this key instead; v3: encrypt'),
  body: about(v.string(), 'Send this text instead'),
  headers: about(v.record(v.string(), v.nullable(text)), 'Headers to replace, add, or take out (null)'),
  method: about(
    v.pipe(v.string(), v.regex(/^(?!CONNECT$)[A-Z]+$/, 'a method in capitals, and not CONNECT')),
    'Another HTTP method',
  ),
};

/** What can be done only to one of API v2. */
export const v2Tamper = {
  sign: about(
    v.picklist(Object.keys(signDamages) as (keyof typeof signDamages)[]),
    'v2: what happens to the signature',
  ),
  sign_type: about(
    v.picklist(['MD5', 'HMAC-SHA256']),
    'v2: sign with this algorithm, whatever the message says',
  ),
  ciphertext: about(
    v.picklist(Object.keys(ciphertextDamages) as (keyof typeof ciphertextDamages)[]),
    'v2: what happens to the encrypted part',
  ),
};
