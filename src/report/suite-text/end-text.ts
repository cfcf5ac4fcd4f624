/** How a suite ended, in a few lines: the totals, the seed, and why it ended early. */
import type { ChalkInstance } from 'chalk';
import type { SuiteEnd, SuiteStart, SuiteSummary } from '../../run/events.ts';
import { printable, printableLine } from '../printable.ts';
import { afterCause } from '../words.ts';
import { durationText } from './duration.ts';

export interface EndTextOptions {
  /** How it began; nothing is said of it when it did not. */
  readonly start: SuiteStart | undefined;
  readonly chalk: ChalkInstance;
}

/** The totals. Begins without, and ends with a line feed. */
export function endText(end: SuiteEnd, { start, chalk }: EndTextOptions): string {
  const { summary, interrupted, down } = end;
  const { latency_ms: ms } = summary;
  const rows: readonly (readonly [string, string])[] = [
    ['Scenarios', countsText(summary, chalk)],
    ['Sent', sentText(summary)],
    ['Latency', ms ? `min ${ms.min}  p50 ${ms.p50}  p90 ${ms.p90}  p99 ${ms.p99}  max ${ms.max} ms` : ''],
    ['Duration', durationText(summary.duration_ms)],
    ['Seed', start ? printableLine(start.seed) : ''],
    ['Shard', start?.shard ?? ''],
  ];
  const lines = rows
    .filter(([, text]) => text !== '')
    .map(([label, text]) => `${chalk.dim(label.padStart(WIDTH))}  ${text}\n`);
  const stopped = interrupted ? chalk.yellow('Interrupted: this is what was done so far.') + '\n' : '';
  return `${lines.join('')}${down ? downText(down, chalk) : ''}${stopped}`;
}

const WIDTH = 10;

/** `2 failed | 1 flaky | 3 passed (6)`: what went wrong first. */
export function countsText(summary: SuiteSummary, chalk: ChalkInstance): string {
  const { scenarios, failed, flaky, passed, skipped } = summary;
  const counts = [
    failed > 0 ? chalk.red.bold(`${failed} failed`) : '',
    flaky > 0 ? chalk.yellow.bold(`${flaky} flaky`) : '',
    passed > 0 ? chalk.green.bold(`${passed} passed`) : '',
    skipped > 0 ? chalk.dim(`${skipped} skipped`) : '',
  ].filter((text) => text !== '');
  return `${counts.join(chalk.dim(' | '))}${counts.length > 0 ? ' ' : ''}${chalk.dim(`(${scenarios})`)}`;
}

/** `6: 4 SUCCESS, 1 FAIL, 1 undelivered`. */
export function sentText({ sent, acks, undelivered }: SuiteSummary): string {
  const counts = Object.entries(acks)
    .filter(([, count]) => count > 0)
    .map(([ack, count]) => `${count} ${ack}`);
  if (undelivered > 0) counts.push(`${undelivered} undelivered`);
  return counts.length === 0 ? `${sent}` : `${sent}: ${counts.join(', ')}`;
}

function downText({ target, cause, detail }: NonNullable<SuiteEnd['down']>, chalk: ChalkInstance): string {
  const what = chalk.red.bold(`The target is down: ${printableLine(target)}`);
  return `${what}\n  ${printable(detail)}\n  ${cause === 'refused' ? START_IT : afterCause(cause)}\n`;
}

const START_IT = 'Start the server and run again; `--wait 30s` waits until it accepts connections.';
