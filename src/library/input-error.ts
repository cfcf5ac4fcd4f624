/** What a caller is told of wrong input. */
import type { Problem } from '../scenario/problem.ts';

/** What an error of this class is known by in the other build: a test may import one, and what it tests require the other. */
const MARK = Symbol.for('wxnotify.InputError');

/** What the caller gave is wrong: nothing was built, and nothing was sent. */
export class InputError extends Error {
  static {
    Object.defineProperty(this, 'name', { value: 'InputError' }); // whatever the bundler calls it
  }

  override readonly name = 'InputError';
  /** Everything that is wrong, with its place when it stands in a file, and with what to do next. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(line).join('\n'));
    this.problems = problems;
    Object.defineProperty(this, MARK, { value: true });
  }

  /** Also of one that the other build threw. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== InputError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === 'object' && value !== null && MARK in value;
  }
}

function line({ at, message, fix }: Problem): string {
  const place = at ? `${at.file}:${at.line}:${at.col}: ` : '';
  return `${place}${message}. ${fix}`;
}
