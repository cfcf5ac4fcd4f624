/** XML → fields: the only importer of fast-xml-parser. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Pair } from '../dialect.ts';

import { unwritable } from './write-xml.ts';

const CDATA = '#cdata';

/** What begins a stretch in which a declaration is no declaration, and what ends it. */
const INERT: Readonly<Record<string, string>> = { '<![CDATA[': ']]>', '<!--': '-->' };

/** What was read: the root's name and its elements in order, or why it could not be read. */
export type ReadXml =
  | {
      readonly ok: true;
      readonly root: string;
      readonly pairs: readonly Pair[];
      /** Elements with elements in them, of which only the text was kept; absent when there are none. */
      readonly nested?: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

/**
 * Reads one level of elements: `<root><name>value</name>…</root>`. Elements with children keep their text only.
 * A document type declaration is refused, and only XML's own five entities and character references are decoded.
 */
export function readXml(text: string): ReadXml {
  const broken = unwritable(text);
  if (broken !== undefined) return { ok: false, why: `not well-formed XML: it has the character ${broken}` };
  const live = outsideInert(text);
  if (/<!DOCTYPE|<!ENTITY/i.test(live)) {
    return { ok: false, why: 'it declares a document type (DOCTYPE), which is never expanded' };
  }
  if (UNDEFINED_ENTITY.test(live)) {
    return { ok: false, why: 'it uses an entity that XML does not define' };
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

const UNDEFINED_ENTITY = /&(?!(?:lt|gt|amp|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)/;

/** A text without CDATA and comments, in one pass: an answer may be made to take long. */
function outsideInert(text: string): string {
  const opener = /<!\[CDATA\[|<!--/g;
  let rest = '';
  let from = 0;
  for (let found = opener.exec(text); found; found = opener.exec(text)) {
    const end = text.indexOf(INERT[found[0]] ?? '', opener.lastIndex);
    if (end === -1) return rest + text.slice(from, found.index); // not well-formed, which the validator says
    rest += text.slice(from, found.index);
    from = opener.lastIndex = end + 3;
  }
  return rest + text.slice(from);
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
  onDangerousProperty: (name) => name, // a field may have any name: values go into a list, not onto an object
});

function flatten(nodes: readonly Node[]): ReadXml {
  const [root, ...rest] = nodes.filter((node) => elementName(node) !== undefined);
  const name = root && elementName(root);
  if (!root || name === undefined) return { ok: false, why: 'it has no root element' };
  if (rest.length > 0) return { ok: false, why: 'it has more than one root element' };
  return readPairs(name, childrenOf(root[name]));
}

function readPairs(root: string, children: readonly Node[]): ReadXml {
  const pairs: Pair[] = [];
  const nested: string[] = [];
  for (const child of children) {
    const key = elementName(child);
    if (key === undefined) continue;
    const value = textOf(childrenOf(child[key]));
    if (value === undefined)
      return { ok: false, why: `<${key}> refers to a character that XML cannot carry` };
    if (hasElements(childrenOf(child[key]))) {
      if (value.trim() !== '') return { ok: false, why: `<${key}> mixes text and elements` };
      nested.push(key);
    }
    pairs.push([key, value]);
  }
  return { ok: true, root, pairs, ...(nested.length > 0 && { nested }) };
}

function hasElements(nodes: readonly Node[]): boolean {
  return nodes.some((node) => elementName(node) !== undefined);
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

const predefined: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Text with XML’s own five entities and character references decoded; `undefined` when there is another. */
export function unescape(text: string): string | undefined {
  let unknown = false as boolean;
  const plain = text.replace(/&(#x[0-9a-f]+|#\d+|[^;&\s]*);?/gi, (whole, name: string) => {
    const value = name.startsWith('#') ? character(name.slice(1)) : predefined.get(name);
    if (value === undefined || !whole.endsWith(';')) unknown = true;
    return value ?? '';
  });
  return unknown ? undefined : plain;
}

function character(reference: string): string | undefined {
  const code = /^x/i.test(reference) ? parseInt(reference.slice(1), 16) : parseInt(reference, 10);
  const text = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  return text === undefined || unwritable(text) !== undefined ? undefined : text;
}
