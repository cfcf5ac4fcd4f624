/** How a suite went: the document of `wxnotify run --reporter json`. */
import type { Problem } from '../../scenario/problem.ts';

/** A suite that was run. */
export interface SuiteDocument {
  readonly schema: 'wxnotify/1';
  readonly command: 'run';
  /** Of wxnotify. */
  readonly version: string;
  /** Whether everything was as expected. */
  readonly ok: boolean;
  /** What the exit status would be. 0: ok; 1: something was not as expected; 3: it was not delivered; 130: interrupted. */
  readonly exit: 0 | 1 | 3 | 130;
  /** Makes the same bytes again. */
  readonly seed: string;
  readonly target: string;
  /** When it began, ISO 8601. */
  readonly at: string;
  readonly interrupted?: true;
  /** The target that could not be connected to. */
  readonly down?: { readonly target: string; readonly cause: string; readonly detail: string };
  readonly summary: SuiteTotals;
  readonly scenarios: readonly ScenarioDocument[];
  readonly warnings: readonly Problem[];
}

/** Deliveries, counted. */
interface Totals {
  readonly sent: number;
  readonly undelivered: number;
  readonly duration_ms: number;
  /** By what was answered: `SUCCESS`, `FAIL`, `INVALID`. */
  readonly acks: Readonly<Record<string, number>>;
  /** Milliseconds; `null` when nothing was answered. */
  readonly latency_ms: Readonly<Record<'min' | 'p50' | 'p90' | 'p99' | 'max', number | null>>;
}

/** Scenarios, counted. */
export interface SuiteTotals extends Totals {
  readonly scenarios: number;
  readonly passed: number;
  /** Passed, but not at the first attempt; not among `passed`. */
  readonly flaky: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Deliveries of one scenario, counted. */
export interface RunTotals extends Totals {
  /** Planned, and not sent. */
  readonly unsent: number;
  /** Steps. */
  readonly skipped: number;
}

/** One scenario, as its last attempt left it. */
export interface ScenarioDocument {
  readonly name: string;
  /** The name without the row of `matrix` or `cases`. */
  readonly family: string;
  readonly title: string;
  readonly file: string;
  /** Where it begins in the file. */
  readonly line: number;
  readonly tags: readonly string[];
  readonly seed: string;
  readonly target: string;
  /** The command that runs it alone. */
  readonly reproduce: string;
  readonly status: 'passed' | 'flaky' | 'failed' | 'undelivered' | 'skipped';
  /** Why it was skipped. */
  readonly why?: string;
  readonly attempts: number;
  readonly at: string;
  readonly duration_ms: number;
  /** `null`: it was not run. */
  readonly summary: RunTotals | null;
  /** The first of them, and those that failed. */
  readonly deliveries: readonly DeliveryDocument[];
  /** Calls, commands, and steps that were not done. */
  readonly steps?: readonly StepDocument[];
  readonly schedules?: readonly ScheduleDocument[];
  readonly failures: readonly FailureDocument[];
  readonly failures_not_listed?: number;
  /** Of a flaky one: what was wrong before. */
  readonly failures_before?: readonly (FailureDocument & { readonly at: string })[];
  readonly warnings: readonly Problem[];
}

/** A request as it was sent. Keys are masked. */
export interface SentDocument {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer as it came; of a long body, the beginning. */
export interface AnsweredDocument {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** One notification, and its answer. */
export interface DeliveryDocument {
  readonly id: string;
  readonly step: number;
  /** Its number among the repeats, from 1. */
  readonly attempt: number;
  readonly kind: string;
  readonly out_trade_no: string | null;
  readonly request: SentDocument;
  readonly response: AnsweredDocument | null;
  readonly ack: 'SUCCESS' | 'FAIL' | 'INVALID' | null;
  /** `return_msg`, or why the answer does not count. */
  readonly message: string;
  /** Why there is no answer. */
  readonly error: string | null;
  readonly duration_ms: number;
}

/** A call or a command; or any step that was not done. */
export interface StepDocument {
  readonly step: number;
  readonly name: string;
  readonly does: 'notify' | 'call' | 'run';
  readonly ok: boolean;
  /** It was not done, because of a step before it. */
  readonly skipped?: true;
  /** Why it could not be done, or what became of it. */
  readonly error?: string | null;
  readonly duration_ms?: number;
  readonly tries?: number;
  readonly captured?: Readonly<Record<string, string>>;
  /** Of a call. */
  readonly request?: SentDocument;
  readonly response?: AnsweredDocument | null;
  /** Of a command. */
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | null;
  readonly exit?: number | null;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** What became of a notification that was sent until it was acknowledged. */
export interface ScheduleDocument {
  readonly step: number;
  readonly name: 'wechat';
  readonly speed: number;
  readonly attempts: number;
  readonly of: number;
  readonly acknowledged_by: number | null;
  readonly after_s: number;
}

/** An expectation that was not met. */
export interface FailureDocument {
  readonly step: number;
  /** `null`: of the whole step. */
  readonly attempt: number | null;
  readonly expectation: string;
  readonly expected: string | number;
  readonly actual: string | number | null;
  readonly message: string;
}
