/** What was seen in a case: what became of the order, the hostile exchange, and the authentic one after it. */
import type { AnswerFacts, Evidence, StateFacts } from '../../../audit/result.ts';
import { duration } from '../../html/amounts.ts';
import { cutText } from '../../html/keep.ts';
import { markup, nothing, type Html } from '../../html/markup.ts';
import { bodyText, panel, panels, requestPanel } from '../../html/panels.ts';
import { readable } from '../../suite-text/readable.ts';
import { stateText } from '../evidence.ts';

/** Rows of a word and a text: what became of the order, and what asked at our listener. */
export function effect({
  before,
  after,
  settled,
  callbacks,
}: Evidence): readonly (readonly [string, Html])[] {
  const states = [
    ['before', before],
    ['after it', after],
    ['after the authentic one', settled],
  ].filter((pair): pair is [string, StateFacts] => pair[1] !== null);
  const steps = states.map(
    ([when, state], index) => markup`${index > 0 ? ' → ' : ''}${when}: <b>${stateText(state)}</b>`,
  );
  const asked = callbacks.map(
    (text, index) => markup`${index > 0 ? markup`<br>` : nothing}<code>${text}</code>`,
  );
  return [
    ...(steps.length === 0 ? [] : [['Order', markup`${steps}`] as const]),
    ...(asked.length === 0 ? [] : [['Asked us', markup`${asked}`] as const]),
  ];
}

/** Request and answer, and below them those of the authentic one. */
export function exchanges({ hostile, control }: Evidence, verbose: boolean): Html {
  return markup`${hostile && exchange(hostile, 'The notification and its answer', verbose)}${
    control && exchange(control, 'The authentic one after it', verbose)
  }`;
}

function exchange(facts: AnswerFacts, title: string, verbose: boolean): Html {
  const body = (text: string): Html => bodyText(cutText(verbose ? text : readable(text)));
  return markup`<section class="failure">
<h4>${title}</h4>
${panels(requestPanel('Request', facts.request, body), answerPanel(facts, body))}</section>
`;
}

function answerPanel(
  { status, ack, body, error, duration_ms }: AnswerFacts,
  bodyOf: (text: string) => Html,
): Html {
  const took = markup`<span class="headers"> in ${duration(duration_ms)}</span>`;
  if (status === null) return panel('No answer', markup`<b>${error ?? 'nothing came'}</b>${took}`);
  return panel('Answer', markup`<b>HTTP ${status}, ${ack ?? 'INVALID'}</b>${took}${bodyOf(body)}`);
}
