/** What was expected against what came, with what differs marked. */
import type { Reason } from '../../run/events.ts';
import { differenceOf, type Difference, type DiffLine } from '../suite-text/difference.ts';
import type { Words } from '../words.ts';
import { markup, type Html } from './markup.ts';

/** A reason: what was expected, what came, and what to check next. */
export function comparison(reason: Reason, { expected, actual, next }: Words): Html {
  const difference = differenceOf(reason);
  const both = difference
    ? row(
        'Differs',
        markup`${difference.of}: <span class="expected">- expected</span>, <span class="got">+ got</span>`,
      )
    : markup`${row('Expected', markup`<span class="expected">${expected}</span>`)}
${row('Got', markup`<span class="got">${actual}</span>`)}`;
  return markup`<dl class="told">
${both}
${row('Next', withCode(next))}
</dl>
${difference ? picture(difference) : null}`;
}

function row(name: string, text: Html): Html {
  return markup`<div><dt>${name}</dt><dd>${text}</dd></div>`;
}

/** What stands between backticks is code. */
function withCode(text: string): Html {
  const pieces = text
    .split('`')
    .map((piece, index) => (index % 2 === 1 ? markup`<code>${piece}</code>` : markup`${piece}`));
  return markup`${pieces}`;
}

/** Line by line; the keyboard reaches it, so that it can be scrolled. */
function picture({ of, lines }: Difference): Html {
  return markup`<pre class="difference" tabindex="0" role="group" aria-label="Difference of ${of}">${lines.map(line)}</pre>
`;
}

const SIDES = { ' ': 'same', '-': 'expected', '+': 'got' } as const;

function line({ sign, pieces }: DiffLine): Html {
  const texts = pieces.map(({ text, differs }) => (differs ? markup`<mark>${text}</mark>` : markup`${text}`));
  return markup`<span class="${SIDES[sign]}">${sign} ${texts}
</span>`;
}
