/** The events of one attempt → what was wrong with it. Memory does not grow with the number of deliveries. */
import {
  FAILURES_TOLD,
  type Failure,
  type Reason,
  type RunEvent,
  type ScenarioStatus,
  type StepFacts,
  type StepTrace,
  type Summary,
} from '../events.ts';
import { createTrail } from './trail.ts';
import type { Cause } from '../../delivery/request.ts';

/** How an attempt went. */
export interface AttemptEnd {
  readonly status: Exclude<ScenarioStatus, 'flaky' | 'skipped'> | 'interrupted';
  readonly failures: readonly Failure[];
  readonly failures_not_listed: number;
  readonly summary: Summary | null;
  readonly trail: readonly StepTrace[];
  /** Whether nothing is wrong with it but that nobody could be connected to. */
  readonly unconnected: boolean;
}

export interface Collector {
  readonly add: (event: RunEvent) => void;
  readonly end: () => AttemptEnd;
}

/** Starts collecting. */
export function createCollector(): Collector {
  const failures: Failure[] = [];
  const steps = new Map<number, StepFacts>();
  const reasons = createReasons();
  const trail = createTrail();
  let hidden = 0;
  let interrupted = false;
  let summary: Summary | null = null;
  const note = (failure: Failure): void => {
    if (failure.reasons.length === 0) return;
    reasons.add(failure.reasons);
    if (failures.length < FAILURES_TOLD) failures.push(failure);
    else hidden++;
  };
  const handlers: Handlers = {
    'step-start': ({ step }) => void steps.set(step.number, step),
    delivery: ({ delivery, reasons }) => {
      const step = steps.get(delivery.step);
      if (step) note({ step, reasons, delivery, exchange: null });
    },
    exchange: ({ step, exchange, reasons, interrupted: cut }) => {
      note({ step, reasons, delivery: null, exchange });
      interrupted ||= cut;
    },
    'step-end': ({ step, reasons, untold = 0 }) => {
      note({ step, reasons, delivery: null, exchange: null });
      hidden += untold;
    },
    'run-end': (event) => {
      interrupted ||= event.interrupted;
      ({ summary } = event);
    },
  };
  return {
    add: (event) => {
      trail.add(event);
      (handlers[event.type] as ((event: RunEvent) => void) | undefined)?.(event);
    },
    end: () => ({
      status: reasons.status() ?? (interrupted ? 'interrupted' : 'passed'),
      failures,
      failures_not_listed: hidden,
      summary,
      trail: trail.steps(),
      unconnected: reasons.unconnected(),
    }),
  };
}

type Handlers = {
  readonly [T in RunEvent['type']]?: (event: Extract<RunEvent, { type: T }>) => void;
};

/** What the reasons come to, however many they are. */
function createReasons(): {
  readonly add: (reasons: readonly Reason[]) => void;
  readonly status: () => 'failed' | 'undelivered' | undefined;
  readonly unconnected: () => boolean;
} {
  let failed = false;
  let undelivered = false;
  let others = false;
  return {
    add: (reasons) => {
      failed = true;
      undelivered ||= reasons.some(({ code }) => code === 'undelivered' || code === 'unsent');
      others ||= !reasons.every(isUnconnected);
    },
    status: () => (undelivered ? 'undelivered' : failed ? 'failed' : undefined),
    unconnected: () => failed && !others,
  };
}

/** Why nobody could be connected to. */
const CAUSES: readonly Cause[] = ['refused', 'dns', 'unreachable', 'tls'];

function isUnconnected(reason: Reason): boolean {
  if (reason.code === 'unsent') return true;
  return reason.code === 'undelivered' && CAUSES.includes(reason.cause);
}
