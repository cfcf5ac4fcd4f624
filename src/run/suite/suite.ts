/** Runs many scenarios, several at once, and tells what happens in their order. Prints nothing and holds no opinion. */
import { randomBytes } from 'node:crypto';
import type {
  RunEvent,
  ScenarioFacts,
  ScenarioResult,
  SuiteEnd,
  SuiteEvent,
  SuiteStart,
  SuiteSummary,
} from '../events.ts';
import { run, type RunInput } from '../runner.ts';
import { createTally, type Tally } from '../tally.ts';
import { attemptAll, DOWN, skippedFor, type Attempted } from './attempts.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { SafeTarget } from '../../delivery/guard.ts';
import type { Unreachable } from '../../delivery/reach.ts';
import type { Attempt, Member } from './member.ts';
import { createLanes, type Lane } from './order.ts';
import { inParallel } from './pool.ts';

/** What a suite works with. */
export interface SuiteInput extends Pick<RunInput, 'client' | 'journal' | 'mask' | 'signal' | 'env' | 'cwd'> {
  readonly start: Omit<SuiteStart, 'type' | 'scenarios' | 'at'>;
  readonly members: readonly Member[];
  /** Where somebody must accept connections, or nothing is run. */
  readonly targets: readonly SafeTarget[];
  readonly warnings: readonly Problem[];
  /** How often a scenario that failed is run again. */
  readonly retries: number;
  /** After so many failures nothing more is started. */
  readonly bail: number | undefined;
  /** Why nobody can be connected to, after some patience; undefined when somebody can. */
  readonly reach: (target: SafeTarget, when: 'before' | 'during') => Promise<Unreachable | undefined>;
  /** Told in order. */
  readonly emit: (event: SuiteEvent) => void;
  /** Told as it happens. */
  readonly live: Live;
}

/** What is under way, as it happens: for a line that is drawn again and again. */
export interface Live {
  readonly began: (scenario: ScenarioFacts) => void;
  readonly ended: (result: ScenarioResult) => void;
}

/** Runs the suite. */
export async function runSuite(input: SuiteInput): Promise<void> {
  const { members, warnings, emit, signal } = input;
  emit({ type: 'suite-start', ...input.start, scenarios: members.length, at: Date.now() });
  for (const problem of warnings) emit({ type: 'suite-warning', problem });
  const state: State = { total: createTally(), counts: emptyCounts(), down: undefined, asked: undefined };
  await awaitTargets(input, state);
  const lanes = createLanes(members.length, emit);
  const tasks = members.map((member, index) => ({
    alone: member.serial,
    run: () =>
      runMember({ ...member.facts, number: index + 1 }, member, { input, state, lane: lanes[index] }),
  }));
  await inParallel(tasks, input.start.workers);
  emit({
    type: 'suite-end',
    interrupted: signal.aborted,
    down: state.down ?? null,
    summary: summaryOf(state, members.length),
  });
}

interface State {
  readonly total: Tally;
  readonly counts: Record<ScenarioResult['status'], number>;
  down: NonNullable<SuiteEnd['down']> | undefined;
  /** Somebody is finding out whether the target is down: the others wait for the answer. */
  asked: Promise<boolean> | undefined;
}

/** Somebody must be there before the first scenario is run. */
async function awaitTargets({ targets, reach, signal }: SuiteInput, state: State): Promise<void> {
  for (const target of targets) {
    const wrong = await reach(target, 'before');
    if (wrong && !signal.aborted) state.down ??= { target: target.url.href, ...wrong };
  }
}

interface Running {
  readonly input: SuiteInput;
  readonly state: State;
  readonly lane: Lane | undefined;
}

async function runMember(
  facts: ScenarioFacts,
  member: Member,
  { input, state, lane }: Running,
): Promise<void> {
  const emit = (event: SuiteEvent): void => lane?.emit(event);
  await state.asked;
  const stop = whyStopped(input, state);
  const at = Date.now();
  const began = performance.now();
  emit({ type: 'scenario-start', scenario: facts });
  if (stop === undefined) input.live.began(facts);
  const attempted: Attempted =
    stop === undefined
      ? await attemptAll(member, facts, {
          most: input.retries + 1,
          run: (attempt, tell) => runAttempt(facts, attempt, { input, state, tell }),
          emit: (attempt, event) => emit({ type: 'scenario-event', scenario: facts, attempt, event }),
          isDown: () => isDown(facts.target, input, state),
        })
      : { ...skippedFor(stop), scenario: facts, attempts: 0, summary: null };
  const result = {
    ...attempted,
    at,
    duration_ms: stop === undefined ? Math.round(performance.now() - began) : 0,
  };
  state.counts[result.status]++;
  emit({ type: 'scenario-end', result });
  if (stop === undefined) input.live.ended(result);
  lane?.end();
}

/** Why no scenario is started any more. */
function whyStopped({ signal, bail }: SuiteInput, { counts, down }: State): string | undefined {
  if (signal.aborted) return 'interrupted';
  if (down) return DOWN;
  return bail !== undefined && failuresIn(counts) >= bail ? '--bail' : undefined;
}

interface Trying {
  readonly input: SuiteInput;
  readonly state: State;
  readonly tell: (event: RunEvent) => void;
}

async function runAttempt(
  facts: ScenarioFacts,
  attempt: Attempt,
  { input, state, tell }: Trying,
): Promise<void> {
  const { client, journal, mask, signal, env, cwd, start } = input;
  for (const problem of attempt.warnings) tell({ type: 'warning', problem });
  await run({
    start: {
      command: 'run',
      scenario: facts.name,
      summary: facts.summary,
      seed: attempt.seed,
      target: facts.target,
      insecure: start.insecure,
    },
    steps: attempt.steps,
    id: randomBytes(4).toString('hex'),
    total: state.total,
    ...{ client, journal, mask, signal, env, cwd },
    emit: tell,
  });
}

/** One asks, however many could not connect. */
async function isDown(href: string, { targets, reach, signal }: SuiteInput, state: State): Promise<boolean> {
  const target = targets.find(({ url }) => URL.canParse(href) && url.origin === new URL(href).origin);
  if (!target || signal.aborted) return false;
  state.asked ??= reach(target, 'during').then((wrong) => {
    const isGone = wrong !== undefined && !signal.aborted;
    if (isGone) state.down ??= { target: href, ...wrong };
    state.asked = undefined;
    return isGone;
  });
  return state.asked;
}

function emptyCounts(): State['counts'] {
  return { passed: 0, flaky: 0, failed: 0, undelivered: 0, skipped: 0 };
}

function failuresIn({ failed, undelivered }: State['counts']): number {
  return failed + undelivered;
}

function summaryOf({ total, counts }: State, scenarios: number): SuiteSummary {
  const { sent, undelivered, duration_ms, acks, latency_ms } = total.summary();
  const { passed, flaky, skipped } = counts;
  return {
    scenarios,
    passed,
    flaky,
    failed: failuresIn(counts),
    skipped,
    ...{ sent, undelivered, duration_ms, acks, latency_ms },
  };
}
