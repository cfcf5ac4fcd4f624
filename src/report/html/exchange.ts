/** A request and its answer, or a command and what it printed, side by side where there is room. */
import type { CallFacts, CommandFacts, DeliveryFacts, Failure, ResponseFacts } from '../../run/events.ts';
import { readable } from '../suite-text/readable.ts';
import { markup, nothing, type Html } from './markup.ts';
import { bodyText, headerLines, panel, panels, requestPanel } from './panels.ts';

export interface ExchangeOptions {
  /** Bodies as they went over the wire, instead of an element a line. */
  readonly verbose: boolean;
}

/** Both panels of a failure; nothing when it has no exchange. */
export function exchangePanels({ delivery, exchange }: Failure, { verbose }: ExchangeOptions): Html {
  const body = (text: string): Html => bodyText(verbose ? text : readable(text));
  if (delivery) return panels(requestPanel('Request', delivery.request, body), answer(delivery, body));
  if (exchange?.does === 'call')
    return panels(requestPanel('Request', exchange.request, body), answer(exchange, body));
  return exchange ? command(exchange) : nothing;
}

type Body = (text: string) => Html;

type Answered = Pick<DeliveryFacts | CallFacts, 'response' | 'error'>;

function answer({ response, error }: Answered, bodyOf: Body): Html {
  if (!response) {
    return panel(
      'No answer',
      markup`<b>${error?.cause ?? 'nothing came'}</b>
${error?.detail ?? ''}`,
    );
  }
  const { status, headers, body } = response;
  const lines = Object.entries(headers).map(([name, value]) => [name, valueText(value)] as const);
  return panel('Answer', markup`<b>HTTP ${status}</b>${headerLines(lines)}${bodyOf(body)}`);
}

function valueText(value: ResponseFacts['headers'][string]): string {
  return typeof value === 'string' ? value : (value ?? []).join(', ');
}

function command({ argv, env, stdin, exit, stdout, stderr, error }: CommandFacts): Html {
  const given = Object.entries(env).map(([name, value]) => `\n${name}=${value}`);
  const left = markup`<b>${argv.join(' ')}</b><span class="headers">${given.join('')}</span>${stdin === null ? null : bodyText(stdin)}`;
  const end = exit === null ? (error ?? 'no exit status') : `exit status ${exit}`;
  const errors =
    stderr.trim() === ''
      ? nothing
      : markup`

<span class="headers">stderr:</span>
${stderr}`;
  return panels(panel('Command', left), panel('Output', markup`<b>${end}</b>${bodyText(stdout)}${errors}`));
}
