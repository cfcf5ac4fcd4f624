/** Text → XML 1.0 that every parser takes, whatever is in the text. */
import { printable } from '../printable.ts';

export type Attributes = Readonly<Record<string, string | number>>;

/** An element; its content is XML already. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const given = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`,
  );
  const start = `<${name}${given.join('')}`;
  return content === '' ? `${start}/>` : `${start}>${content}</${name}>`;
}

/** Text for content: control characters become visible, and what XML cannot carry is replaced. */
export function escapeXml(text: string): string {
  return printable(text)
    .replace(/[\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD')
    .replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** In an attribute, a parser takes a line feed for a blank. */
function escapeAttribute(text: string): string {
  return escapeXml(text).replace(/["\n\t]/g, (char) => `&#${char.charCodeAt(0)};`);
}
