/** Boxes side by side where there is room: a request, an answer. */
import type { RequestFacts } from '../../run/events.ts';
import { markup, type Html } from './markup.ts';

/** Two of them. */
export function panels(left: Html, right: Html): Html {
  return markup`<div class="panels">
${left}
${right}
</div>
`;
}

/** A box that scrolls by itself; the keyboard reaches it. */
export function panel(title: string, text: Html): Html {
  return markup`<section><h5>${title}</h5><pre tabindex="0" role="group" aria-label="${title}">${text}</pre></section>`;
}

/** What was sent. */
export function requestPanel(
  title: string,
  { method, url, headers, body }: RequestFacts,
  bodyOf: (text: string) => Html,
): Html {
  return panel(title, markup`<b>${method} ${url}</b>${headerLines(headers)}${bodyOf(body)}`);
}

/** A line for each. */
export function headerLines(headers: RequestFacts['headers']): Html {
  const lines = headers.map(([name, value]) => `\n${name}: ${value}`);
  return markup`<span class="headers">${lines.join('')}</span>`;
}

/** A body below what stands above it. */
export function bodyText(body: string): Html {
  return body.trim() === ''
    ? markup`<span class="headers">

(no body)</span>`
    : markup`

${body}`;
}
