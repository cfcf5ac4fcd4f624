import type { SafeTarget } from '../delivery/guard.ts';
import type { WireRequest } from '../delivery/request.ts';
import type { Ack, Answer } from '../protocol/dialect.ts';
import type { Expectation, Group, Schedule } from '../scenario/scenario.ts';
import type { Result } from '../scenario/problem.ts';
import type { StepFacts } from './events.ts';
import type { CapturedValue, PreparedCall, PreparedCommand } from './prepare/prepared.ts';

/** A copy of a notification, and whose it is. */
export interface Copy {
  readonly request: WireRequest;
  readonly out_trade_no: string | null;
}

/** A schedule, from its beginning or where an earlier process left it. */
export interface Timetable extends Schedule {
  /** What was done before. */
  readonly resumed?: {
    readonly attempts: number;
    /** When the last of them was sent, in milliseconds since 1970. */
    readonly at: number;
    /** The id of the deliveries, without the attempt. */
    readonly id: string;
  };
}

/** A request with everything that sending and judging it takes. */
export interface Sendable {
  readonly facts: StepFacts;
  readonly scenario: string;
  readonly seed: string;
  readonly out_trade_no: string | null;
  readonly amount: string | null;
  /** Whether it was left as the platform would send it: no `tamper`. */
  readonly authentic: boolean;
  /** What is sent first, and again unless `nextCopy` makes others. */
  readonly request: WireRequest;
  /** The next copy that is not the same bytes, from the second on. */
  readonly nextCopy: (() => Copy) | undefined;
  /** The same copies in the same order, signed on other threads; `undefined` where that is not worth it. */
  readonly laterCopy?: (() => Promise<Copy>) | undefined;
  readonly target: SafeTarget;
  readonly times: number;
  readonly concurrency: number;
  readonly every_ms: number;
  /** Milliseconds more before one of them. */
  readonly jitter: ((attempt: number) => number) | undefined;
  /** All copies complete at the same instant. */
  readonly race: boolean;
  readonly schedule: Timetable | undefined;
  readonly timeout_ms: number;
  readonly expect: Expectation;
  /** What an answer means to the platform. */
  readonly readAck: (answer: Answer) => Ack;
}

/** A step of a flow as the runner takes it. */
export interface RunnableStep {
  readonly facts: StepFacts;
  /** Also after a step that failed. */
  readonly always: boolean;
  readonly delay_ms: number;
  readonly group: Group | undefined;
  /** Fills in the step with what is known by now; it may be wrong only now. */
  readonly ready: () => Promise<Result<ReadyStep>>;
  /** Makes what the step captured known to the steps after it. */
  readonly learn: (captured: ReadonlyMap<string, CapturedValue>) => void;
}

export type ReadyStep =
  | { readonly does: 'notify'; readonly sendable: Sendable }
  | { readonly does: 'call'; readonly facts: StepFacts; readonly call: ReadyCall }
  | { readonly does: 'run'; readonly facts: StepFacts; readonly command: PreparedCommand };

export interface ReadyCall {
  readonly prepared: PreparedCall;
  readonly target: SafeTarget;
}
