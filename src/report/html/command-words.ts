/** How commands stand on a page. */
import { markup, type Html } from './markup.ts';

/** A command that one click selects. Each word is one piece, so that lines are broken between them and not at hyphens. */
export function commandWords(command: string): Html {
  const words = command.split(/(?<= )/).map((word) => markup`<span>${word}</span>`);
  return markup`<code class="select">${words}</code>`;
}
