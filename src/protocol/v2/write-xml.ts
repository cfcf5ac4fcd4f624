/** Fields → XML, in the form that real captures have. */
import { own } from '../damage/document.ts';
import type { Fields, Layout, Pair } from '../dialect.ts';
import type { XmlDamage } from './damage.ts';
import { byName } from './sign.ts';

/** Writes elements in the form real captures have: no prolog, no indentation, CDATA but for `layout.plain`. */
export function writeXml(
  pairs: readonly Pair[],
  layout: Layout,
  { markup, root = [layout.root, layout.root], first, last }: XmlDamage = {},
): string {
  const elements = pairs.map(
    ([name, value]) => `<${name}>${own(markup, name) ?? content(name, value, layout)}</${name}>`,
  );
  const all = [first, ...elements, last].filter((element) => element !== undefined);
  const [between, start] = layout.separator === '\n…' ? ['\n', ''] : [layout.separator, layout.separator];
  return `<${root[0]}>${start}${[...all, `</${root[1]}>`].join(between)}`;
}

/** The order in which a layout writes fields: ASCII order, or the order of the table. */
export function inOrder(fields: Fields, layout: Layout, table: readonly string[]): Pair[] {
  const pairs = Object.entries(fields);
  if (layout.order === 'ascii') return pairs.sort(byName);
  const rank = (name: string): number => (table.includes(name) ? table.indexOf(name) : table.length);
  return pairs.sort((a, b) => rank(a[0]) - rank(b[0]) || byName(a, b));
}

/** A character that XML 1.0 cannot carry, not even escaped; `undefined` when there is none. */
export function unwritable(value: string): string | undefined {
  const found = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u.exec(value);
  return found ? `U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}` : undefined;
}

function content(name: string, value: string, layout: Layout): string {
  // A parser turns a raw carriage return into a line feed, CDATA or not: only a reference keeps it.
  if (layout.plain.includes(name) || value.includes('\r')) return escape(value);
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function escape(value: string): string {
  return value.replace(/[&<>\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}
