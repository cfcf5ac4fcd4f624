/** One delivery as text: its line, its story when it failed, and the exchange in full. */
import type { ChalkInstance } from 'chalk';
import type { DeliveryFacts, Reason } from '../run/events.ts';
import { yuan } from './money.ts';
import { printable } from './printable.ts';
import { wordsFor } from './words.ts';

export interface LineOptions {
  readonly good: boolean;
  /** Another attempt follows when this one was not acknowledged. */
  readonly scheduled: boolean;
  /** With the answer's message: left out when the story below tells it. */
  readonly brief: boolean;
}

/** The compact line. */
export function deliveryLine(
  delivery: DeliveryFacts,
  { good, brief, scheduled }: LineOptions,
  chalk: ChalkInstance,
): string {
  const { kind, amount, out_trade_no, message, duration_ms, attempt } = delivery;
  const parts = [
    kind,
    amount === null ? '' : yuan(amount),
    out_trade_no ?? '',
    attempt > 1 ? `#${attempt}` : '',
    outcome(delivery, chalk),
    good ? remark(delivery, scheduled, chalk) : '',
    brief ? shorten(message) : '',
    `${duration_ms} ms`,
  ];
  const mark =
    delivery.error?.cause === 'aborted' ? chalk.dim('-') : good ? chalk.green('✓') : chalk.red('✗');
  return `  ${mark} ${parts.filter((part) => part !== '').join('  ')}\n`;
}

/** What was expected, what came, the answer's beginning, and what to check next. */
export function storyText(reason: Reason, delivery: DeliveryFacts | undefined, chalk: ChalkInstance): string {
  const { expected, actual, next } = wordsFor(reason, delivery);
  const row = (name: string, text: string): string =>
    `      ${chalk.dim(name.padEnd(9))} ${indent(printable(text))}\n`;
  const answer = delivery?.response ? row('answer', answerStart(delivery.response)) : '';
  return row('expected', expected) + row('got', actual) + answer + row('next', next);
}

/** A request and its answer in full, as they went over the wire. */
export function exchangeText(
  { request, response }: Pick<DeliveryFacts, 'request' | 'response'>,
  chalk: ChalkInstance,
): string {
  const out = [
    `${request.method} ${request.url}`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
    '',
    request.body,
  ];
  const back = response
    ? [`HTTP ${response.status}`, ...headerLines(response.headers), '', response.body]
    : [];
  const mark = (sign: string, lines: readonly string[]): string =>
    lines
      .flatMap((text) => printable(text).split('\n'))
      .map((text) => `    ${chalk.dim(sign)} ${text}\n`)
      .join('');
  return mark('>', out) + mark('<', back);
}

/** A refusal that nothing in the handler may have decided proves little, and says so. */
function remark(
  { ack, response, authentic, error }: DeliveryFacts,
  scheduled: boolean,
  chalk: ChalkInstance,
): string {
  if (ack === 'SUCCESS' || error?.cause === 'aborted') return '';
  if (scheduled && authentic) return chalk.dim('not acknowledged');
  if (authentic || ack !== 'INVALID') return chalk.dim('as expected');
  return chalk.yellow(saysSuccess(response) ? SEEMS_ACCEPTED : 'as expected, but did the handler check it?');
}

function saysSuccess(response: Response | null): boolean {
  return response !== null && response.status < 400 && /success/i.test(response.body);
}

const SEEMS_ACCEPTED = 'as expected by the platform’s rules, but the handler seems to have accepted it';

type Response = NonNullable<DeliveryFacts['response']>;

function headerLines(headers: Response['headers']): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
}

function outcome({ ack, error }: DeliveryFacts, chalk: ChalkInstance): string {
  if (ack === null) return chalk.yellow(error?.cause ?? 'no answer');
  const colours = { SUCCESS: chalk.green, FAIL: chalk.yellow, INVALID: chalk.magenta };
  return colours[ack](ack);
}

function shorten(message: string): string {
  const text = printable(message);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** How much of an answer a failure shows, in characters. */
const ANSWER_SHOWN = 400;

function answerStart({ status, headers, body }: Response): string {
  const type = headers['content-type'];
  const start = body.slice(0, ANSWER_SHOWN).trim();
  const more = body.length > ANSWER_SHOWN ? ' …' : '';
  const kind = type === undefined ? '' : ` ${String(type)}`;
  return `HTTP ${status}${kind}\n${start === '' ? '(no body)' : `${start}${more}`}`;
}

function indent(text: string): string {
  return text.split('\n').join(`\n${' '.repeat(16)}`);
}
