/** Events → lines for people: one a delivery, the whole story of a failure, a summary. */
import { lasting } from './alike.ts';
import type { ChalkInstance } from 'chalk';
import type {
  DeliveryFacts,
  Reason,
  RunEnd,
  RunEvent,
  RunStart,
  ScheduleFacts,
  StepFacts,
  Summary,
} from '../run/events.ts';
import { deliveryLine, exchangeText, storyText } from './delivery-text.ts';
import { exchangeStory } from './exchange-text.ts';
import { printable } from './printable.ts';

export interface PrettyOptions {
  /** Colours, or a chalk of level 0. */
  readonly chalk: ChalkInstance;
  /** Failures only. */
  readonly quiet: boolean;
  /** Requests and answers in full. */
  readonly verbose: boolean;
  /** One of many runs: a short heading, and no summary. */
  readonly compact: boolean;
}

/** Above this many copies of a step, only failures get a line. */
const LINES = 20;
/** Kinds of failure that are told in full, once each; the others get a line. */
const STORIES = 3;
/** Failures that get a line. */
const FAILURE_LINES = 30;

interface State {
  start: RunStart | undefined;
  step: StepFacts | undefined;
  failures: number;
  /** The reasons that were told in full. */
  readonly told: Set<string>;
  /** Failed deliveries that got no line. */
  hidden: number;
  /** Acknowledged copies of one notification: how often they were credited cannot be seen in the answers. */
  copies: number;
  /** A schedule was interrupted. */
  unfinished: boolean;
}

type Handlers = { readonly [T in RunEvent['type']]: (event: Extract<RunEvent, { type: T }>) => string };

/** Makes the reporter: a function of an event to the text it adds to stdout. */
export function createPretty(options: PrettyOptions): (event: RunEvent) => string {
  const { chalk, quiet } = options;
  const state: State = {
    start: undefined,
    step: undefined,
    failures: 0,
    told: new Set(),
    hidden: 0,
    copies: 0,
    unfinished: false,
  };
  const unlessQuiet = (text: string): string => (quiet ? '' : text);
  const handlers: Handlers = {
    'run-start': (event) => {
      state.start = event;
      return unlessQuiet(heading(event, options));
    },
    warning: () => '',
    progress: () => '',
    waiting: () => '',
    'step-start': ({ step }) => {
      state.step = step;
      return unlessQuiet(stepHeading(step, options));
    },
    delivery: ({ delivery, reasons }) => {
      if (isCopy(delivery, state)) state.copies++;
      if (reasons.length > 0) return failedDelivery(delivery, reasons, { options, state });
      return unlessQuiet(passedDelivery(delivery, { options, state }));
    },
    exchange: ({ step, exchange, reasons, interrupted }) => {
      state.copies = -Infinity; // a flow that looks for itself needs no advice to look
      state.failures += reasons.length;
      if (reasons.length === 0 && quiet) return '';
      return exchangeStory(step, exchange, { reasons, interrupted, verbose: options.verbose, chalk });
    },
    'step-end': ({ reasons, untold = 0, schedule }) => {
      state.failures += reasons.length + untold;
      state.hidden += untold;
      state.unfinished ||= isUnfinished(schedule, reasons);
      const became = schedule ? unlessQuiet(scheduleLine(schedule, chalk)) : '';
      return became + reasons.map((reason) => storyText(reason, undefined, chalk)).join('');
    },
    'step-skipped': ({ step }) => unlessQuiet(chalk.dim(`  - step ${step.number} (${step.title}) skipped\n`)),
    'run-end': (event) => {
      if (state.failures === 0 && !event.interrupted && (quiet || options.compact)) return '';
      return ending(event, state, options);
    },
  };
  return (event) => (handlers[event.type] as (event: RunEvent) => string)(event);
}

/** Neither acknowledged nor given up. */
function isUnfinished(schedule: ScheduleFacts | undefined, reasons: readonly Reason[]): boolean {
  return schedule?.acknowledged_by === null && reasons.length === 0 && schedule.attempts < schedule.of;
}

function isCopy({ ack, authentic, attempt }: DeliveryFacts, { start, step }: State): boolean {
  if (step?.repeats === 'orders' || step?.repeats === 'schedule') return false;
  return ack === 'SUCCESS' && authentic && (attempt > 1 || start?.command === 'replay');
}

function heading(start: RunStart, { chalk, compact }: PrettyOptions): string {
  const { command, scenario, summary, target, seed, insecure } = start;
  const about = printable(summary);
  if (compact) return `${chalk.bold(printable(scenario))}  ${chalk.dim(about)}\n`;
  const loud = insecure ? `${chalk.red.bold('TLS IS NOT VERIFIED (--insecure)')}\n` : '';
  const first = `${chalk.bold(`${command} ${printable(scenario)}`)} → ${target}  ${chalk.dim(`seed ${seed}`)}`;
  return `${first}\n${about === '' ? '' : `${chalk.dim(about)}\n`}${loud}`;
}

