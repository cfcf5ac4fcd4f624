/** Names of fields: what is nested has dots, and an entry of a list has its number (`sub_orders.0.amount.total_amount`). */
import type { AnyKind } from './dialect.ts';

const NUMBER = /^(?:0|[1-9]\d*)$/;

/** The name in the table: `$n` in the place of each number (`coupon_id_$n`, `sub_orders.$n.mchid`). */
export function tableName(name: string): string {
  const numbered = name.replace(/_(0|[1-9]\d*)$/, '_$n');
  return numbered.replace(/\.(?:0|[1-9]\d*)(?=\.|$)/g, '.$n');
}

/** Everything that a field is nested in, from the outside: `a` and `a.0` of `a.0.b`. */
export function ancestorsOf(name: string): readonly string[] {
  if (!name.includes('.')) return [];
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** Another field's name as it is in the entry that a field belongs to: `$n` becomes the own number. */
export function inEntryOf(name: string, other: string): string {
  if (!other.includes('.$n')) return other;
  const numbers = name.split('.').filter((part) => NUMBER.test(part));
  return other.replace(/\.\$n/g, () => `.${numbers.shift() ?? '$n'}`);
}

/** The names that a notification may have: the table's, each list with all its entries, then those given (again). */
export function namesOf(kind: AnyKind, given: Readonly<Record<string, unknown>>): readonly string[] {
  const rows = kind.envelope ? [...kind.envelope.fields, ...kind.fields] : kind.fields;
  const named = Object.keys(given).filter((name) => given[name] !== null);
  const table = entriesOf(
    rows.map(({ name }) => name),
    named,
    kind.lists,
  );
  return [...table, ...Object.keys(given)];
}

/** Names of a table, those in lists once for each entry: one entry after the other. */
export function entriesOf(
  table: readonly string[],
  given: readonly string[],
  lists: AnyKind['lists'] = {},
): readonly string[] {
  const names: string[] = [];
  for (let index = 0; index < table.length;) {
    const name = table[index] ?? '';
    const list = name.slice(0, Math.max(0, name.indexOf('.$n')));
    const end = list === '' ? index + 1 : endOf(list, table, index);
    if (list === '') names.push(name);
    else names.push(...expand(list, table.slice(index, end), { given, lists }));
    index = end;
  }
  return names;
}

interface Lists {
  readonly given: readonly string[];
  readonly lists: NonNullable<AnyKind['lists']>;
}

function expand(list: string, rows: readonly string[], { given, lists }: Lists): readonly string[] {
  const lengths = given.map((name) => lengthFor(name, list));
  const length = Math.max(lists[tableName(list)] ?? 0, ...lengths);
  const entry = (index: number): readonly string[] =>
    rows.map((name) => `${list}.${index}${name.slice(list.length + 3)}`);
  return Array.from({ length }, (_, index) => entriesOf(entry(index), given, lists)).flat();
}

/** Where the rows of a list end. */
function endOf(list: string, table: readonly string[], from: number): number {
  const end = table.findIndex((name, index) => index > from && !name.startsWith(`${list}.$n`));
  return end === -1 ? table.length : end;
}

/** How long a list must be to have a field in it. */
function lengthFor(name: string, list: string): number {
  const number = name.startsWith(`${list}.`) ? name.slice(list.length + 1).split('.')[0] : undefined;
  return number !== undefined && NUMBER.test(number) ? Math.min(Number(number) + 1, LONGEST) : 0;
}

/** A number that somebody mistyped must not make a million entries. */
const LONGEST = 1000;
