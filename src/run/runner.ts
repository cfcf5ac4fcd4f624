/** Walks prepared steps, sends, judges, and tells what happens. Prints nothing and holds no opinion. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../delivery/client.ts';
import type { Journal } from '../delivery/journal.ts';
import type { Problem, Result } from '../scenario/problem.ts';
import type { Reason, RunEvent, RunStart, StepFacts } from './events.ts';
import { inOrder, type Job } from './group.ts';
import type { ReadyStep, RunnableStep } from './sendable.ts';
import { runCall } from './steps/call.ts';
import { runCommand } from './steps/command.ts';
import { notify } from './steps/notify.ts';
import { createTally, type Tally } from './tally.ts';

/** What a run works with. */
export interface RunInput {
  readonly start: Omit<RunStart, 'type' | 'planned'>;
  readonly steps: readonly RunnableStep[];
  /** The ids of its deliveries begin with it; another for each run. */
  readonly id?: string;
  /** Counts what it counts as well. */
  readonly total?: Tally;
  readonly client: Client;
  readonly journal: Journal;
  /** Takes secrets out of what others sent. */
  readonly mask: (text: string) => string;
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** For commands: no key is in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Does everything in order; after a step that failed, only what is for always is done. */
export async function run(input: RunInput): Promise<void> {
  const { steps, emit, signal } = input;
  const tally = createTally(input.total);
  const { id = randomBytes(3).toString('hex') } = input;
  const planned = steps.reduce((sum, { facts }) => sum + facts.times, 0);
  emit({ type: 'run-start', ...input.start, planned });
  let failed = false;
  for (const unit of units(steps)) {
    const always = unit.every((step) => step.always);
    if ((failed && !always) || signal.aborted) skip(unit, { emit, tally });
    else failed = !(await runUnit(unit, { ...input, tally, id })) || failed;
  }
  emit({ type: 'run-end', interrupted: signal.aborted, summary: tally.summary() });
}

type Unit = readonly [RunnableStep, ...RunnableStep[]];

/** What is done one after the other: steps, and groups of them. */
function units(steps: readonly RunnableStep[]): readonly Unit[] {
  const all: [RunnableStep, ...RunnableStep[]][] = [];
  for (const step of steps) {
    const last = all.at(-1);
    if (last && step.group && last[0].group === step.group) last.push(step);
    else all.push([step]);
  }
  return all;
}

function skip(unit: readonly RunnableStep[], { emit, tally }: Pick<Running, 'emit' | 'tally'>): void {
  for (const { facts } of unit) {
    tally.skip();
    if (isNotification(facts)) tally.plan(facts.times);
    emit({ type: 'step-skipped', step: facts });
  }
}

/** A run on its way. */
interface Running extends RunInput {
  readonly tally: Tally;
  readonly id: string;
}

/** Whether all of it was as expected. */
async function runUnit(unit: Unit, running: Running): Promise<boolean> {
  const { signal } = running;
  const [{ group, delay_ms }] = unit;
  await pause(group?.delay_ms ?? delay_ms, signal);
  const jobs: Job[] = [];
  for (const step of unit) {
    const ready = await step.ready(); // as they stand: a refund refers to the payment before it
    jobs.push(async (emit) => {
      if (group) await pause(step.delay_ms, signal);
      return runStep(step, ready, { ...running, emit });
    });
  }
  return inOrder(jobs, {
    order: group?.order,
    seed: running.start.seed,
    first: unit[0].facts.number,
    emit: running.emit,
  });
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** Whether everything about the step was as expected. */
async function runStep(step: RunnableStep, ready: Result<ReadyStep>, running: Running): Promise<boolean> {
  const { emit, signal, tally } = running;
  if (signal.aborted) {
    skip([step], running);
    return true;
  }
  if (!ready.ok) {
    if (isNotification(step.facts)) tally.plan(step.facts.times);
    return failStep(step, ready.problems.map(problemReason), emit);
  }
  try {
    return await doStep(step, ready.value, running);
  } catch (error) {
    return failStep(step, [crashReason(error)], emit); // what is for always is still done
  }
}

async function doStep({ facts, learn }: RunnableStep, ready: ReadyStep, running: Running): Promise<boolean> {
  const { emit, signal } = running;
  if (ready.does === 'notify') {
    emit({ type: 'step-start', step: facts });
    return notify(ready.sendable, running);
  }
  emit({ type: 'step-start', step: ready.facts });
  const outcome =
    ready.does === 'call' ? await runCall(ready.call, running) : await runCommand(ready.command, running);
  learn(outcome.captured);
  const interrupted = signal.aborted && outcome.reasons.length > 0;
  const reasons = interrupted ? [] : outcome.reasons;
  emit({ type: 'exchange', step: ready.facts, exchange: outcome.facts, reasons, interrupted });
  emit({ type: 'step-end', step: ready.facts, reasons: [] });
  return reasons.length === 0;
}

function failStep({ facts }: RunnableStep, reasons: readonly Reason[], emit: RunInput['emit']): boolean {
  emit({ type: 'step-start', step: facts });
  emit({ type: 'step-end', step: facts, reasons });
  return false;
}

function isNotification({ kind }: StepFacts): boolean {
  return kind !== 'call' && kind !== 'run';
}

function problemReason({ message, at, fix }: Problem): Reason {
  const place = at ? ` (${at.file}:${at.line}:${at.col})` : '';
  return { code: 'step', expected: 'a step that can be done', actual: `${message}${place}`, fix };
}

function crashReason(error: unknown): Reason {
  const actual = error instanceof Error ? error.message : String(error);
  const fix = 'wxnotify has a bug here: please report it with this scenario.';
  return { code: 'step', expected: 'a step that can be done', actual, fix };
}
