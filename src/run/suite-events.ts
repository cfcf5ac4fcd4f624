/** What a suite tells, in the order of its scenarios however they overlap. Secrets are masked before an event is made. */
import type { DeliveryFacts, Exchange, Latency, Reason, RunEvent, StepFacts, Summary } from './events.ts';
import type { Cause } from '../delivery/request.ts';
import type { Problem } from '../scenario/problem.ts';

/** All events of one scenario stand together, between its start and its end; those of a retry are between them too. */
export type SuiteEvent =
  | SuiteStart
  | { readonly type: 'suite-warning'; readonly problem: Problem }
  | { readonly type: 'scenario-start'; readonly scenario: ScenarioFacts }
  | {
      readonly type: 'scenario-event';
      readonly scenario: ScenarioFacts;
      /** From 1; more with retries. */
      readonly attempt: number;
      readonly event: RunEvent;
    }
  | { readonly type: 'scenario-end'; readonly result: ScenarioResult }
  | SuiteEnd;

export interface SuiteStart {
  readonly type: 'suite-start';
  readonly seed: string;
  /** Where the first notification goes. */
  readonly target: string;
  readonly insecure: boolean;
  /** How many will run, repetitions included. */
  readonly scenarios: number;
  /** How many run at once. */
  readonly workers: number;
  /** `2/5`, when this is a part of the suite. */
  readonly shard: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** One scenario of the suite: it has a name, a place, and a command that runs it alone. */
export interface ScenarioFacts {
  /** From 1, in the order in which they are told. */
  readonly number: number;
  /** `payment/paid`, `payment/paid[amount=1]`; unique in the suite, but for repetitions. */
  readonly name: string;
  /** The name without the row of `matrix` or `cases`. */
  readonly family: string;
  /** Which repetition, from 1, and of how many. */
  readonly repeat: { readonly number: number; readonly of: number };
  readonly file: string;
  /** Where it begins in the file. */
  readonly line: number;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly seed: string;
  readonly target: string;
  /** The command that runs it alone, with the same bytes. */
  readonly reproduce: string;
}

/**
 * passed; flaky: passed, but not at the first attempt; failed: not as expected; undelivered: something could not be
 * delivered, and that was not expected; skipped: it was not run, or not to its end.
 */
export type ScenarioStatus = 'passed' | 'flaky' | 'failed' | 'undelivered' | 'skipped';

export interface ScenarioResult {
  readonly scenario: ScenarioFacts;
  readonly status: ScenarioStatus;
  /** Why it was skipped: `interrupted`, `--bail`, the target is down. */
  readonly why: string | null;
  /** How often it was run; 0 when it was skipped. */
  readonly attempts: number;
  /** Milliseconds since 1970; of the first attempt. */
  readonly at: number;
  /** All attempts together. */
  readonly duration_ms: number;
  /** What was wrong in the last attempt, or, when that passed (flaky), in the one before. At most {@link FAILURES_TOLD}. */
  readonly failures: readonly Failure[];
  /** Failures that are not among them. */
  readonly failures_not_listed: number;
  /** Of the last attempt. `null` when there was none. */
  readonly summary: Summary | null;
  /** What became of each step of the attempt that {@link failures} are of. */
  readonly trail: readonly StepTrace[];
}

/** A step, and what became of it. */
export interface StepTrace {
  readonly step: StepFacts;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** In a few words: `3 SUCCESS`, `HTTP 200`, `exit 0`. */
  readonly said: string;
}

/** So many failures of a scenario are kept for its end. */
export const FAILURES_TOLD = 20;

/** What was not as expected: of a delivery, of a call or a command, or of a whole step. */
export interface Failure {
  readonly step: StepFacts;
  /** At least one. */
  readonly reasons: readonly Reason[];
  readonly delivery: DeliveryFacts | null;
  readonly exchange: Exchange | null;
}

export interface SuiteEnd {
  readonly type: 'suite-end';
  readonly interrupted: boolean;
  /** The target that could not be connected to, which ended the suite. */
  readonly down: { readonly target: string; readonly cause: Cause; readonly detail: string } | null;
  readonly summary: SuiteSummary;
}

export interface SuiteSummary {
  /** How many were to run. */
  readonly scenarios: number;
  readonly passed: number;
  /** Passed, but not at the first attempt; not among `passed`. */
  readonly flaky: number;
  /** Those where something was undelivered included. */
  readonly failed: number;
  readonly skipped: number;
  /** Deliveries, of retries as well. */
  readonly sent: number;
  readonly undelivered: number;
  readonly duration_ms: number;
  readonly acks: Readonly<Record<string, number>>;
  readonly latency_ms: Latency | null;
}
