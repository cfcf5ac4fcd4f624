/** Fields that should have taken part and did not, or the other way about. */
import type { Pair } from '../../../dialect.ts';
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
        { recipe: asText('null'), detail: 'as the word null' },
        { recipe: asText('undefined'), detail: 'as the word undefined' },
        { recipe: asText('None'), detail: 'as the word None' },
      ];
    },
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
    code: 'field-missing',
    title: 'A field took part that is not in the message any more',
    fix: 'Something on the way took it out, or it was forgotten when the message was written.',
    part: 'takes',
    recipes: oneMissing,
  },
];

function names({ pairs }: About): readonly string[] {
  return pairs.map(([name]) => name).filter((name) => name !== 'sign');
}

function without(right: Recipe, left: readonly string[]): Variant {
  return { recipe: { ...right, takes: (pair) => right.takes(pair) && !left.includes(pair[0]) } };
}

function twoLeftOut(right: Recipe, about: About): readonly Variant[] {
  const all = names(about);
  return all.flatMap((first, index) =>
    all
      .slice(index + 1)
      .map((second) => ({ ...without(right, [first, second]), detail: `${first} and ${second}` })),
  );
}

/** An empty placeholder, or the right signature of a first round. */
function signIncluded(right: Recipe): readonly Variant[] {
  const once = signatureOf(right);
  const takes: Recipe['takes'] = ([name, value]) => name === 'sign' || right.takes([name, value]);
  const rest = right.fields.filter(([name]) => name !== 'sign');
  const values: readonly (readonly [string, string])[] = [
    ['with an empty value', ''],
    ['with the signature of a first round', once],
    ['with the signature of a first round, in lower case', once.toLowerCase()],
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
    ...usual.filter(([name]) => rows.some((row) => row.name === name)),
  ];
  return candidates.map((pair) => ({
    detail: `${pair[0]}=${pair[1]}`,
    recipe: { ...right, fields: [...right.fields, pair] },
  }));
}
