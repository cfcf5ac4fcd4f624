/** One field that says something else than when it was signed. */
import type { Pair } from '../../../dialect.ts';
import { rowOf } from '../../../notification.ts';
import type { About, Mistake, Variant } from '../mistake.ts';
import type { Recipe } from '../recipe.ts';

export const changeMistakes: readonly Mistake[] = [
  {
    code: 'field-changed',
    title: 'A field was changed after signing',
    fix: 'Somebody on the way changed it, or the code that writes it formats it differently from the code that signs it. Do not trust the message.',
    part: 'fields',
    recipes: changedOnce,
  },
  {
    code: 'amounts-converted',
    title: 'The amounts were written in another form',
    fix: 'Amounts are whole numbers of fen, without a decimal point, in the message as in the string to sign.',
    part: 'fields',
    recipes: (right, about) =>
      CONVERSIONS.map(([detail, convert]) => convertAll(right, about, { detail, convert })),
  },
];

const CONVERSIONS: readonly (readonly [string, (fen: number) => string])[] = [
  ['in yuan, with two decimals', (fen) => (fen / 100).toFixed(2)],
  ['in yuan', (fen) => String(fen / 100)],
  ['times 100', (fen) => String(fen * 100)],
  ['with one decimal', (fen) => fen.toFixed(1)],
  ['with two decimals', (fen) => fen.toFixed(2)],
];

function convertAll(
  right: Recipe,
  about: About,
  { detail, convert }: { detail: string; convert: (fen: number) => string },
): Variant {
  const fields = right.fields.map(([name, value]): Pair => {
    const isFen = isAmount(name, about) && /^\d+(\.\d+)?$/.test(value);
    return [name, isFen ? convert(Number(value)) : value];
  });
  return { detail, recipe: { ...right, fields } };
}

function* changedOnce(right: Recipe, about: About): Generator<Variant> {
  for (const [name, value] of about.pairs) {
    if (name === 'sign' || value === '') continue;
    for (const other of new Set(otherValues(name, value, about))) {
      if (other !== value) yield changing(right, { [name]: other });
    }
  }
}

/** Amounts that nothing in the message hints at: all of them, up to a limit. Slow, so tried last. */
export const amountMistakes: readonly Mistake[] = [
  {
    code: 'field-changed',
    title: 'An amount was changed after signing',
    fix: 'Do not trust the message: compare the amount with the order.',
    part: 'fields',
    recipes: everyAmount,
  },
];

/** 200.00 yuan, in fen: enough for test orders, and done in a second or two. */
const MOST = 20_001;

function* everyAmount(right: Recipe, about: About): Generator<Variant> {
  const amounts = about.pairs.map(([name]) => name).filter((name) => isAmount(name, about));
  const paid = ['total_fee', 'cash_fee'].filter((name) => amounts.includes(name));
  for (const names of [...amounts.map((name) => [name]), paid, amounts]) {
    for (let amount = 0; amount < MOST; amount++) {
      yield changing(right, Object.fromEntries(names.map((name) => [name, String(amount)])));
    }
  }
}

function changing(right: Recipe, changes: Readonly<Record<string, string>>): Variant {
  const fields = right.fields.map(([name, value]): Pair => [name, changes[name] ?? value]);
  const told = Object.entries(changes).map(([name, value]) => `${name} was ${JSON.stringify(value)}`);
  return { recipe: { ...right, fields }, detail: told.join(', ') };
}

function isAmount(name: string, { kind }: About): boolean {
  return rowOf(kind, name)?.type === 'fen';
}

/** What a field may have said: what its table allows, and the same thing written differently. */
function otherValues(name: string, value: string, about: About): readonly string[] {
  const allowed = rowOf(about.kind, name)?.values ?? [];
  const amounts = isAmount(name, about) ? otherAmounts(value, about) : [];
  return [...allowed, ...amounts, ...otherTimes(value), ...sameThing(value)];
}

function otherAmounts(value: string, about: About): readonly string[] {
  const amount = Number(value);
  if (!Number.isFinite(amount)) return [];
  const amounts = about.pairs.filter(([name]) => isAmount(name, about)).map(([, other]) => Number(other));
  const others = [...new Set(amounts)].slice(0, 12); // a message may have a hundred coupons
  const sums = others.flatMap((a) => others.flatMap((b) => [a + b, a - b]));
  const numbers = [
    amount * 100,
    amount / 100,
    amount * 10,
    amount / 10,
    amount + 1,
    amount - 1,
    ...others,
    ...sums,
    0,
    1,
  ];
  return [
    ...numbers.map(String),
    ...numbers.map((number) => number.toFixed(2)),
    amount.toFixed(2),
    amount.toFixed(1),
    `${value}.0`,
  ];
}

/** A time in the other forms that people write it in. */
function otherTimes(value: string): readonly string[] {
  const digits = /^(\d{4})-?(\d\d)-?(\d\d)[ T]?(\d\d):?(\d\d):?(\d\d)/.exec(value)?.slice(1);
  if (!digits) return [];
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = digits;
  const [date, time] = [`${year}-${month}-${day}`, `${hour}:${minute}:${second}`];
  const moment = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(moment)) return [];
  const shifted = [-8, 8].map((hours) => new Date(moment + hours * 3_600_000).toISOString());
  return [
    `${date} ${time}`,
    `${date}T${time}`,
    `${date}T${time}+08:00`,
    digits.join(''),
    ...shifted.map((iso) => iso.replace(/\D/g, '').slice(0, 14)),
    ...shifted.map((iso) => iso.slice(0, 19).replace('T', ' ')),
    String(moment / 1000 - 8 * 3600),
  ];
}

function sameThing(value: string): readonly string[] {
  return [
    value.trim(),
    ` ${value}`,
    `${value} `,
    `${value}\n`,
    value.toLowerCase(),
    value.toUpperCase(),
    value.replace(/^0+(?=\d)/, ''),
    `0${value}`,
    `"${value}"`,
    value.slice(0, -1),
    value.replace(/\.0+$/, ''),
  ];
}
