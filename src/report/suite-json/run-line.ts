/** What a scenario tells while it runs, flat: a line of the event stream. */
import type { Reason, RunEvent, StepFacts } from '../../run/events.ts';
import { deliveryJson, exchangeJson, reasonJson, summaryJson, undoneJson } from '../json.ts';

type Lines = { readonly [T in RunEvent['type']]: (event: Extract<RunEvent, { type: T }>) => object };

/** The event without its type. */
export function runLine(event: RunEvent): object {
  const line = lines[event.type] as (event: RunEvent) => object;
  return line(event);
}

const lines: Lines = {
  'run-start': ({ seed, target, planned }) => ({ seed, target, planned }),
  warning: ({ problem }) => problem,
  'step-start': ({ step }) => stepJson(step),
  delivery: ({ delivery, reasons }) => ({
    ok: reasons.length === 0,
    ...deliveryJson(delivery),
    at: new Date(delivery.at).toISOString(),
    failures: reasons.map((reason) => reasonJson(reason, delivery.step, delivery.attempt)),
  }),
  exchange: ({ step, exchange, reasons, interrupted }) => ({
    ...exchangeJson(step, exchange, reasons.length === 0 && !interrupted),
    ...(interrupted && { interrupted }),
    failures: ofStep(step, reasons),
  }),
  progress: ({ type: _, ...progress }) => progress,
  waiting: ({ step, attempt, ms }) => ({ step: step.number, attempt, ms }),
  'step-end': ({ step, reasons, untold, schedule }) => ({
    step: step.number,
    ok: reasons.length === 0 && (untold ?? 0) === 0,
    failures: ofStep(step, reasons),
    ...(untold !== undefined && { failures_not_listed: untold }),
    ...(schedule && { schedule }),
  }),
  'step-skipped': ({ step }) => undoneJson(step, { skipped: true }),
  'run-end': ({ interrupted, summary }) => ({ interrupted, summary: summaryJson(summary) }),
};

function stepJson({ number, title, ...step }: StepFacts): object {
  return { step: number, name: title, ...step };
}

function ofStep({ number }: StepFacts, reasons: readonly Reason[]): readonly object[] {
  return reasons.map((reason) => reasonJson(reason, number, null));
}
