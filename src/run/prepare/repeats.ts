/** How often a notification is sent, and when: what the step says, and what the command line says instead. */
import { MOST_RACERS, RACERS } from '../../scenario/scenario.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { NotifyStep } from '../../scenario/scenario.ts';
import type { Overriding, Repeats } from './prepared.ts';

/** What is in force. The command line takes back what the file says when the two exclude each other. */
export function repeatsOf(step: NotifyStep, overriding: Overriding): Repeats {
  const paced = overriding.concurrency !== undefined || overriding.every_ms !== undefined;
  const race = overriding.race ?? (step.race && !paced && !overriding.schedule);
  const schedule = scheduleOf(step, overriding);
  return {
    times: timesOf(step, overriding, { race, schedule }),
    concurrency: overriding.concurrency ?? step.concurrency,
    every_ms: overriding.every_ms ?? step.every_ms,
    jitter_ms: paced ? 0 : step.jitter_ms,
    race,
    schedule,
  };
}

function timesOf(
  step: NotifyStep,
  { times }: Overriding,
  { race, schedule }: Pick<Repeats, 'race' | 'schedule'>,
): number {
  if (times !== undefined) return times;
  if (schedule) return 1;
  return race && step.times === 1 ? RACERS : step.times;
}

function scheduleOf(step: NotifyStep, overriding: Overriding): Repeats['schedule'] {
  const { times, concurrency, every_ms, race, unique } = overriding;
  const otherwise = [times, concurrency, every_ms, race, unique].some((value) => value !== undefined);
  return overriding.schedule ?? (otherwise ? undefined : step.schedule);
}

/** A race that cannot be run. */
export function wrongRace({ race, times }: Repeats): Problem | undefined {
  if (!race || (times > 1 && times <= MOST_RACERS)) return undefined;
  const fix = `Give --times 2 to ${MOST_RACERS}; for more, --concurrency instead of --race.`;
  return { code: 'bad-value', message: `a race has 2 to ${MOST_RACERS} copies, and not ${times}`, fix };
}
