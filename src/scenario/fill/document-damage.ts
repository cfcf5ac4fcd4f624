/** What `tamper` says of a document → the texts that are put into it. */
import type { DocumentDamage } from '../../protocol/damage/document.ts';
import type { XmlDamage } from '../../protocol/v2/damage.ts';
import type { TamperForm } from '../schema/schema.ts';
import { defined, type FillText } from './damage-of.ts';

type Inner = NonNullable<TamperForm['inner']>;
type Pieces = NonNullable<Inner['body']>;

/** Fills in and joins the pieces of each text. */
export function documentDamageOf(form: Omit<Inner, 'root'>, fill: FillText): DocumentDamage {
  const { markup, bytes, encoding } = form;
  const texts = (['first', 'last', 'body', 'prolog', 'epilog'] as const).map((key) => {
    const pieces = form[key];
    return [key, pieces === undefined ? undefined : joined(pieces, (text) => fill(text, [key]))] as const;
  });
  const raw = Object.entries(markup ?? {}).map(
    ([name, pieces]) => [name, joined(pieces, (text) => fill(text, ['markup', name]))] as const,
  );
  return defined({
    markup: markup && Object.fromEntries(raw),
    ...Object.fromEntries(texts),
    bytes,
    encoding,
  });
}

/** The same of XML. */
export function xmlDamageOf(form: Inner, fill: FillText): XmlDamage {
  const { root } = form;
  const names = typeof root === 'string' ? ([root, root] as const) : root;
  return defined({ ...documentDamageOf(form, fill), root: names });
}

/** What is encrypted has the same keys, at a place of its own. */
export function inside(fill: FillText): FillText {
  return (text, path) => fill(text, ['inner', ...path]);
}

function joined(pieces: Pieces, fill: (text: string) => string): string {
  return [pieces]
    .flat()
    .map((piece) => (typeof piece === 'string' ? fill(piece) : repeated(fill(piece.repeat), piece.times)))
    .join('');
}

function repeated(text: string, times: number): string {
  if (!text.includes('$n')) return text.repeat(times);
  return Array.from({ length: times }, (_, index) => text.replaceAll('$n', String(index))).join('');
}
