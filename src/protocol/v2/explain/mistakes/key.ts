/** The wrong key, or the right one spelt wrongly. */
import { createHash } from 'node:crypto';
import { variants, type Mistake, type OtherKey, type Variant } from '../mistake.ts';
import type { Recipe } from '../recipe.ts';

type Spelling = readonly [detail: string, key: string];

/** A key as somebody may have it by mistake: in one of several spellings. */
interface Misspelling {
  readonly code: string;
  readonly title: string;
  readonly fix: string;
  readonly spellings: (key: string) => readonly Spelling[];
}

/** How keys are misspelt; the same for signing and for decrypting. */
export const misspellings: readonly Misspelling[] = [
  {
    code: 'key-case',
    title: 'The key was in another case',
    fix: 'Use the key exactly as it stands in the merchant console; do not change its case.',
    spellings: (key) => [
      ['upper case', key.toUpperCase()],
      ['lower case', key.toLowerCase()],
    ],
  },
  {
    code: 'key-space',
    title: 'The key had white space around it',
    fix: 'Trim the key where it is read: a file ends in a line feed, a copied cell in a blank.',
    spellings: (key) => [
      ['the key here has white space that the other one has not', key.trim()],
      ['a line feed after it', `${key}\n`],
      ['a carriage return and a line feed after it', `${key}\r\n`],
      ['a carriage return after it', `${key}\r`],
      ['a blank after it', `${key} `],
      ['a blank before it', ` ${key}`],
      ['a blank on both sides', ` ${key} `],
      ['a tab after it', `${key}\t`],
      ['a byte order mark before it', `\uFEFF${key}`],
      ['a line feed before it', `\n${key}`],
      ['a tab before it', `\t${key}`],
      ['two line feeds after it', `${key}\n\n`],
      ['a no-break space after it', `${key}\u00A0`],
      ['a zero-width space after it', `${key}\u200B`],
      ['a zero-width space before it', `\u200B${key}`],
      ['an ideographic space after it', `${key}\u3000`],
    ],
  },
  {
    code: 'key-quoted',
    title: 'The key had quotes around it',
    fix: 'Take the quotes out: .env readers and shells treat them differently.',
    spellings: (key) => [
      ['double quotes', `"${key}"`],
      ['single quotes', `'${key}'`],
      ['the key here is quoted', key.replace(/^(["'])(.*)\1$/, '$2')],
    ],
  },
  {
    code: 'key-cut',
    title: 'A character of the key was missing',
    fix: 'Copy the key again: it has 32 characters.',
    spellings: (key) => [
      ['the last one', key.slice(0, -1)],
      ['the first one', key.slice(1)],
    ],
  },
  {
    code: 'no-key',
    title: 'There was no key at all',
    fix: 'The variable that should hold the key was empty where it was signed.',
    spellings: () => [
      ['empty', ''],
      ['the word null', 'null'],
      ['the word undefined', 'undefined'],
      ['the word None', 'None'],
    ],
  },
];

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
