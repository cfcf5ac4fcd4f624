/** One scenario of a suite, as often as it takes: with retries, a pass that was not the first is flaky. */
import type { RunEvent, ScenarioFacts, ScenarioResult } from '../events.ts';
import { createCollector, type AttemptEnd } from './collect.ts';
import type { Attempt, Member } from './member.ts';

export interface Attempting {
  /** How often at most. */
  readonly most: number;
  /** Runs one attempt. */
  readonly run: (attempt: Attempt, emit: (event: RunEvent) => void) => Promise<void>;
  readonly emit: (attempt: number, event: RunEvent) => void;
  /** Whether the target is down, asked when nobody could be connected to. */
  readonly isDown: () => Promise<boolean>;
}

/** How the attempts went, all in all. */
export type Attempted = Omit<ScenarioResult, 'at' | 'duration_ms'>;

/** Attempts it until it passes, or has been attempted often enough, or nobody could be connected to. */
export async function attemptAll(
  member: Member,
  facts: ScenarioFacts,
  attempting: Attempting,
): Promise<Attempted> {
  let failed: { readonly end: AttemptEnd; readonly scenario: ScenarioFacts } | undefined;
  for (let number = 1; ; number++) {
    const made = await member.attempt(number);
    const scenario = made.ok ? { ...facts, seed: made.value.seed, reproduce: made.value.reproduce } : facts;
    const end = await attemptOnce(made.ok ? made.value : undefined, number, attempting);
    const told = { scenario, attempts: number, summary: end.summary };
    if (end.status === 'interrupted') return { ...told, ...skippedFor('interrupted') };
    if (end.status === 'passed')
      return failed
        ? { ...told, ...failuresOf(failed.end), scenario: failed.scenario, status: 'flaky', why: null }
        : { ...told, ...failuresOf(end), status: 'passed', why: null };
    if (end.unconnected && (await attempting.isDown())) return { ...told, ...skippedFor(DOWN) };
    failed = { end, scenario };
    if (number >= attempting.most) return { ...told, ...failuresOf(end), status: end.status, why: null };
  }
}

/** Why a scenario is skipped when nobody can be connected to. */
export const DOWN = 'the target is down';

type Skipped = Pick<ScenarioResult, 'status' | 'why' | 'failures' | 'failures_not_listed' | 'trail'>;

/** What is said of a scenario that was not run, or not to its end. */
export function skippedFor(why: string): Skipped {
  return { status: 'skipped', why, failures: [], failures_not_listed: 0, trail: [] };
}

function failuresOf({
  failures,
  failures_not_listed,
  trail,
}: AttemptEnd): Pick<ScenarioResult, 'failures' | 'failures_not_listed' | 'trail'> {
  return { failures, failures_not_listed, trail };
}

/** What could be made ready once can be made ready again. */
async function attemptOnce(
  attempt: Attempt | undefined,
  number: number,
  { run, emit }: Attempting,
): Promise<AttemptEnd> {
  if (!attempt) throw new Error('what could be prepared once cannot be prepared again');
  const collector = createCollector();
  await run(attempt, (event) => {
    collector.add(event);
    emit(number, event);
  });
  return collector.end();
}
