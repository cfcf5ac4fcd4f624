/** HTML that is escaped by default: whatever is filled into a template is text, unless a template made it. */
import { printable } from '../printable.ts';

/** Markup that was made here. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What goes into a template; nothing is written for `null`. */
export type Piece = Html | string | number | null | readonly Html[];

/** Markup with pieces in it, as a template: `` markup`<p>${text}</p>` ``. */
export function markup(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const filled = parts.map((part, index) => `${part}${index < pieces.length ? written(pieces[index]) : ''}`);
  return new Html(filled.join(''));
}

/** Nothing at all. */
export const nothing = new Html('');

function written(piece: Piece | undefined): string {
  if (piece === null || piece === undefined) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(({ text }) => text).join('');
  return escape(String(piece));
}

/** Control characters become visible, half characters become the sign for it. */
function escape(text: string): string {
  return printable(text)
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}
