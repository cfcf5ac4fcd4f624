/** What a run tells: the only thing that reporters may import. Secrets are masked before an event is made. */
import type { Ack, SignedRequest } from '../protocol/dialect.ts';
import type { Cause } from '../delivery/request.ts';
import type { Problem } from '../scenario/problem.ts';
import type { AckWord } from '../scenario/scenario.ts';

export type { Problem, ProblemCode } from '../scenario/problem.ts';
export { FAILURES_TOLD } from './suite-events.ts';
export type * from './suite-events.ts';

export type RunEvent =
  | RunStart
  | { readonly type: 'warning'; readonly problem: Problem }
  | { readonly type: 'step-start'; readonly step: StepFacts }
  | { readonly type: 'delivery'; readonly delivery: DeliveryFacts; readonly reasons: readonly Reason[] }
  | {
      readonly type: 'exchange';
      readonly step: StepFacts;
      readonly exchange: Exchange;
      readonly reasons: readonly Reason[];
      /** It was interrupted, so that nothing can be said of it. */
      readonly interrupted: boolean;
    }
  | Progress
  | { readonly type: 'waiting'; readonly step: StepFacts; readonly attempt: number; readonly ms: number }
  | StepEnd
  | { readonly type: 'step-skipped'; readonly step: StepFacts }
  | RunEnd;

/** How far a long step is; comes a few times a second. */
export interface Progress {
  readonly type: 'progress';
  readonly done: number;
  readonly of: number;
  /** Answers not as expected, and what was not delivered. */
  readonly failed: number;
  /** Deliveries a second. */
  readonly rate: number;
  readonly acks: Readonly<Record<string, number>>;
  readonly latency_ms: Latency | null;
}

export interface StepEnd {
  readonly type: 'step-end';
  readonly step: StepFacts;
  readonly reasons: readonly Reason[];
  /** Deliveries that were not as expected, and had no event of their own because there were so many. */
  readonly untold?: number;
  /** What became of a schedule. */
  readonly schedule?: ScheduleFacts;
}

/** A notification that was sent until it was acknowledged. */
export interface ScheduleFacts {
  readonly name: 'wechat';
  readonly speed: number;
  /** How many attempts were made, those of an earlier process included. */
  readonly attempts: number;
  /** How many are made at most. */
  readonly of: number;
  /** The attempt that was; `null` when none was. */
  readonly acknowledged_by: number | null;
  /** The whole time from the first attempt to the last on the timetable, in seconds. */
  readonly after_s: number;
}

export interface RunStart {
  readonly type: 'run-start';
  readonly command: string;
  readonly scenario: string;
  readonly summary: string;
  readonly seed: string;
  readonly target: string;
  readonly insecure: boolean;
  /** How many requests will be sent if nothing fails. */
  readonly planned: number;
}

export interface RunEnd {
  readonly type: 'run-end';
  readonly interrupted: boolean;
  readonly summary: Summary;
}

export interface StepFacts {
  /** From 1. */
  readonly number: number;
  readonly title: string;
  readonly kind: string;
  readonly target: string;
  readonly times: number;
  /** What the repeats are: copies of one notification, orders of their own, or attempts until one is acknowledged. */
  readonly repeats: 'copies' | 'orders' | 'schedule';
  /** How many steps the scenario has. */
  readonly of: number;
  /** Where the step stands: `file:line:column`. */
  readonly at: string;
}

export interface DeliveryFacts {
  /** For `replay --id`. */
  readonly id: string;
  readonly step: number;
  readonly attempt: number;
  /** When it was sent, in milliseconds since 1970. */
  readonly at: number;
  readonly kind: string;
  readonly out_trade_no: string | null;
  /** Whether it was left as the platform would send it. */
  readonly authentic: boolean;
  /** The amount in fen, when the notification has one. */
  readonly amount: string | null;
  readonly request: RequestFacts;
  readonly response: ResponseFacts | null;
  readonly ack: Ack['as'] | null;
  readonly message: string;
  readonly error: { readonly cause: Cause; readonly detail: string } | null;
  readonly duration_ms: number;
}

/** What a `call` or a `run` step did. */
export type Exchange = CallFacts | CommandFacts;

interface ExchangeBase {
  readonly duration_ms: number;
  /** How often it was tried, with `eventually`. */
  readonly tries: number;
  /** The variables that came of it. */
  readonly captured: Readonly<Record<string, string>>;
}

export interface CallFacts extends ExchangeBase {
  readonly does: 'call';
  readonly request: RequestFacts;
  readonly response: ResponseFacts | null;
  readonly error: { readonly cause: Cause; readonly detail: string } | null;
}

export interface CommandFacts extends ExchangeBase {
  readonly does: 'run';
  readonly argv: readonly string[];
  /** What it was given besides its arguments and what it inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string | null;
  /** `null` when a signal or the time limit ended it, or it could not be started. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why there is no exit status. */
  readonly error: string | null;
}

export interface RequestFacts {
  readonly method: string;
  readonly url: string;
  readonly headers: SignedRequest['headers'];
  readonly body: string;
}

export interface ResponseFacts {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

interface Text<Code extends string> {
  readonly code: Code;
  readonly expected: string;
  readonly actual: string;
}

/** At a place: a header's name, a JSONPath, a variable. */
interface At<Code extends string> extends Text<Code> {
  readonly name: string;
}

/** Why a verdict is a failure. */
export type Reason =
  | { readonly code: 'ack'; readonly expected: AckWord; readonly actual: string; readonly why: string }
  | { readonly code: 'status'; readonly expected: number | string; readonly actual: number | null }
  | At<'header'>
  | At<'json'>
  | At<'capture'>
  | Text<'body'>
  | Text<'stdout'>
  | Text<'stderr'>
  | Text<'start'>
  | { readonly code: 'exit'; readonly expected: number; readonly actual: number | string }
  | { readonly code: 'step'; readonly expected: string; readonly actual: string; readonly fix: string }
  | { readonly code: 'message'; readonly expected: string; readonly actual: string }
  | { readonly code: 'too-slow'; readonly expected: number; readonly actual: number }
  | Text<'consistent'>
  | { readonly code: 'p99'; readonly expected: number; readonly actual: number }
  | { readonly code: 'unsent'; readonly expected: number; readonly actual: number; readonly why: string }
  | { readonly code: 'acknowledged-by'; readonly expected: number; readonly actual: string }
  | { readonly code: 'count'; readonly word: string; readonly expected: number; readonly actual: number }
  | {
      readonly code: 'undelivered';
      readonly expected: string;
      readonly cause: Cause;
      readonly detail: string;
    };

export interface Summary {
  readonly sent: number;
  readonly undelivered: number;
  /** Planned, and not sent: interrupted, skipped after a failure, or the target was gone. */
  readonly unsent: number;
  readonly skipped: number;
  /** Milliseconds from the first to the last. */
  readonly duration_ms: number;
  readonly acks: Readonly<Record<string, number>>;
  /** Milliseconds; null when nothing was answered. */
  readonly latency_ms: Latency | null;
}

export interface Latency {
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}
