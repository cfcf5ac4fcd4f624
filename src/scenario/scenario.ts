/** A scenario as the program works with it: validated, templates not filled in yet. */
import type { Kind, SignType } from '../protocol/dialect.ts';
import type { Overrides } from '../protocol/notification.ts';
import type { TamperForm } from './schema.ts';
import type { Place } from './problem.ts';
import type { Path } from './yaml.ts';

export interface Scenario {
  /** `payment/paid`, or the path as it was given. */
  readonly name: string;
  readonly file: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly vars: Readonly<Record<string, string>>;
  readonly steps: readonly NotifyStep[];
  /** Where something stands in the file. */
  readonly place: (path: Path, key?: 'key') => Place;
}

export interface NotifyStep {
  /** From 1. */
  readonly number: number;
  readonly name: string | undefined;
  /** Where the step stands in the file. */
  readonly path: Path;
  readonly kind: Kind;
  readonly fields: Overrides;
  readonly sign_type: SignType | undefined;
  readonly times: number;
  readonly concurrency: number;
  readonly every_ms: number;
  readonly timeout_ms: number | undefined;
  readonly tamper: TamperForm | undefined;
  readonly expect: Expectation;
}

/** What the platform would make of an answer; NONE: no complete answer came. */
export type AckWord = 'SUCCESS' | 'FAIL' | 'REJECTED' | 'NONE';

export interface AnswerExpectation {
  readonly ack?: AckWord | undefined;
  readonly status?: number | undefined;
  /** Exact, or `/regular expression/`. */
  readonly message?: string | undefined;
  readonly within_ms?: number | undefined;
}

export interface Expectation {
  readonly each: AnswerExpectation;
  /** In the place of `each` for the first of the repeats. */
  readonly first?: AnswerExpectation | undefined;
  /** How many of all repeats were answered so. */
  readonly acks?: Readonly<Partial<Record<AckWord | 'INVALID', number | undefined>>> | undefined;
}
