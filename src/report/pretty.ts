/** Events → lines for people: one a delivery, the whole story of a failure, a summary. */
import type { ChalkInstance } from 'chalk';
import type { DeliveryFacts, Reason, RunEnd, RunEvent, RunStart, StepFacts } from '../run/events.ts';
import { yuan } from './money.ts';
import { printable } from './printable.ts';
import { wordsFor } from './words.ts';

export interface PrettyOptions {
  /** Colours, or a chalk of level 0. */
  readonly chalk: ChalkInstance;
  /** Failures only. */
  readonly quiet: boolean;
  /** Requests and answers in full. */
  readonly verbose: boolean;
}

/** Above this many copies of a step, only failures get a line. */
const LINES = 20;
/** Failures that are told in full; the others get a line. */
const STORIES = 3;

/** Makes the reporter: a function of an event to the text it adds to stdout. */
export function createPretty(options: PrettyOptions): (event: RunEvent) => string {
  const state = {
    stories: 0,
    step: undefined as StepFacts | undefined,
    start: undefined as RunStart | undefined,
    failures: 0,
  };
  return (event) => {
    switch (event.type) {
      case 'run-start':
        state.start = event;
        return options.quiet ? '' : heading(event, options);
      case 'warning':
        return '';
      case 'step-start':
        state.step = event.step;
        return options.quiet ? '' : stepHeading(event.step, options);
      case 'delivery': {
        if (event.reasons.length > 0) state.failures++;
        const full = event.reasons.length > 0 && state.stories++ < STORIES;
        return deliveryText(event.delivery, event.reasons, { options, full, step: state.step });
      }
      case 'step-end':
        if (event.reasons.length > 0) state.failures++;
        return event.reasons.map((reason) => story(reason, undefined, options.chalk)).join('');
      case 'step-skipped':
        return options.quiet
          ? ''
          : options.chalk.dim(`  - step ${event.step.number} (${event.step.title}) skipped\n`);
      case 'run-end':
        return options.quiet && state.failures === 0 ? '' : ending(event, state, options);
    }
  };
}

function heading(
  { command, scenario, summary, target, seed, insecure }: RunStart,
  { chalk }: PrettyOptions,
): string {
  const about = summary === '' ? '' : `${chalk.dim(printable(summary))}\n`;
  const loud = insecure ? `${chalk.red.bold('TLS IS NOT VERIFIED (--insecure)')}\n` : '';
  return `${chalk.bold(`${command} ${printable(scenario)}`)} → ${target}  ${chalk.dim(`seed ${seed}`)}\n${about}${loud}`;
}

function stepHeading(step: StepFacts, { chalk }: PrettyOptions): string {
  if (step.of === 1 && step.times <= LINES) return '';
  const copies = step.times > 1 ? ` × ${step.times}` : '';
  return chalk.dim(`  step ${step.number} of ${step.of}: ${printable(step.title)}${copies}\n`);
}

interface Telling {
  readonly options: PrettyOptions;
  readonly full: boolean;
  readonly step: StepFacts | undefined;
}

function deliveryText(
  delivery: DeliveryFacts,
  reasons: readonly Reason[],
  { options, full, step }: Telling,
): string {
  const { chalk, quiet, verbose } = options;
  const good = reasons.length === 0;
  if (good && (quiet || (step?.times ?? 1) > LINES)) return verbose ? exchange(delivery, chalk) : '';
  const told = full ? reasons.map((reason) => story(reason, delivery, chalk)).join('') : '';
  const answer = full && !verbose ? answerStart(delivery, chalk) : '';
  const again = full ? `      ${chalk.dim('again')}     wxnotify replay --id ${delivery.id}\n` : '';
  return `${line(delivery, good, chalk)}${verbose ? exchange(delivery, chalk) : ''}${told}${answer}${again}`;
}

function line(delivery: DeliveryFacts, good: boolean, chalk: ChalkInstance): string {
  const { kind, amount, out_trade_no, ack, error, message, duration_ms, attempt } = delivery;
  const mark = good ? chalk.green('✓') : chalk.red('✗');
  const got = ack === null ? chalk.yellow(error?.cause ?? 'no answer') : colour(chalk, ack)(ack);
  const copy = attempt > 1 ? `#${attempt}` : '';
  const parts = [
    kind,
    amount === null ? '' : yuan(amount),
    out_trade_no ?? '',
    copy,
    got,
    brief(message),
    `${duration_ms} ms`,
  ];
  return `  ${mark} ${parts.filter((part) => part !== '').join('  ')}\n`;
}

function colour(chalk: ChalkInstance, ack: string): ChalkInstance {
  if (ack === 'SUCCESS') return chalk.green;
  return ack === 'FAIL' ? chalk.yellow : chalk.magenta;
}

function brief(message: string): string {
  const text = printable(message);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function story(reason: Reason, delivery: DeliveryFacts | undefined, chalk: ChalkInstance): string {
  const { expected, actual, next } = wordsFor(reason, delivery);
  const row = (name: string, text: string): string =>
    `      ${chalk.dim(name.padEnd(9))} ${printable(text)}\n`;
  return row('expected', expected) + row('got', actual) + row('next', next);
}

const ANSWER_SHOWN = 400;

function answerStart({ response }: DeliveryFacts, chalk: ChalkInstance): string {
  if (!response) return '';
  const type = response.headers['content-type'];
  const shown = printable(response.body.slice(0, ANSWER_SHOWN)).trim();
  const more = response.body.length > ANSWER_SHOWN ? ' …' : '';
  const body = shown === '' ? '(no body)' : `${shown}${more}`.split('\n').join('\n                ');
  return `      ${chalk.dim('answer')}    HTTP ${response.status} ${printable(String(type ?? ''))}\n                ${body}\n`;
}

/** A request and its answer in full, as they went over the wire. */
function exchange({ request, response }: DeliveryFacts, chalk: ChalkInstance): string {
  const out = [
    `${request.method} ${request.url}`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
    '',
    request.body,
  ];
  const back = response
    ? [
        `HTTP ${response.status}`,
        ...Object.entries(response.headers).map(([name, value]) => `${name}: ${String(value)}`),
        '',
        response.body,
      ]
    : [];
  const mark = (sign: string, lines: readonly string[]): string =>
    lines
      .flatMap((text) => printable(text).split('\n'))
      .map((text) => `    ${chalk.dim(sign)} ${text}\n`)
      .join('');
  return mark('>', out) + mark('<', back);
}

interface Ending {
  readonly start: RunStart | undefined;
  readonly failures: number;
}

function ending(
  { summary, interrupted }: RunEnd,
  { start, failures }: Ending,
  { chalk }: PrettyOptions,
): string {
  const counts = Object.entries(summary.acks).map(([ack, count]) => `${count} ${ack}`);
  if (summary.undelivered > 0) counts.push(`${summary.undelivered} undelivered`);
  const lines = [`${summary.sent} sent: ${counts.join(', ') || 'nothing answered'}`];
  const { latency_ms: ms } = summary;
  if (ms && summary.sent > 1)
    lines.push(`latency ms: min ${ms.min}  p50 ${ms.p50}  p90 ${ms.p90}  p99 ${ms.p99}  max ${ms.max}`);
  if (interrupted) lines.push(chalk.yellow('interrupted: this is what was done so far'));
  const verdict = failures > 0 ? chalk.red.bold('failed') : interrupted ? '' : chalk.green.bold('passed');
  const seed = failures > 0 && start ? chalk.dim(`  (seed ${start.seed})`) : '';
  return `\n${lines.join('\n')}\n${verdict === '' ? '' : `${verdict}${seed}\n`}`;
}
