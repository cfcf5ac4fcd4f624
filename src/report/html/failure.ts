/** One failure of a scenario: the step and its place, what was expected and what came, and the exchange. */
import type { DeliveryFacts, StepFacts } from '../../run/events.ts';
import { storyOf } from '../suite-text/story.ts';
import { duration, plural } from './amounts.ts';
import { commandWords } from './command-words.ts';
import { comparison } from './difference.ts';
import { exchangePanels, type ExchangeOptions } from './exchange.ts';
import type { FailureGroup } from './keep.ts';
import { markup, type Html } from './markup.ts';

export interface FailureOptions extends ExchangeOptions {
  /** When the suite began, in milliseconds since 1970. */
  readonly began: number;
}

/** The story of a failure. */
export function failureStory(group: FailureGroup, options: FailureOptions): Html {
  const { failure, withoutExchange } = group;
  const { step, reasons } = failure;
  const { words, again } = storyOf(failure, { verbose: true });
  const told = reasons.flatMap((reason, index) => {
    const own = words[index];
    return own ? [comparison(reason, own)] : [];
  });
  const about = facts(group, options.began).map((text) => markup` <span>${text}</span>`);
  return markup`<section class="failure">
<h4>Step ${step.number} of ${step.of}: ${title(step)}</h4>
<p class="facts"><code>${step.at}</code>${about}</p>
${told}${exchangePanels(failure, options)}${withoutExchange ? LEFT_OUT : null}${
    again === null
      ? null
      : markup`<p class="again">Send this notification again: ${commandWords(again)}</p>
`
  }</section>
`;
}

const LEFT_OUT = markup`<p class="hint">Request and answer are left out, so that the page stays small. The command above sends it again.</p>
`;

function title({ kind, title: words }: StepFacts): string {
  return kind === words ? words : `${kind} ${words}`;
}

/** Which of the repeats, how long, and when. */
function facts(group: FailureGroup, began: number): readonly string[] {
  const { delivery, exchange } = group.failure;
  const took = group.durations.length === 0 ? [] : [`took ${between(group.durations)}`];
  const tries = exchange && exchange.tries > 1 ? [plural(exchange.tries, 'try', 'tries')] : [];
  return [...which(group), ...took, ...(delivery ? ofDelivery(delivery, began) : []), ...tries];
}

function which({ failure: { step }, attempts }: FailureGroup): readonly string[] {
  if (step.times === 1 || attempts.length === 0) return [];
  const alike = attempts.length > 1 ? `${plural(attempts.length, 'delivery', 'deliveries')} alike: ` : '';
  return [`${alike}#${ranges(attempts)} of ${step.times}`];
}

function ofDelivery({ at, out_trade_no, authentic }: DeliveryFacts, began: number): readonly string[] {
  return [
    `sent at +${duration(Math.max(0, at - began))}`,
    ...(out_trade_no === null ? [] : [`order ${out_trade_no}`]),
    ...(authentic ? [] : ['tampered with']),
  ];
}

function between(durations: readonly number[]): string {
  const [least, most] = [Math.min(...durations), Math.max(...durations)];
  return least === most ? duration(least) : `${duration(least)} to ${duration(most)}`;
}

/** `1–3, 7`. */
function ranges(numbers: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && number === last.to + 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
