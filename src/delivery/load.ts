/** Many requests to one address over kept connections: a load test in which every answer is still read. */
import type { Reading } from './answers.ts';
import type { ClientOptions } from './connector.ts';
import type { SafeTarget } from './guard.ts';
import { LoadRun } from './load-run.ts';
import type { Undelivered, WireRequest } from './request.ts';

/** What to send, and who is told of what comes. */
export interface Load<Verdict> extends Reading<Verdict> {
  readonly target: SafeTarget;
  /** The attempts are numbered from 1 to this. */
  readonly times: number;
  readonly connections: number;
  /** Milliseconds for each exchange: connecting, sending, and the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /**
   * The request of an attempt, asked for in order, just before it is sent. Mostly the same object; a body must stay as
   * it is until the attempt is told.
   */
  readonly request: (attempt: number) => WireRequest;
  /** When the next request can be asked for; `undefined` when it can be now. Without, every one can. */
  readonly ready?: (() => Promise<void> | undefined) | undefined;
  /** A complete answer came in time. */
  readonly answered: (attempt: number, verdict: Verdict, ms: number) => void;
  /** No complete answer came. */
  readonly lost: (attempt: number, delivery: Undelivered) => void;
  /** Go on even when nobody can be connected to: that is what is expected. */
  readonly patient: boolean;
}

/** How a load ended. */
export interface LoadEnd {
  /** How many were asked for: each of them was told, as answered or as lost. */
  readonly sent: number;
  /** All were sent, the signal came, or nobody could be connected to any more. */
  readonly ended: 'done' | 'aborted' | 'gone';
  /** How many went out twice: a kept connection was being closed as they did. */
  readonly resent: number;
  /** How many connections this machine could not open; the others did their work. */
  readonly unopened: number;
}

/** Sends `times` requests, `connections` at once. Memory does not grow with their number. */
export async function load<Verdict>(options: ClientOptions, wanted: Load<Verdict>): Promise<LoadEnd> {
  return new LoadRun(options, wanted).toEnd();
}
