/** How a severity looks. */
import type { ChalkInstance } from 'chalk';
import type { Severity } from '../../audit/result.ts';

/** The word, of one width. */
export function severityLabel(severity: Severity, chalk: ChalkInstance): string {
  const paint = { critical: chalk.red.bold, high: chalk.red, medium: chalk.yellow, low: chalk.cyan }[
    severity
  ];
  return paint(severity.padEnd(8));
}
