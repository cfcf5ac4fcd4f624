import type { SafeTarget } from '../delivery/guard.ts';
import type { WireRequest } from '../delivery/request.ts';
import type { Ack, Answer } from '../protocol/dialect.ts';
import type { Expectation } from '../scenario/scenario.ts';
import type { StepFacts } from './events.ts';

/** A request with everything that sending and judging it takes. */
export interface Sendable {
  readonly facts: StepFacts;
  readonly scenario: string;
  readonly seed: string;
  readonly out_trade_no: string | null;
  readonly amount: string | null;
  /** Whether it was left as the platform would send it: no `tamper`. */
  readonly authentic: boolean;
  readonly request: WireRequest;
  readonly target: SafeTarget;
  readonly times: number;
  readonly concurrency: number;
  readonly every_ms: number;
  readonly timeout_ms: number;
  readonly expect: Expectation;
  /** What an answer means to the platform. */
  readonly readAck: (answer: Answer) => Ack;
}
