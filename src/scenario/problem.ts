/** What is wrong with what a user wrote: data, not an exception. */

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

export type ProblemCode =
  | 'yaml'
  | 'unknown-key'
  | 'unknown-kind'
  | 'unknown-variable'
  | 'unknown-scenario'
  | 'unknown-profile'
  | 'unknown-field'
  | 'ambiguous'
  | 'bad-value'
  | 'missing'
  | 'no-credentials'
  | 'no-target'
  | 'unsafe-target'
  | 'unreadable'
  | 'usage'
  | 'nothing-selected'
  | 'journal'
  | 'field-rule'
  | 'sent-twice'
  | 'no-race'
  | 'interrupted';

export interface Problem {
  readonly code: ProblemCode;
  readonly at?: Place;
  readonly message: string;
  /** What to do next. */
  readonly fix: string;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(problem: Problem, ...more: readonly Problem[]): Result<never> {
  return { ok: false, problems: [problem, ...more] };
}

/** The same problem of several things, or of a file that was read several times, once. */
export function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** A result of the problems found, or of the value when there are none. */
export function collect<T>(problems: readonly Problem[], value: () => T): Result<T> {
  const [first, ...rest] = problems;
  return first ? fail(first, ...rest) : succeed(value());
}
