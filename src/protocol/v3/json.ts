/** Fields ⇄ JSON: what is nested has dots in its name, and the row's type says what is text and what is not. */
import { isLosslessNumber, parse } from 'lossless-json';
import type { Field, Fields } from '../dialect.ts';
import { own, type DocumentDamage } from '../damage/document.ts';
import { tableName } from '../names.ts';

/** What writing must know of a field. */
type Row = Pick<Field, 'name' | 'type'>;

/** An object or a list that is being put together; what is in it is JSON text, or more of the same. */
type Node = Map<string, Node | string>;

/**
 * Writes fields as compact JSON, in the order of the table; unknown ones at the end of what they stand in.
 *
 * A number or a boolean is written as such when the row says so and the value is one; a value that stands for
 * something nested (`amount: '{"total":1}'`) is JSON itself; everything else is text.
 *
 * @param damage what of `markup`, `first` and `last` is put in, raw
 */
export function writeJson(
  fields: Fields,
  table: readonly Row[],
  { markup, first, last }: DocumentDamage = {},
): string {
  const known = new Map(table.map((row) => [row.name, row] as const));
  const rank = rankOf(table);
  const sorted = Object.entries({ ...fields, ...markup })
    .map(([name, value]) => ({ name, value, at: rank(name) }))
    .sort((a, b) => a.at - b.at);
  const root: Node = new Map();
  for (const { name, value } of sorted) {
    put(root, name.split('.'), own(markup, name) ?? literal(name, value, known));
  }
  const members = written(root).slice(1, -1);
  return `{${[first, members, last].filter((text) => text !== undefined && text !== '').join(',')}}`;
}

/** JSON as fields, numbers as they are written; what is `null` is left out, what is empty (`[]`) is JSON itself. */
export function readJson(text: string): Fields | undefined {
  try {
    const value: unknown = parse(text); // refuses a key that is there twice
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? Object.fromEntries(flatten(value, '')) : undefined;
  } catch {
    return undefined;
  }
}

/** Where a name stands in the table: its own row, or the first that is nested in it. */
function rankOf(table: readonly Row[]): (name: string) => number {
  const ranks = new Map<string, number>();
  table.forEach(({ name }, index) => {
    const parts = name.split('.');
    parts.forEach((_, depth) => {
      const prefix = parts.slice(0, depth + 1).join('.');
      if (!ranks.has(prefix)) ranks.set(prefix, index);
    });
  });
  return (name) => ranks.get(name) ?? ranks.get(tableName(name)) ?? table.length;
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function literal(name: string, value: string, known: ReadonlyMap<string, Row>): string {
  const row = known.get(name) ?? known.get(tableName(name));
  const type = row?.type ?? (isParent(name, known) ? 'json' : 'string');
  return isLiteral[type]?.(value) === true ? value : JSON.stringify(value);
}

/** Which values are written without quotes. */
const isLiteral: Partial<Record<Field['type'], (value: string) => boolean>> = {
  int: (value) => NUMBER.test(value),
  fen: (value) => NUMBER.test(value),
  boolean: (value) => value === 'true' || value === 'false',
  json: (value) => /^[[{]/.test(value) && isJson(value),
};

function isParent(name: string, known: ReadonlyMap<string, Row>): boolean {
  const prefix = `${tableName(name)}.`;
  return [...known.keys()].some((other) => other.startsWith(prefix));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What stands where something nested belongs gives way to it. */
function put(root: Node, path: readonly string[], value: string): void {
  let node = root;
  for (const part of path.slice(0, -1)) {
    const inner = node.get(part);
    const next: Node = inner === undefined || typeof inner === 'string' ? new Map<string, Node>() : inner;
    node.set(part, next);
    node = next;
  }
  const last = path.at(-1) ?? '';
  if (typeof node.get(last) !== 'object') node.set(last, value);
}

function written(node: Node | string): string {
  if (typeof node === 'string') return node;
  const entries = [...node];
  if (entries.length > 0 && entries.every((_, index) => node.has(String(index)))) {
    return `[${entries.map((_, index) => written(node.get(String(index)) ?? 'null')).join(',')}]`;
  }
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${written(value)}`).join(',')}}`;
}

function flatten(value: unknown, name: string): readonly (readonly [string, string])[] {
  if (value === null || value === undefined) return [];
  if (isLosslessNumber(value)) return [[name, value.value]];
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object') return [[name, JSON.stringify(value)]];
  const entries = Object.entries(value);
  if (entries.length === 0 && name !== '') return [[name, Array.isArray(value) ? '[]' : '{}']];
  return entries.flatMap(([key, inner]) => flatten(inner, name === '' ? key : `${name}.${key}`));
}
