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

/** The names that a notification may have: those of the table, each list with all its entries, then those that are given. */
export function namesOf(kind: AnyKind, given: Readonly<Record<string, unknown>>): readonly string[] {
  const rows = kind.envelope ? [...kind.envelope.fields, ...kind.fields] : kind.fields;
  const named = Object.keys(given).filter((name) => given[name] !== null);
  const table = rows.flatMap(({ name }) => entriesOf(name, named, kind.lists));
  return [...new Set([...table, ...Object.keys(given)])];
}

/** A row's name, once for each entry that the lists in it have. */
export function entriesOf(
  name: string,
  given: readonly string[],
  lists: AnyKind['lists'] = {},
): readonly string[] {
  const at = name.indexOf('.$n');
  if (at === -1) return [name];
  const list = name.slice(0, at);
  const lengths = given.map((other) => lengthFor(other, list));
  const length = Math.max(lists[tableName(list)] ?? 0, ...lengths);
  return Array.from({ length }, (_, index) => `${list}.${index}${name.slice(at + 3)}`).flatMap((entry) =>
    entriesOf(entry, given, lists),
  );
}

/** How long a list must be to have a field in it. */
function lengthFor(name: string, list: string): number {
  const number = name.startsWith(`${list}.`) ? name.slice(list.length + 1).split('.')[0] : undefined;
  return number !== undefined && NUMBER.test(number) ? Math.min(Number(number) + 1, LONGEST) : 0;
}

/** A number that somebody mistyped must not make a million entries. */
const LONGEST = 1000;
