/** Events → one JSON document, schema `wxnotify/1`. Memory does not grow with the number of deliveries. */
import type {
  DeliveryFacts,
  Exchange,
  Reason,
  RunEnd,
  RunEvent,
  RunStart,
  StepEnd,
  StepFacts,
  SuiteSummary,
  Summary,
} from '../run/events.ts';
import { SCHEMA } from './json-text.ts';
import { sentence, wordsFor } from './words.ts';

const KEPT = 20;
const KEPT_FAILURES = 100;

export interface JsonReport {
  readonly add: (event: RunEvent) => void;
  /** The document, once the run has ended. */
  readonly document: (exit: number) => object;
}

type ExchangeEvent = Extract<RunEvent, { type: 'exchange' }>;

/** A reason as documents have it. */
export interface FailureJson {
  readonly step: number;
  readonly attempt: number | null;
  readonly expectation: Reason['code'];
  readonly expected: string | number;
  readonly actual: string | number | null;
  readonly message: string;
}

const NO_LATENCY = { min: null, p50: null, p90: null, p99: null, max: null };

/** Starts a document. */
export function createJson(): JsonReport {
  let start: RunStart | undefined;
  let end: RunEnd | undefined;
  const deliveries: object[] = [];
  const steps: object[] = [];
  const schedules: object[] = [];
  const failures: FailureJson[] = [];
  const warnings: object[] = [];
  const seen = new Map<number, number>();
  let failed = 0;
  let untold = 0;
  const onDelivery = (delivery: DeliveryFacts, reasons: readonly Reason[]): void => {
    const bad = reasons.length > 0;
    const before = seen.get(delivery.step) ?? 0;
    seen.set(delivery.step, before + 1);
    if (before < KEPT || (bad && failed < KEPT_FAILURES)) deliveries.push(deliveryJson(delivery));
    if (bad) failed++;
    note(reasons, delivery.step, delivery.attempt);
  };
  const onExchange = ({ step, exchange, reasons, interrupted }: ExchangeEvent): void => {
    steps.push(exchangeJson(step, exchange, reasons.length === 0 && !interrupted));
    note(reasons, step.number, null);
  };
  const onEnd = ({ step, reasons, schedule, untold: more = 0 }: StepEnd): void => {
    untold += more;
    const [impossible] = reasons.filter(({ code }) => code === 'step');
    if (impossible) steps.push(undoneJson(step, { error: wordsFor(impossible).actual }));
    if (schedule) schedules.push({ step: step.number, ...schedule });
    note(reasons, step.number, null);
  };
  const note = (reasons: readonly Reason[], step: number, attempt: number | null): void => {
    for (const failure of reasons.map((reason) => reasonJson(reason, step, attempt))) {
      // what is wrong with all of a step's deliveries is always told
      if (failures.length < KEPT_FAILURES || attempt === null) failures.push(failure);
      else untold++;
    }
  };
  return {
    add: (event) => {
      if (event.type === 'run-start') start = event;
      else if (event.type === 'run-end') end = event;
      else if (event.type === 'delivery') onDelivery(event.delivery, event.reasons);
      else if (event.type === 'exchange') onExchange(event);
      else if (event.type === 'step-end') onEnd(event);
      else if (event.type === 'step-skipped') steps.push(undoneJson(event.step, { skipped: true }));
      else if (event.type === 'warning') warnings.push(event.problem);
    },
    document: (exit) =>
      documentOf({ start, end, deliveries, steps, schedules, failures, untold, warnings }, exit),
  };
}

interface Collected {
  readonly start: RunStart | undefined;
  readonly end: RunEnd | undefined;
  readonly deliveries: readonly object[];
  readonly steps: readonly object[];
  readonly schedules: readonly object[];
  readonly failures: readonly FailureJson[];
  /** Failures that are not among them, because there are so many. */
  readonly untold: number;
  readonly warnings: readonly object[];
}

function documentOf(collected: Collected, exit: number): object {
  const { start, end, deliveries, steps, schedules, failures, untold, warnings } = collected;
  return {
    schema: SCHEMA,
    command: start?.command,
    ok: exit === 0,
    exit,
    ...startJson(start),
    ...(end?.interrupted === true && { interrupted: true }),
    summary: end && summaryJson(end.summary),
    deliveries,
    ...(steps.length > 0 && { steps }),
    ...(schedules.length > 0 && { schedules }),
    failures,
    ...(untold > 0 && { failures_not_listed: untold }),
    warnings,
  };
}

function startJson(start: RunStart | undefined): object {
  const { seed, target, insecure, scenario } = start ?? {};
  return { seed, target, ...(insecure === true && { insecure }), scenario };
}

/** The keys are always there, answered or not. */
export function summaryJson({ latency_ms, ...summary }: Summary | SuiteSummary): object {
  return { ...summary, latency_ms: latency_ms ?? NO_LATENCY };
}

/** A delivery. */
export function deliveryJson({
  error,
  request,
  at: _at,
  amount: _,
  authentic: _authentic,
  ...delivery
}: DeliveryFacts): object {
  return {
    ...delivery,
    request: { ...request, headers: Object.fromEntries(request.headers) },
    error: error === null ? null : `${error.cause}: ${error.detail}`,
  };
}

/** A call or a command. */
export function exchangeJson({ number, title }: StepFacts, exchange: Exchange, ok: boolean): object {
  if (exchange.does === 'run') return { step: number, name: title, ok, ...exchange };
  const { request, error } = exchange;
  return {
    step: number,
    name: title,
    ok,
    ...exchange,
    request: { ...request, headers: Object.fromEntries(request.headers) },
    error: error === null ? null : `${error.cause}: ${error.detail}`,
  };
}

/** A step that was not done: it was skipped, or could not be. */
export function undoneJson({ number, title, kind }: StepFacts, why: object): object {
  const does = kind === 'call' || kind === 'run' ? kind : 'notify';
  return { step: number, name: title, does, ok: false, ...why };
}

/** A reason; `attempt` is null when it is one of the whole step. */
export function reasonJson(reason: Reason, step: number, attempt: number | null): FailureJson {
  const words = wordsFor(reason);
  const base = { step, attempt, expectation: reason.code, message: sentence(reason) };
  if (reason.code === 'undelivered') return { ...base, expected: reason.expected, actual: words.actual };
  return { ...base, expected: reason.expected, actual: reason.actual };
}
