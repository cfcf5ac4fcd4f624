/** What a caller is told of wrong input. */
import type { Problem } from '../scenario/problem.ts';

/** What the caller gave is wrong: nothing was built, and nothing was sent. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** Everything that is wrong, with its place when it stands in a file, and with what to do next. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(line).join('\n'));
    this.problems = problems;
  }
}

function line({ at, message, fix }: Problem): string {
  const place = at ? `${at.file}:${at.line}:${at.col}: ` : '';
  return `${place}${message}. ${fix}`;
}
