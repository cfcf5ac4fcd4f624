/** Problems for people: where, what is wrong, what to do. */
import type { ChalkInstance } from 'chalk';
import type { Problem, ProblemCode } from '../run/events.ts';
import { printable } from './printable.ts';

/** Problems as they are printed on stderr. */
export function problemLines(
  problems: readonly Problem[],
  word: 'error' | 'warning',
  chalk?: ChalkInstance,
): string {
  const paint = word === 'error' ? chalk?.red.bold : chalk?.yellow;
  const label = paint ? paint(word) : word;
  return problems.map((problem) => `${label}: ${problemText(problem)}\n`).join('');
}

function problemText({ code, at, message, fix }: Problem): string {
  const place = at ? `${at.file}:${at.line}:${at.col}: ` : '';
  const title = titles[code];
  return printable(`${place}${title === undefined ? '' : `${title}: `}${message}\n  ${fix}`);
}

/** What the message does not say by itself. */
const titles: Readonly<Partial<Record<ProblemCode, string>>> = {
  'no-credentials': 'credentials',
  'field-rule': 'the platform would not send this',
};
