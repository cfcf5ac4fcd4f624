/** Fields and XML, both ways: the only importer of fast-xml-parser. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Fields, Layout, Pair } from '../dialect.ts';
import { byName } from './sign.ts';

const CDATA = '#cdata';

/** What was read: the root's name and its elements in order, or why it could not be read. */
export type ReadXml =
  | { readonly ok: true; readonly root: string; readonly pairs: readonly Pair[] }
  | { readonly ok: false; readonly why: string };

/** Writes elements in the form real captures have: no prolog, no indentation, CDATA but for `layout.plain`. */
export function writeXml(pairs: readonly Pair[], layout: Layout): string {
  const elements = pairs.map(([name, value]) => `<${name}>${content(name, value, layout)}</${name}>`);
  return [`<${layout.root}>`, ...elements, `</${layout.root}>`].join(layout.separator);
}

/** The order in which a layout writes fields: ASCII order, or the order of the table. */
export function inOrder(fields: Fields, layout: Layout, table: readonly string[]): Pair[] {
  const pairs = Object.entries(fields);
  if (layout.order === 'ascii') return pairs.sort(byName);
  const rank = (name: string): number => (table.includes(name) ? table.indexOf(name) : table.length);
  return pairs.sort((a, b) => rank(a[0]) - rank(b[0]) || byName(a, b));
}

/**
 * Reads one level of elements: `<root><name>value</name>…</root>`. Elements with children keep their text only.
 * A document type declaration is refused, and only XML's own five entities and character references are decoded.
 */
export function readXml(text: string): ReadXml {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) {
    return { ok: false, why: 'it declares a document type (DOCTYPE), which is never expanded' };
  }
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is a package with three more below it
  const valid = XMLValidator.validate(text, { allowBooleanAttributes: true });
  if (valid !== true)
    return { ok: false, why: `not well-formed XML: ${valid.err.msg} (line ${valid.err.line})` };
  try {
    return flatten(parser.parse(text) as readonly Node[]);
  } catch (error) {
    return {
      ok: false,
      why: `not well-formed XML: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** A character that XML 1.0 cannot carry, not even escaped; `undefined` when there is none. */
export function unwritable(value: string): string | undefined {
  const found = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u.exec(value);
  return found ? `U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}` : undefined;
}

type Node = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: CDATA,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

function content(name: string, value: string, layout: Layout): string {
  // A parser turns a raw carriage return into a line feed, CDATA or not: only a reference keeps it.
  if (layout.plain.includes(name) || value.includes('\r')) return escape(value);
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function escape(value: string): string {
  return value.replace(/[&<>\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function flatten(nodes: readonly Node[]): ReadXml {
  const [root, ...rest] = nodes.filter((node) => elementName(node) !== undefined);
  const name = root && elementName(root);
  if (!root || name === undefined) return { ok: false, why: 'it has no root element' };
  if (rest.length > 0) return { ok: false, why: 'it has more than one root element' };
  const children = childrenOf(root[name]);
  const pairs: Pair[] = [];
  for (const child of children) {
    const key = elementName(child);
    if (key === undefined) continue;
    const value = textOf(childrenOf(child[key]));
    if (value === undefined) return { ok: false, why: `<${key}> uses an entity that XML does not define` };
    pairs.push([key, value]);
  }
  return { ok: true, root: name, pairs };
}

function elementName(node: Node): string | undefined {
  return Object.keys(node).find((key) => key !== ':@' && key !== '#text' && key !== CDATA);
}

function childrenOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? (value as readonly Node[]) : [];
}

function textOf(nodes: readonly Node[]): string | undefined {
  let text = '';
  for (const node of nodes) {
    const piece = CDATA in node ? verbatim(childrenOf(node[CDATA])) : unescape(rawText(node));
    if (piece === undefined) return undefined;
    text += piece;
  }
  return text;
}

function verbatim(nodes: readonly Node[]): string {
  return nodes.map(rawText).join('');
}

function rawText(node: Node): string {
  const value = node['#text'];
  return typeof value === 'string' ? value : '';
}

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string | undefined {
  let unknown = false as boolean;
  const plain = text.replace(/&(#x[0-9a-f]+|#\d+|[^;&\s]*);?/gi, (whole, name: string) => {
    const value = name.startsWith('#') ? character(name.slice(1)) : predefined[name];
    if (value === undefined || !whole.endsWith(';')) unknown = true;
    return value ?? '';
  });
  return unknown ? undefined : plain;
}

function character(reference: string): string | undefined {
  const code = /^x/i.test(reference) ? parseInt(reference.slice(1), 16) : parseInt(reference, 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
