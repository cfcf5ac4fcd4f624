/** Walks prepared steps, sends, judges, and tells what happens. Prints nothing and holds no opinion. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../delivery/client.ts';
import type { Journal, JournalOutcome } from '../delivery/journal.ts';
import { paced } from '../delivery/pace.ts';
import type { Delivery } from '../delivery/request.ts';
import type { DeliveryFacts, Reason, RunEvent, RunStart } from './events.ts';
import { deliveryFacts, maskDelivery, requestFacts } from './facts.ts';
import type { Problem } from '../scenario/problem.ts';
import type { RunnableStep, Sendable } from './sendable.ts';
import { runCall } from './steps/call.ts';
import { runCommand } from './steps/command.ts';
import { judgeCounts, judgeDelivery } from './judge.ts';
import { createTally, type Tally } from './tally.ts';

/** What a run works with. */
export interface RunInput {
  readonly start: Omit<RunStart, 'type' | 'planned'>;
  readonly steps: readonly RunnableStep[];
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

/** Deliveries of a step that are journaled: enough to replay, and bounded. */
const JOURNALED = 20;

/** Does everything in order; after a step that failed, only what is for always is done. */
export async function run(input: RunInput): Promise<void> {
  const { steps, emit, signal } = input;
  const tally = createTally();
  const id = randomBytes(3).toString('hex');
  const planned = steps.reduce((sum, { facts }) => sum + facts.times, 0);
  emit({ type: 'run-start', ...input.start, planned });
  let failed = false;
  for (const step of steps) {
    if ((failed && !step.always) || signal.aborted) {
      tally.skip();
      emit({ type: 'step-skipped', step: step.facts });
    } else {
      failed = (await runStep(step, input, { tally, id })) || failed;
    }
  }
  emit({ type: 'run-end', interrupted: signal.aborted, summary: tally.summary() });
}

/** Whether anything about the step was not as expected. */
async function runStep(step: RunnableStep, input: RunInput, state: RunState): Promise<boolean> {
  const { facts, delay_ms, learn } = step;
  const { emit, signal } = input;
  if (delay_ms > 0) await sleep(delay_ms, undefined, { signal }).catch(() => undefined);
  const ready = await step.ready();
  emit({ type: 'step-start', step: facts });
  if (!ready.ok) {
    const reasons = ready.problems.map(problemReason);
    emit({ type: 'step-end', step: facts, reasons });
    return true;
  }
  if (ready.value.does === 'notify') return runNotifications(ready.value.sendable, input, state);
  const {
    facts: exchange,
    reasons,
    captured,
  } = ready.value.does === 'call'
    ? await runCall(ready.value.call, input)
    : await runCommand(ready.value.command, input);
  learn(captured);
  const told = signal.aborted ? [] : reasons;
  emit({ type: 'exchange', step: facts, exchange, reasons: told });
  emit({ type: 'step-end', step: facts, reasons: [] });
  return told.length > 0;
}

function problemReason({ message, fix }: Problem): Reason {
  return { code: 'step', expected: 'a step that can be done', actual: message, fix };
}

interface RunState {
  readonly tally: Tally;
  readonly id: string;
}

/** Whether anything about the deliveries was not as expected. */
async function runNotifications(
  sendable: Sendable,
  input: RunInput,
  { tally, id }: RunState,
): Promise<boolean> {
  const { facts, times, concurrency, every_ms, expect } = sendable;
  const { emit, signal } = input;
  const acks = new Map<DeliveryFacts['ack'], number>();
  const request = requestFacts(sendable, input.mask);
  let failed = false as boolean;
  await paced({ times, concurrency, everyMs: every_ms, signal }, async (attempt) => {
    const delivery_id = `${id}-${facts.number}-${attempt}`;
    const delivery = await deliver(sendable, input, { attempt, id: delivery_id });
    const told = deliveryFacts(sendable, delivery, { attempt, id: delivery_id, request, mask: input.mask });
    if (attempt <= JOURNALED) input.journal.done(delivery_id, journalOutcome(told));
    tally.add(told);
    acks.set(told.ack, (acks.get(told.ack) ?? 0) + 1);
    const interrupted = told.error?.cause === 'aborted';
    const reasons = interrupted ? [] : judgeDelivery(told, expect);
    failed ||= reasons.length > 0;
    emit({ type: 'delivery', delivery: told, reasons });
  });
  const reasons: readonly Reason[] = signal.aborted ? [] : judgeCounts(acks, expect);
  emit({ type: 'step-end', step: facts, reasons });
  return failed || reasons.length > 0;
}

interface Attempt {
  readonly attempt: number;
  /** The delivery's id. */
  readonly id: string;
}

async function deliver(sendable: Sendable, input: RunInput, { attempt, id }: Attempt): Promise<Delivery> {
  const { client, journal, signal } = input;
  const { target, request, timeout_ms } = sendable;
  if (attempt <= JOURNALED) journal.sent(journalRecord(sendable, { attempt, id }));
  return maskDelivery(await client.send(target, request, { timeoutMs: timeout_ms, signal }), input.mask);
}

function journalRecord(sendable: Sendable, { attempt, id }: Attempt): Parameters<Journal['sent']>[0] {
  const { facts, scenario, seed, out_trade_no, amount, authentic, request, target, expect } = sendable;
  return {
    id,
    at: new Date().toISOString(),
    scenario,
    step: facts.number,
    attempt,
    kind: facts.kind,
    out_trade_no,
    amount,
    authentic,
    seed,
    target: target.url.href,
    request: { method: request.method, headers: request.headers, body: request.body },
    expect,
  };
}

function journalOutcome({ ack, response, error, duration_ms }: DeliveryFacts): JournalOutcome {
  return { ack, status: response?.status ?? null, error: error?.cause ?? null, duration_ms };
}