function stepHeading(step: StepFacts, { chalk, compact }: PrettyOptions): string {
  if (compact || (step.of === 1 && step.times <= LINES)) return '';
  const copies = step.times > 1 ? ` × ${step.times}` : '';
  return chalk.dim(`  step ${step.number} of ${step.of}: ${printable(step.title)}${copies}\n`);
}

/** What became of a schedule; the timetable is the platform’s, however fast it went. */
function scheduleLine({ acknowledged_by, after_s, speed }: ScheduleFacts, chalk: ChalkInstance): string {
  if (acknowledged_by === null) return '';
  const when = acknowledged_by === 1 ? 'at once' : `${spanText(after_s)} after the first`;
  const fast = speed === 1 ? '' : chalk.dim(`  (at ${speed}× speed)`);
  return `    acknowledged by attempt ${acknowledged_by}, ${when}${fast}\n`;
}

function spanText(seconds: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, unit]) => `${number} ${unit}`)
    .join(' ');
}

interface Reporting {
  readonly options: PrettyOptions;
  readonly state: State;
}

function passedDelivery(delivery: DeliveryFacts, { options, state }: Reporting): string {
  const { chalk, verbose } = options;
  const full = verbose ? exchangeText(delivery, chalk) : '';
  const scheduled = state.step?.repeats === 'schedule';
  return (state.step?.times ?? 1) > LINES
    ? full
    : `${deliveryLine(delivery, { good: true, brief: true, scheduled }, chalk)}${full}`;
}

function failedDelivery(
  delivery: DeliveryFacts,
  reasons: readonly Reason[],
  { options, state }: Reporting,
): string {
  const { chalk, verbose } = options;
  state.failures++;
  if (state.failures > FAILURE_LINES) {
    state.hidden++;
    return '';
  }
  const full = verbose ? exchangeText(delivery, chalk) : '';
  const gist = JSON.stringify(reasons.map(lasting));
  if (state.told.has(gist) || state.told.size >= STORIES)
    return `${deliveryLine(delivery, { good: false, brief: true, scheduled: false }, chalk)}${full}`;
  const line = deliveryLine(delivery, { good: false, brief: false, scheduled: false }, chalk);
  state.told.add(gist);
  const told = reasons.map((reason) => storyText(reason, delivery, chalk)).join('');
  const again = `      ${chalk.dim('again')}     wxnotify replay --id ${delivery.id}\n`;
  return `${line}${full}${told}${again}`;
}

function ending(event: RunEnd, state: State, { chalk }: PrettyOptions): string {
  const { summary, interrupted } = event;
  const { sent, latency_ms: ms } = summary;
  const lines = [`${sent} sent${paceText(summary)}: ${countsText(summary)}`];
  if (state.hidden > 0) lines.push(`${state.hidden} more failures are not shown`);
  if (ms && sent > 1) {
    lines.push(`latency ms: min ${ms.min}  p50 ${ms.p50}  p90 ${ms.p90}  p99 ${ms.p99}  max ${ms.max}`);
  }
  if (allAcknowledged(state, event)) lines.push(chalk.dim(LOOK_AT_THE_BOOKS));
  if (interrupted) lines.push(chalk.yellow('interrupted: this is what was done so far'));
  if (state.unfinished) lines.push('wxnotify replay --resume goes on with the schedule');
  lines.push(...verdict(state, interrupted, chalk));
  return `\n${lines.join('\n')}\n`;
}

/** All of several copies of one notification were: nothing else is worth the advice. */
function allAcknowledged({ copies, failures }: State, { summary, interrupted }: RunEnd): boolean {
  const { acks, sent, unsent } = summary;
  return copies > 0 && failures === 0 && !interrupted && unsent === 0 && acks['SUCCESS'] === sent;
}

/** How fast a load went. */
function paceText({ sent, duration_ms }: Summary): string {
  if (sent <= LINES) return '';
  const seconds = duration_ms / 1000;
  return ` in ${seconds.toFixed(1)} s (${Math.round(sent / Math.max(seconds, 0.001))}/s)`;
}

function countsText({ acks, undelivered, unsent }: Summary): string {
  const counts = Object.entries(acks).map(([ack, count]) => `${count} ${ack}`);
  if (undelivered > 0) counts.push(`${undelivered} undelivered`);
  const answered = counts.join(', ') || 'nothing answered';
  return unsent > 0 ? `${answered}; ${unsent} not sent` : answered;
}

const LOOK_AT_THE_BOOKS =
  'Every copy was acknowledged. Was the order credited once? The answers cannot show that: look at its books.';

function verdict({ failures, start }: State, interrupted: boolean, chalk: ChalkInstance): readonly string[] {
  if (failures === 0) return interrupted ? [] : [chalk.green.bold('passed')];
  const seed = start ? chalk.dim(`  (seed ${start.seed})`) : '';
  return [`${chalk.red.bold('failed')}${seed}`];
}
