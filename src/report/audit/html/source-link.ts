/** Where one can read more: a link when it is a web address, and else the text. */
import { markup, type Html } from '../../html/markup.ts';

/** Nothing but http and https is made a link. */
export function sourceLink(text: string): Html {
  return /^https?:\/\/\S+$/.test(text)
    ? markup`<a href="${text}" rel="noreferrer">${text}</a>`
    : markup`${text}`;
}
