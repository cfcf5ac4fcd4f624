/** Fields that should have taken part and did not, or the other way about. */
import type { Pair } from '../../../dialect.ts';
import { rowOf } from '../../../notification.ts';
import type { About, Mistake, Variant } from '../mistake.ts';
import { signatureOf, type Recipe } from '../recipe.ts';

export const fieldMistakes: readonly Mistake[] = [
  {
    code: 'empty-included',
    title: 'Empty fields took part',
    fix: 'Leave out fields without a value, their names too.',
    part: 'takes',
    recipes: (right) => {
      const takes: Recipe['takes'] = ([name]) => name !== 'sign';
      const asText = (text: string): Recipe => ({
        ...right,
        takes,
        write: ([name, value]) => right.write([name, value === '' ? text : value]),
      });
      return [
        { recipe: { ...right, takes } },
        ...EMPTY.map((word) => ({ recipe: asText(word), detail: `as the word ${word}` })),
      ];
    },
  },
  {
    code: 'zero-left-out',
    title: 'Fields with the value 0 did not take part',
    fix: '0 is a value: empty() and array_filter() of PHP, and a test for truth elsewhere, drop it.',
    part: 'takes',
    recipes: (right) => [
      { recipe: { ...right, takes: (pair) => right.takes(pair) && !/^0(\.0+)?$/.test(pair[1]) } },
    ],
  },
  {
    code: 'sign-included',
    title: 'The field sign took part itself',
    fix: 'Take sign out before the string to sign is built.',
    part: 'takes',
    recipes: signIncluded,
  },
  {
    code: 'sign-type-left-out',
    title: 'sign_type did not take part',
    fix: 'Only sign is left out: sign_type is a field like the others when it is there.',
    part: 'takes',
    recipes: (right, { kind, pairs }) =>
      pairs.some(([name]) => name === kind.names_algorithm) ? [without(right, [kind.names_algorithm])] : [],
  },
  {
    code: 'sign-type-included',
    title: 'sign_type took part, and is not in the message',
    fix: 'Sign what is sent: put sign_type into the message, or leave it out of the string to sign.',
    part: 'takes',
    recipes: (right, { kind, pairs }) =>
      pairs.some(([name]) => name === kind.names_algorithm)
        ? []
        : ['MD5', 'HMAC-SHA256'].map((value) => ({
            detail: `sign_type=${value}`,
            recipe: { ...right, fields: [...right.fields, ['sign_type', value]] },
          })),
  },
  {
    code: 'field-left-out',
    title: 'A field of the message did not take part in the signature',
    fix: 'Was it added after signing, or skipped by a list of known fields? Sign every field that is sent.',
    part: 'takes',
    recipes: (right, about) => names(about).map((name) => ({ ...without(right, [name]), detail: name })),
  },
  {
    code: 'fields-left-out',
    title: 'Two fields of the message did not take part in the signature',
    fix: 'Were they added after signing, or skipped by a list of known fields? Sign every field that is sent.',
    part: 'takes',
    recipes: twoLeftOut,
  },
  {
    code: 'group-left-out',
    title: 'Several fields of the message did not take part in the signature',
    fix: 'A list of known fields leaves out what it does not know: sign every field that is there.',
    part: 'takes',
    recipes: (right, about) =>
      Object.entries(GROUPS)
        .filter(([, isIn]) => names(about).filter((name) => isIn(name, about)).length > 2) // fewer have their names told
        .map(([detail, isIn]) => ({
          detail,
          recipe: { ...right, takes: (pair) => right.takes(pair) && !isIn(pair[0], about) },
        })),
  },
  {
    code: 'field-missing',
    title: 'A field took part that is not in the message any more',
    fix: 'Something on the way took it out, or it was forgotten when the message was written.',
    part: 'takes',
    recipes: oneMissing,
  },
];

/** What languages make of a value that is not there. */
const EMPTY = ['null', 'undefined', 'None', 'NULL', 'nil', '<nil>', 'Array', '[]', '{}', '[object Object]'];

/** Fields that a program knows together, or not at all. */
const GROUPS: Readonly<Record<string, (name: string, about: About) => boolean>> = {
  'all coupons': (name) => name.startsWith('coupon_'),
  'the numbered fields of coupons': (name) => /_\d+$/.test(name),
  'all of the sub-merchant': (name) => name.startsWith('sub_'),
  'return_… and result_… and err_…': (name) => /^(return|result|err)_/.test(name),
  'what the official table does not have': (name, { kind }) => !rowOf(kind, name),
  'what the official table calls optional': (name, { kind }) => rowOf(kind, name)?.required !== true,
};

function names({ pairs }: About): readonly string[] {
  return pairs.map(([name]) => name).filter((name) => name !== 'sign');
}

function without(right: Recipe, left: readonly string[]): Variant {
  return { recipe: { ...right, takes: (pair) => right.takes(pair) && !left.includes(pair[0]) } };
}

function* twoLeftOut(right: Recipe, about: About): Generator<Variant> {
  const all = names(about);
  for (const [index, first] of all.entries()) {
    for (const second of all.slice(index + 1)) {
      yield { ...without(right, [first, second]), detail: `${first} and ${second}` };
    }
  }
}

/** An empty placeholder, or the right signature of a first round. */
function signIncluded(right: Recipe, { pairs }: About): readonly Variant[] {
  const once = signatureOf(right);
  const takes: Recipe['takes'] = ([name, value]) => name === 'sign' || right.takes([name, value]);
  const rest = right.fields.filter(([name]) => name !== 'sign');
  const values: readonly (readonly [string, string])[] = [
    ['with an empty value', ''],
    ['with the signature of a first round', once],
    ['with the signature of a first round, in lower case', once.toLowerCase()],
    ...pairs
      .filter(([name, value]) => name === 'sign' && value !== '' && value !== once)
      .map(([, value]) => ['with that of the message', value] as const),
  ];
  return values.map(([detail, value]) => ({
    detail,
    recipe: { ...right, takes, fields: [...rest, ['sign', value]] },
  }));
}

/** What a message of this kind usually has, with the values that are usual. */
function oneMissing(right: Recipe, { kind, pairs }: About): readonly Variant[] {
  const rows = (kind.envelope?.fields ?? kind.fields).filter(
    (row) => !pairs.some(([name]) => name === row.name),
  );
  const usual: readonly Pair[] = [
    ['return_msg', 'OK'],
    ['fee_type', 'CNY'],
    ['device_info', 'WEB'],
    ['sign_type', 'MD5'],
  ];
  const candidates = [
    ...rows.flatMap(({ name, values = [] }) => values.map((value): Pair => [name, value])),
    ...rows.filter(({ type }) => type === 'fen').map(({ name }): Pair => [name, '0']),
    ...usual.filter(([name]) => rows.some((row) => row.name === name)),
  ];
  return candidates.map((pair) => ({
    detail: `${pair[0]}=${pair[1]}`,
    recipe: { ...right, fields: [...right.fields, pair] },
  }));
}
