/** The wrong order. */
import type { Pair } from '../../../dialect.ts';
import { rowOf } from '../../../notification.ts';
import { byName } from '../../sign.ts';
import { variants, type Mistake } from '../mistake.ts';

type Order = ((a: Pair, b: Pair) => number) | undefined;

const lower = ([a]: Pair, [b]: Pair): number => compare(a.toLowerCase(), b.toLowerCase());
const upper = ([a]: Pair, [b]: Pair): number => compare(a.toUpperCase(), b.toUpperCase());

const FOREIGN: readonly (readonly [string, Order])[] = [
  ['not sorted at all: in the order of the message', undefined],
  ['descending', (a, b) => byName(b, a)],
  ['by name and value together', ([a, x], [b, y]) => compare(`${a}=${x}`, `${b}=${y}`)],
  ['by the language’s collation', ([a], [b]) => a.localeCompare(b, 'en')],
  ['numbers in names as numbers', ([a], [b]) => a.localeCompare(b, 'en', { numeric: true })],
  ['by value', ([, x], [, y]) => compare(x, y)],
];

export const orderMistakes: readonly Mistake[] = [
  {
    code: 'sorted-case-insensitively',
    title: 'The fields were sorted without regard to case',
    fix: 'Sort by the bytes of the names: capitals come before `_`, and `_` before small letters.',
    part: 'order',
    recipes: (right) =>
      variants(
        [
          ['as small letters', lower],
          ['as capitals', upper],
        ],
        (order) => ({ ...right, order }),
      ),
  },
  {
    code: 'wrong-order',
    title: 'The fields were in another order',
    fix: 'Sort by the bytes of the names (ASCII order), ascending.',
    part: 'order',
    recipes: (right, { kind }) => {
      const place = ([name]: Pair): number => kind.fields.findIndex((row) => row === rowOf(kind, name));
      const byTable: Order = (a, b) => place(a) - place(b);
      const all = [...FOREIGN, ['in the order of the official table', byTable] as const];
      return variants(all, (order) => ({ ...right, order }));
    },
  },
];

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
