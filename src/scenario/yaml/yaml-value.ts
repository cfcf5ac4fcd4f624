/** YAML nodes → plain values. Aliases are followed, but neither in circles nor without end. */
import { isAlias, isMap, isScalar, isSeq, type Alias, type Document, type Scalar, type YAMLMap } from 'yaml';
import { toJsonNumber } from '../fill/json.ts';

/** What is wrong at an offset of the text. */
export interface Fault {
  readonly offset: number;
  readonly message: string;
  readonly fix: string;
}

/** A document's value, and what is wrong with it. */
export interface Converted {
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

/** No scenario has so many values; aliases of aliases do. */
const LIMIT = 100_000;

/** Names that JavaScript objects have a use of their own for. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

/** Reads the value of a document. */
export function toValue(document: Document.Parsed): Converted {
  const reading: Reading = { document, faults: [], open: new Set(), count: 0, exact: false };
  const value = valueOf(document.contents, reading);
  return { value, faults: reading.faults };
}

/** The value of a part of a document as JSON has it: numbers as they are written, and no texts. */
export function toExact(document: Document.Parsed, node: unknown): unknown {
  return valueOf(node, { document, faults: [], open: new Set(), count: 0, exact: true });
}

/** A key as the text it was written as. */
export function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.source ?? key.value) : String(key);
}

/** Where a node begins. */
export function startOf(node: unknown): number {
  const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
  return range?.[0] ?? 0;
}

interface Reading {
  readonly document: Document.Parsed;
  readonly faults: Fault[];
  /** The nodes that are being read: an alias to one of them leads in a circle. */
  readonly open: Set<unknown>;
  count: number;
  /** Whether numbers are kept as JSON would write them. */
  readonly exact: boolean;
}

function valueOf(node: unknown, reading: Reading): unknown {
  if (++reading.count > LIMIT) {
    if (reading.count === LIMIT + 1) reading.faults.push(tooMany(node));
    return null;
  }
  if (isAlias(node)) return aliasValue(node, reading);
  if (isScalar(node)) return reading.exact ? exactScalar(node) : scalarValue(node);
  reading.open.add(node);
  const value = collectionValue(node, reading);
  reading.open.delete(node);
  return value;
}

function collectionValue(node: unknown, reading: Reading): unknown {
  if (isSeq(node)) return node.items.map((item) => valueOf(item, reading));
  return isMap(node) ? mapValue(node, reading) : null;
}

function mapValue(node: YAMLMap, reading: Reading): object {
  const entries = node.items.map(({ key, value }) => {
    const name = keyOf(key);
    if (RESERVED.includes(name)) {
      reading.faults.push({
        offset: startOf(key),
        message: `\`${name}\` cannot be a name`,
        fix: 'Choose another.',
      });
    }
    return [name, valueOf(value, reading)] as const;
  });
  return Object.fromEntries(entries);
}

function aliasValue(alias: Alias, reading: Reading): unknown {
  const target = alias.resolve(reading.document);
  const offset = startOf(alias);
  if (target === undefined) {
    const fix = `Write \`&${alias.source}\` before what it stands for, or quote the text.`;
    reading.faults.push({ offset, message: `the alias *${alias.source} stands for nothing`, fix });
    return null;
  }
  if (reading.open.has(target)) {
    const fix = 'Write the value out.';
    reading.faults.push({ offset, message: `the alias *${alias.source} stands for what it is in`, fix });
    return null;
  }
  return valueOf(target, reading);
}

/** A number that would not come out as it was written (`0012`, 28 digits, `1e3`) stays text. */
function scalarValue(node: Scalar): unknown {
  if (typeof node.value === 'bigint') return node.source ?? node.value.toString();
  if (typeof node.value !== 'number') return node.value;
  return node.source === undefined || String(node.value) === node.source ? node.value : node.source;
}

/** The same, but a number that JSON can write so stays a number. */
function exactScalar(node: Scalar): unknown {
  const value = scalarValue(node);
  const isNumber = typeof node.value === 'number' || typeof node.value === 'bigint';
  return isNumber && typeof value === 'string' ? (toJsonNumber(value) ?? value) : value;
}

function tooMany(node: unknown): Fault {
  const fix = 'Write the values out instead of referring to references.';
  return { offset: startOf(node), message: 'too many values: aliases multiply', fix };
}
