/** Expected and actual text side by side: only where both are texts that can be compared, and too long for two lines. */
import { diffLines, diffWordsWithSpace } from 'diff';
import type { Reason } from '../../run/events.ts';
import { readable } from './readable.ts';

/** A line of the difference: of both, of what was expected, or of what came. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  /** What of it differs is marked where lines were compared word by word. */
  readonly pieces: readonly { readonly text: string; readonly differs: boolean }[];
}

export interface Difference {
  /** What differs: `$.items`, `the body`. */
  readonly of: string;
  readonly lines: readonly DiffLine[];
}

/** Up to so many characters on one line, `expected` and `got` say it better. */
const SHORT = 60;

/** The difference, where one helps. */
export function differenceOf(reason: Reason): Difference | undefined {
  const compared = texts(reason);
  if (!compared || /^"?\/[^]*\/[a-z]*"?$/.test(compared.expected)) return undefined; // a regular expression
  const [expected, actual] = [readable(compared.expected), readable(compared.actual)];
  const isLong = [expected, actual].some((text) => text.length > SHORT || text.includes('\n'));
  if (!isLong || expected === '' || actual === '') return undefined;
  const several = expected.includes('\n') || actual.includes('\n');
  return { of: compared.of, lines: several ? byLine(expected, actual) : byWord(expected, actual) };
}

interface Compared {
  readonly of: string;
  readonly expected: string;
  readonly actual: string;
}

function texts(reason: Reason): Compared | undefined {
  switch (reason.code) {
    case 'json':
      return [reason.expected, reason.actual].every((text) => /^[[{"]/.test(text))
        ? { ...reason, of: reason.name }
        : undefined;
    case 'header':
      return { ...reason, of: `the header ${reason.name}` };
    case 'body':
    case 'message':
      return { ...reason, of: `the ${reason.code}` };
    case 'stdout':
    case 'stderr':
      return { ...reason, of: reason.code };
    default:
      return undefined;
  }
}

function byLine(expected: string, actual: string): readonly DiffLine[] {
  return diffLines(`${expected}\n`, `${actual}\n`).flatMap(({ value, added, removed }) => {
    const sign = added ? '+' : removed ? '-' : ' ';
    const lines = value.replace(/\n$/, '').split('\n');
    return lines.map((text): DiffLine => ({ sign, pieces: [{ text, differs: false }] }));
  });
}

function byWord(expected: string, actual: string): readonly DiffLine[] {
  const parts = diffWordsWithSpace(expected, actual);
  const line = (sign: '-' | '+'): DiffLine => ({
    sign,
    pieces: parts
      .filter(({ added, removed }) => !(sign === '-' ? added : removed))
      .map(({ value, added, removed }) => ({ text: value, differs: added || removed })),
  });
  return [line('-'), line('+')];
}
