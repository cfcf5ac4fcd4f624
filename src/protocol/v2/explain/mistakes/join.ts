/** The key at the wrong place, or under the wrong name. */
import { variants, type Mistake } from '../mistake.ts';
import type { Recipe } from '../recipe.ts';

type Join = Recipe['join'];

const fields = (parts: readonly string[]): string => parts.join('&');

const NAMES = [
  'KEY',
  'Key',
  'secret',
  'api_key',
  'apikey',
  'appsecret',
  'app_secret',
  'sign_key',
  'partnerKey',
  'paySignKey',
  'mch_key',
];

const MISPLACED: readonly (readonly [string, Join])[] = [
  ['right behind the last field', (parts, key) => fields(parts) + key],
  ['behind `&`, without `key=`', (parts, key) => `${fields(parts)}&${key}`],
  ['behind `key=`, without `&`', (parts, key) => `${fields(parts)}key=${key}`],
  ['before the fields', (parts, key) => key + fields(parts)],
  ['before the fields, as key=', (parts, key) => `key=${key}&${fields(parts)}`],
  ['on both ends', (parts, key) => key + fields(parts) + key],
  ['sorted among the fields', (parts, key) => fields([...parts, `key=${key}`].sort())],
  ['behind `&&`', (parts, key) => `${fields(parts)}&&key=${key}`],
];

const SEPARATED: readonly (readonly [string, Join])[] = [
  ['`&` at the end', (parts, key) => `${fields(parts)}&key=${key}&`],
  ['a line feed at the end', (parts, key) => `${fields(parts)}&key=${key}\n`],
  ['`&` at the beginning', (parts, key) => `&${fields(parts)}&key=${key}`],
  ['line feeds in the place of `&`', (parts, key) => [...parts, `key=${key}`].join('\n')],
  ['nothing in the place of `&`', (parts, key) => [...parts, `key=${key}`].join('')],
  ['`,` in the place of `&`', (parts, key) => [...parts, `key=${key}`].join(',')],
  ['`|` in the place of `&`', (parts, key) => [...parts, `key=${key}`].join('|')],
  ['`&amp;` in the place of `&`', (parts, key) => [...parts, `key=${key}`].join('&amp;')],
  [
    'no `=` between names and values',
    (parts, key) => [...parts, `key=${key}`].map((part) => part.replace('=', '')).join(''),
  ],
];

const WHOLE: readonly (readonly [string, Join])[] = [
  ['URL-encoded', (parts, key) => encodeURIComponent(`${fields(parts)}&key=${key}`)],
  ['in lower case', (parts, key) => `${fields(parts)}&key=${key}`.toLowerCase()],
  ['in upper case', (parts, key) => `${fields(parts)}&key=${key}`.toUpperCase()],
];

export const joinMistakes: readonly Mistake[] = [
  {
    code: 'key-missing',
    title: 'The string to sign did not end in &key= and the key',
    fix: 'Append `&key=` and the API key to the sorted fields, for HMAC-SHA256 as well.',
    part: 'join',
    recipes: (right) => [
      { recipe: { ...right, join: fields } },
      {
        recipe: { ...right, join: (parts) => `${fields(parts)}&key=` },
        detail: '&key= was there, and the key was not',
      },
      { recipe: { ...right, join: (parts) => `${fields(parts)}&` }, detail: 'it ended in `&`' },
    ],
  },
  {
    code: 'key-misplaced',
    title: 'The key stood at the wrong place of the string to sign',
    fix: 'Append `&key=` and the API key at the very end.',
    part: 'join',
    recipes: (right) => variants(MISPLACED, (join) => ({ ...right, join })),
  },
  {
    code: 'key-misnamed',
    title: 'The key stood under another name than key',
    fix: 'Append `&key=`, in small letters.',
    part: 'join',
    recipes: (right) =>
      NAMES.map((name) => ({
        detail: name,
        recipe: { ...right, join: (parts, key) => `${fields(parts)}&${name}=${key}` },
      })),
  },
  {
    code: 'separators',
    title: 'The parts of the string to sign were put together differently',
    fix: 'Join `name=value` with `&`, and nothing before, between or behind.',
    part: 'join',
    recipes: (right) => variants(SEPARATED, (join) => ({ ...right, join })),
  },
  {
    code: 'whole-changed',
    title: 'The string to sign was changed as a whole before it was hashed',
    fix: 'Hash it as it is.',
    part: 'join',
    recipes: (right) => variants(WHOLE, (join) => ({ ...right, join })),
  },
];
