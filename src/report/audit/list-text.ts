/** The catalogue, as it would be tried. */
import type { ChalkInstance } from 'chalk';
import type { Severity, Undecided } from '../../audit/result.ts';
import { SCHEMA } from '../json-text.ts';
import { printableLine } from '../printable.ts';
import { severityLabel } from './severity.ts';

/** A case before it is tried. */
export interface ListedCase {
  readonly case: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly must: string;
  readonly summary: string;
  readonly title: string;
}

/** A line for each. */
export function caseList(
  cases: readonly ListedCase[],
  left: readonly Undecided[],
  chalk: ChalkInstance,
): string {
  const width = Math.max(0, ...[...cases, ...left].map((one) => one.case.length));
  const lines = cases.map(
    (one) =>
      `${severityLabel(one.severity, chalk)}  ${one.case.padEnd(width)}  ${printableLine(one.summary)}\n`,
  );
  const without = left.map(
    (one) =>
      `${chalk.dim('-'.padEnd(8))}  ${one.case.padEnd(width)}  ${chalk.dim(`not tried: ${one.why}`)}\n`,
  );
  return `${[...lines, ...without].join('')}\n${cases.length} cases, ${left.length} that cannot be tried\n`;
}

/** The same as data. */
export function caseListDocument(cases: readonly ListedCase[], left: readonly Undecided[]): object {
  return { schema: SCHEMA, command: 'audit', ok: true, exit: 0, cases, undecided: left };
}
