/** Fields ⇄ JSON: what is nested has dots in its name, and the row's type says what is text and what is not. */
import { isLosslessNumber, parse } from 'lossless-json';
import type { Field, Fields } from '../dialect.ts';
import { own, type DocumentDamage } from '../damage/document.ts';
import { ancestorsOf, tableName } from '../names.ts';

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
export function writeJson(fields: Fields, table: readonly Row[], damage: DocumentDamage = {}): string {
  const { markup, first, last } = damage;
  const known = lookUp(table);
  const all = markup ? { ...uncovered(fields, markup), ...markup } : fields;
  const values = Object.entries(all).map(([name, value]) => ({ name, place: placeOf(name, known), value }));
  const root: Node = new Map();
  for (const { name, place, value } of values.sort((a, b) => a.place.at - b.place.at)) {
    put(root, place.path, own(markup, name) ?? literal(place, value));
  }
  const text = written(root);
  if (first === undefined && last === undefined) return text;
  const parts = [first, text.slice(1, -1), last].filter((part) => part !== undefined && part !== '');
  return `{${parts.join(',')}}`;
}

/** The fields without what is nested in something that has markup in its place. */
function uncovered(fields: Fields, markup: Readonly<Record<string, string>>): Fields {
  const isCovered = (name: string): boolean =>
    ancestorsOf(name).some((outer) => own(markup, outer) !== undefined);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !isCovered(name)));
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

/** Where a name stands, and how its value is written. */
interface Place {
  /** A row's own number, or that of the first row that is nested in it. */
  readonly at: number;
  readonly type: Row['type'];
  readonly path: readonly string[];
}

/** The places of a table's names, and of everything that they are nested in. */
type Known = ReadonlyMap<string, Place>;

/** Tables are few and written with often: each is looked through once. */
const tables = new WeakMap<readonly Row[], Known>();

function lookUp(table: readonly Row[]): Known {
  const before = tables.get(table);
  if (before) return before;
  const known = new Map<string, Place>();
  table.forEach(({ name, type }, index) => {
    for (const outer of ancestorsOf(name)) {
      if (!known.has(outer)) known.set(outer, { at: index, type: 'json', path: outer.split('.') });
    }
    known.set(name, { at: known.get(name)?.at ?? index, type, path: name.split('.') });
  });
  tables.set(table, known);
  return known;
}

/** An entry of a list stands where the table has all of them; what nobody knows is text, at the end. */
function placeOf(name: string, known: Known): Place {
  const exact = known.get(name);
  if (exact) return exact;
  const { at = Number.MAX_SAFE_INTEGER, type = 'string' } = known.get(tableName(name)) ?? {};
  return { at, type, path: name.split('.') };
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function literal({ type }: Place, value: string): string {
  return isLiteral[type]?.(value) === true ? value : JSON.stringify(value);
}

/** Which values are written without quotes. */
const isLiteral: Partial<Record<Field['type'], (value: string) => boolean>> = {
  int: (value) => NUMBER.test(value),
  fen: (value) => NUMBER.test(value),
  boolean: (value) => value === 'true' || value === 'false',
  json: (value) => /^[[{]/.test(value) && isJson(value),
};

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
  if (isList(node)) {
    return `[${Array.from(node, (_, index) => written(node.get(String(index)) ?? 'null')).join(',')}]`;
  }
  let text = '';
  for (const [key, value] of node) text += `,${JSON.stringify(key)}:${written(value)}`;
  return `{${text.slice(1)}}`;
}

/** Whether its keys are the numbers from 0. */
function isList(node: Node): boolean {
  return node.has('0') && [...node].every((_, index) => node.has(String(index)));
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
