/** What each field of a kind looks like: as it is generated, in the first variant of the message that has it. */
import type { AnyKind, Field, Fields, Owner, Source } from './dialect.ts';
import { allRows, buildNotification, type Overrides } from './notification.ts';

/** Who the examples are about. */
export interface Example {
  readonly merchant: Owner;
  readonly source: Source;
}

/** An example for every field of a kind's table, by the name in the table. */
export function examplesOf(kind: AnyKind, { merchant, source }: Example): ReadonlyMap<string, string> {
  const whole = { ...kind, lists: filledLists(kind) };
  const variants = variantsOf(kind).map(
    (fields) => buildNotification({ kind: whole, fields, merchant, source }).fields,
  );
  const examples = allRows(kind).map((row) => [row.name, row.example ?? firstValue(row, variants)] as const);
  return new Map(examples.filter((example): example is [string, string] => example[1] !== undefined));
}

/** The message as it is, and with each value that a field may have: some fields come only with some values of others. */
function variantsOf(kind: AnyKind): readonly Overrides[] {
  const values = allRows(kind).flatMap(({ name, values: allowed = [], example }) =>
    [...allowed, ...(example === undefined ? [] : [example])].map((value) => ({ [numbered(name)]: value })),
  );
  return [{}, ...values];
}

/** An entry in every list, also in those that are empty when nobody says. */
function filledLists(kind: AnyKind): NonNullable<AnyKind['lists']> {
  const lists = allRows(kind).flatMap(({ name }) =>
    Array.from(name.matchAll(/\.\$n/g), ({ index }) => name.slice(0, index)),
  );
  return Object.fromEntries(lists.map((list) => [list, 1]));
}

function firstValue({ name }: Field, variants: readonly Fields[]): string | undefined {
  return variants.find((fields) => fields[numbered(name)] !== undefined)?.[numbered(name)];
}

function numbered(name: string): string {
  return name.replaceAll('$n', '0');
}
