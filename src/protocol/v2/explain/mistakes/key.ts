/** The wrong key, or the right one spelt wrongly. */
import { createHash } from 'node:crypto';
import { misspellings, type Misspelling } from '../../../explain/misspellings.ts';
import { variants, type Mistake, type OtherKey, type Variant } from '../mistake.ts';
import type { Recipe } from '../recipe.ts';

export const hashedKey: Misspelling = {
  code: 'key-hashed',
  title: 'The key was hashed before it signed',
  fix: 'Sign with the key itself: only a refund’s req_info uses its MD5.',
  spellings: (key) => {
    const hash = createHash('md5').update(key).digest('hex');
    return [
      ['MD5, lower case', hash],
      ['MD5, upper case', hash.toUpperCase()],
    ];
  },
};

export const keyMistakes: readonly Mistake[] = [
  ...[...misspellings, hashedKey].map(({ spellings, ...words }): Mistake => ({
    ...words,
    part: 'key',
    recipes: (right) => variants(spellings(right.key), (key) => withKey(right, key)),
  })),
  {
    code: 'not-the-key',
    title: 'Something else was used in the place of the key',
    fix: 'The key is the API key (API v2) of the merchant console: 32 characters.',
    part: 'key',
    recipes: (right, { kind, pairs }) =>
      pairs
        .filter(([name]) => Object.values(kind.owner).includes(name) || name === 'nonce_str')
        .map(([name, value]) => ({ detail: name, recipe: withKey(right, value) })),
  },
  {
    code: 'v3-key',
    title: 'The APIv3 key was used in the place of the API key',
    fix: 'API v2 messages are signed with the API key (API v2); the APIv3 key is another one.',
    part: 'key',
    recipes: (right, { otherKeys }) => keysOf(right, otherKeys, 'v3-key'),
  },
  {
    code: 'other-key',
    title: 'It was signed with the key of another merchant or profile',
    fix: 'Choose the profile whose key fits, or give the sender the right one.',
    part: 'key',
    recipes: (right, { otherKeys }) => keysOf(right, otherKeys, 'other-key'),
  },
];

/** A key that was typed, or read from a picture. */
export const typingMistakes: readonly Mistake[] = [
  {
    code: 'key-typo',
    title: 'One character of the key was wrong, or two were exchanged',
    fix: 'Copy the key again; compare 0 with O and 1 with l.',
    part: 'key',
    recipes: typed,
  },
];

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

function* typed(right: Recipe): Generator<Variant> {
  const { key } = right;
  for (let at = 0; at < Math.min(key.length, 64); at++) {
    const [before, after] = [key.slice(0, at), key.slice(at + 1)];
    const detail = `character ${at + 1}`;
    for (const char of CHARACTERS) {
      if (char !== key[at]) yield { detail, recipe: withKey(right, before + char + after) };
    }
    const next = after.slice(0, 1);
    if (next !== key[at])
      yield {
        detail: `${detail} and the next one`,
        recipe: withKey(right, before + next + key.slice(at, at + 1) + after.slice(1)),
      };
  }
}

function keysOf(right: Recipe, otherKeys: readonly OtherKey[], code: OtherKey['code']) {
  const found = otherKeys.filter((other) => other.code === code);
  return found.map(({ name, key }) => ({ detail: name, recipe: withKey(right, key) }));
}

function withKey(right: Recipe, key: string): Recipe {
  return { ...right, key };
}
