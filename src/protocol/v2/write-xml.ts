/** Fields → XML, in the form that real captures have. */
import { own } from '../damage/document.ts';
import type { Field, Layout, Pair } from '../dialect.ts';
import type { XmlDamage } from './damage.ts';
import { byName } from './sign.ts';

/** What the order asks of a table. */
type Row = Pick<Field, 'name'>;

/** Writes elements in the form real captures have: no prolog, no indentation, CDATA but for `layout.plain`. */
export function writeXml(pairs: readonly Pair[], layout: Layout, damage: XmlDamage = {}): string {
  const { markup, root = [layout.root, layout.root], first, last } = damage;
  const [between, start] = layout.separator === '\n…' ? ['\n', ''] : [layout.separator, layout.separator];
  let xml = `<${root[0]}>${start}${first === undefined ? '' : `${first}${between}`}`;
  for (const [name, value] of pairs)
    xml += `<${name}>${(markup && own(markup, name)) ?? content(name, value, layout)}</${name}>${between}`;
  return `${xml}${last === undefined ? '' : `${last}${between}`}</${root[1]}>`;
}

/** The order in which a layout writes elements: ASCII order, or the order of the table. */
export function inOrder(pairs: readonly Pair[], layout: Layout, table: readonly Row[]): readonly Pair[] {
  if (layout.order === 'ascii') return pairs.toSorted(byName);
  const ranks = new Map(table.map(({ name }, rank) => [name, rank]));
  const rank = ([name]: Pair): number => ranks.get(name) ?? table.length;
  return pairs.toSorted((a, b) => rank(a) - rank(b) || byName(a, b));
}

/** A character that XML 1.0 cannot carry, not even escaped; `undefined` when there is none. */
export function unwritable(value: string): string | undefined {
  const found = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u.exec(value);
  return found ? `U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}` : undefined;
}

function content(name: string, value: string, layout: Layout): string {
  // A parser turns a raw carriage return into a line feed, CDATA or not: only a reference keeps it.
  if (layout.plain.includes(name) || value.includes('\r')) return escape(value);
  return `<![CDATA[${value.includes(']]>') ? value.replaceAll(']]>', ']]]]><![CDATA[>') : value}]]>`;
}

function escape(value: string): string {
  return value.replace(/[&<>\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}
