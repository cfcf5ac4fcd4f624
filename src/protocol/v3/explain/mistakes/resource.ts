/** What goes wrong with a resource, in words: the key, the nonce, the associated data, the tag, the base64. */
import type { Found } from '../../../explain/mistake.ts';

const KEY_FIX =
  'The APIv3 key is the one that you have set in the merchant console under APIv3 密钥: 32 characters, taken as 32 bytes.';

export const KEY_SIZE = {
  code: 'key-size',
  title: 'The APIv3 key has not 32 bytes',
  fix: `${KEY_FIX} Copy it again.`,
};

export const ENCODED_KEY = {
  code: 'key-decoded',
  title: 'The APIv3 key was decoded before it was used',
  fix: KEY_FIX,
};

export const V2_KEY = {
  code: 'v2-key',
  title: 'The API key of API v2 was used in the place of the APIv3 key',
  fix: `They are two keys. ${KEY_FIX}`,
};

export const OTHER_KEY = {
  code: 'other-key',
  title: 'It was encrypted for another merchant or profile',
  fix: 'Choose the profile whose APIv3 key fits.',
};

export const HEADER_NONCE: Found = {
  code: 'header-nonce',
  title: 'The nonce of the header was used in the place of the resource’s',
  fix: 'There are two nonces: Wechatpay-Nonce is signed, resource.nonce (12 characters) opens the resource.',
  detail: '',
};

export const OTHER_NONCE = {
  code: 'other-nonce',
  title: 'The nonce of the resource is not the one that it was encrypted with',
  fix: 'Pass resource.nonce on as it stands: 12 ASCII characters, taken as 12 bytes, not decoded.',
};

export const OTHER_DATA = {
  code: 'associated-data',
  title: 'The associated data is not what the resource was encrypted with',
  fix: 'Take resource.associated_data as it stands; where it is empty or missing, use an empty text, and not null.',
};

export const NO_TAG: Found = {
  code: 'tag-missing',
  title: 'The tag at the end of the ciphertext was cut off',
  fix: 'The last 16 bytes after base64 are the tag of AES-GCM: do not cut them off, and hand them to the cipher. Java wants them at the end of the ciphertext, Node and PHP apart.',
  detail: '',
};

export const OTHER_TAG: Found = {
  code: 'tag-mismatch',
  title: 'Key and nonce are right, and the tag does not fit',
  fix: 'Refuse it: the tag or the associated data was changed. It reads as below only because the tag was not looked at here.',
  detail: '',
};

export const DAMAGED = {
  code: 'ciphertext-damaged',
  title: 'The ciphertext is damaged',
  fix: 'Compare resource.ciphertext with what arrived: something cut it or changed it.',
};

export const BASE64 = {
  code: 'base64-damaged',
  title: 'The base64 of the ciphertext was changed on the way, or not decoded once',
  fix: 'Pass resource.ciphertext on exactly as it stands in the JSON, and decode it as base64 once.',
};

export const NOT_ENCRYPTED: Found = {
  code: 'not-encrypted',
  title: 'The resource is not encrypted',
  fix: 'Encrypt it with AES-256-GCM and the APIv3 key; a merchant must refuse it as it is.',
  detail: '',
};

export const NOT_JSON: Found = {
  code: 'not-json',
  title: 'It decrypts as it should, and what is in it is no JSON object',
  fix: 'Encrypt a JSON object.',
  detail: '',
};
