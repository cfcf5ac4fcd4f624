/** `tamper`: what both versions know, and what only API v2 does. */
import * as v from 'valibot';
import { transferDamages } from '../../protocol/damage/transfer.ts';
import { ciphertextDamages, signDamages } from '../../protocol/v2/damage.ts';
import { about, name, names, text } from './schema-parts.ts';
import { documentTamper, encodingTamper, oneOf, xmlTamper } from './tamper-parts.ts';

/** What can be done to a notification of either version. */
export const sharedTamper = {
  ...documentTamper,
  change: about(v.record(name, text), 'New values for fields, without signing again'),
  drop: about(names, 'Fields to take out'),
  duplicate: about(
    v.union([names, v.record(name, v.nullable(text))]),
    'v2: fields, v3: headers, to say twice, maybe with another value',
  ),
  add: about(v.record(name, text), 'Unsigned fields to put at the end'),
  key: about(text, 'Sign, or encrypt, with this key instead; v3: encrypt'),
  inner: about(
    v.strictObject({ ...documentTamper, ...encodingTamper, ...xmlTamper }),
    'What happens to what is encrypted, before it is: the same keys',
  ),
  headers: about(v.record(v.string(), v.nullable(text)), 'Headers to replace, add, or take out (null)'),
  method: about(
    v.pipe(v.string(), v.regex(/^(?!CONNECT$)[A-Z]+$/, 'a method in capitals, and not CONNECT')),
    'Another HTTP method',
  ),
};

/** What needs a request that is bytes, sent over a connection. */
export const wireTamper = {
  ...encodingTamper,
  transfer: about(oneOf(transferDamages), 'How the body is sent'),
};

/** What can be done only to one of API v2. */
export const v2Tamper = {
  sign: about(oneOf(signDamages), 'v2: what happens to the signature'),
  sign_type: about(
    v.picklist(['MD5', 'HMAC-SHA256']),
    'v2: sign with this algorithm, whatever the message says',
  ),
  ciphertext: about(oneOf(ciphertextDamages), 'v2: what happens to the encrypted part'),
  ...xmlTamper,
};
