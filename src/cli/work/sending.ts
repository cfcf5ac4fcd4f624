/** Flags that say how often and when, and whether they go together. */
import type { Problem } from '../../scenario/problem.ts';
import type { BuildingOptions } from '../options.ts';

type Flag = 'times' | 'concurrency' | 'every' | 'race' | 'schedule' | 'speed' | 'unique';

/** What each of these leaves no room for. */
const EXCLUDES: readonly (readonly [Flag, readonly Flag[], string])[] = [
  ['race', ['concurrency', 'every', 'schedule'], 'all copies of a race go at once'],
  ['schedule', ['times', 'concurrency', 'every', 'unique'], 'the schedule says when and how often'],
];

/** Two flags that exclude each other, or one that means nothing alone. */
export function wrongSending(flags: BuildingOptions): Problem | undefined {
  for (const [flag, others, because] of EXCLUDES) {
    const other = flags[flag] === undefined ? undefined : others.find((name) => flags[name] !== undefined);
    if (other === undefined) continue;
    const message = `--${flag} and --${other} exclude each other: ${because}`;
    return { code: 'usage', message, fix: 'Take one of them out.' };
  }
  if (flags.speed === undefined || flags.schedule !== undefined) return undefined;
  return {
    code: 'usage',
    message: '--speed means nothing without --schedule',
    fix: 'Add --schedule wechat.',
  };
}
