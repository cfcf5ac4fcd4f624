/** A `notify` step: one notification or its repeats, sent the way that the step asks for. */
import type { Client } from '../../delivery/client.ts';
import { paced } from '../../delivery/pace.ts';
import { FIRST, startRecord, type RecordTools, type StepRecord } from '../record.ts';
import type { Copy, Sendable } from '../sendable.ts';
import { sendLoad } from './load.ts';
import { sendRace } from './race.ts';
import { sendScheduled } from './scheduled.ts';

/** What sending takes. */
export interface NotifyTools extends RecordTools {
  readonly client: Client;
}

/** A step on its way. */
export interface Sending {
  readonly sendable: Sendable;
  readonly record: StepRecord;
  readonly tools: NotifyTools;
  /** The id of its deliveries, without the attempt. */
  readonly id: string;
  /** The copy of an attempt: from 1, each asked for once. */
  readonly copyOf: (attempt: number) => Copy;
}

/** Sends the step; whether all was as expected. */
export async function notify(sendable: Sendable, tools: NotifyTools): Promise<boolean> {
  const { schedule, race, times } = sendable;
  const id = schedule?.resumed?.id ?? `${tools.id}-${sendable.facts.number}`;
  const record = startRecord(sendable, { ...tools, id });
  const sending: Sending = { sendable, record, tools, id, copyOf: copies(sendable) };
  if (schedule) return sendScheduled(sending, schedule);
  tools.tally.plan(times);
  if (isLoad(sendable)) return record.end(await sendLoad(sending));
  if (race) await sendRace(sending);
  else await sendPaced(sending);
  return record.end();
}

/** So many copies, one after the other without a pause, are a load; each of them is sent all at once. */
function isLoad({ times, every_ms, jitter, race, request }: Sendable): boolean {
  return times > FIRST && every_ms === 0 && !jitter && !race && !request.transfer;
}

async function sendPaced({ sendable, record, tools, copyOf }: Sending): Promise<void> {
  const { target, times, concurrency, every_ms, jitter, timeout_ms } = sendable;
  const { client, signal } = tools;
  await paced({ times, concurrency, everyMs: every_ms, jitter, signal }, async (attempt) => {
    const copy = copyOf(attempt);
    record.sending(attempt, copy);
    const delivery = await client.send(target, copy.request, { timeoutMs: timeout_ms, signal });
    record.ended({ attempt, copy }, delivery);
  });
}

/** The first is the notification itself; the others are the same, or made in their order, whoever asks first. */
function copies({ request, out_trade_no, nextCopy }: Sendable): (attempt: number) => Copy {
  const first: Copy = { request, out_trade_no };
  if (!nextCopy) return () => first;
  const ahead = new Map<number, Copy>();
  let made = 1;
  return (attempt) => {
    if (attempt === 1) return first;
    for (; made < attempt - 1; made++) ahead.set(made + 1, nextCopy());
    const early = ahead.get(attempt);
    ahead.delete(attempt);
    if (early) return early;
    made++;
    return nextCopy();
  };
}
