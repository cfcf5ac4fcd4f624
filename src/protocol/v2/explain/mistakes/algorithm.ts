/** The wrong hash. */
import { createHash, createHmac } from 'node:crypto';
import type { SignType } from '../../../dialect.ts';
import type { Mistake } from '../mistake.ts';
import { misspellings } from '../../../explain/misspellings.ts';
import { hashedKey } from './key.ts';
import { hashes, type Recipe } from '../recipe.ts';

const OTHER: Readonly<Record<SignType, SignType>> = { MD5: 'HMAC-SHA256', 'HMAC-SHA256': 'MD5' };

/** Hashes that the platform does not use, and people do. */
const FOREIGN: readonly (readonly [string, Recipe['hash']])[] = [
  ['SHA-256 without HMAC', (bytes) => createHash('sha256').update(bytes).digest()],
  ['HMAC-MD5', (bytes, key) => createHmac('md5', key).update(bytes).digest()],
  [
    'HMAC-SHA256 with key and text exchanged',
    (bytes, key) => createHmac('sha256', bytes).update(key).digest(),
  ],
  ['SHA-1', (bytes) => createHash('sha1').update(bytes).digest()],
  ['HMAC-SHA1', (bytes, key) => createHmac('sha1', key).update(bytes).digest()],
  ['SHA-512', (bytes) => createHash('sha512').update(bytes).digest()],
  ['MD5 twice', (bytes) => md5(md5(bytes).toString('hex'))],
  ['MD5 twice, upper case between', (bytes) => md5(md5(bytes).toString('hex').toUpperCase())],
];

export const algorithmMistakes: readonly Mistake[] = [
  {
    code: 'other-algorithm',
    title: 'It was signed with the other algorithm',
    fix: 'Choose the algorithm by the field sign_type (MD5 when there is none), or agree on one with whoever signs: the order’s sign_type decides what the platform uses.',
    part: 'hash',
    recipes: (right, { type }) => [
      {
        recipe: { ...right, hash: hashes[OTHER[type]] },
        detail: `${OTHER[type]} fits, and ${type} was expected`,
      },
    ],
  },
  {
    code: 'foreign-algorithm',
    title: 'It was signed with an algorithm that the platform does not use',
    fix: 'Use MD5, or HMAC-SHA256 keyed with the API key.',
    part: 'hash',
    recipes: (right) => FOREIGN.map(([detail, hash]) => ({ detail, recipe: { ...right, hash } })),
  },
  {
    code: 'hmac-key',
    title: 'The key of the HMAC was another one than the key at the end of the string',
    fix: 'Both are the API key, character for character.',
    part: 'hash',
    recipes: (right, { otherKeys }) =>
      [...misspelt(right.key), ...otherKeys.map(({ name, key }) => [name, key] as const)].map(
        ([detail, key]) => ({
          detail,
          recipe: { ...right, hash: (bytes) => createHmac('sha256', key).update(bytes).digest() },
        }),
      ),
  },
];

function misspelt(key: string): readonly (readonly [string, string])[] {
  return [...misspellings, hashedKey].flatMap(({ spellings }) => spellings(key));
}

function md5(data: Uint8Array | string): Buffer {
  return createHash('md5').update(data).digest();
}
