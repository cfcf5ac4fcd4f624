/** A notification that is sent again and again on the platform's timetable, until it is acknowledged. */
import { waitUntil } from '../../delivery/pace.ts';
import { ATTEMPTS, TIMETABLE } from '../../scenario/timetable.ts';
import type { Delivery } from '../../delivery/request.ts';
import type { Reason, ScheduleFacts } from '../events.ts';
import { cameOf, maskDelivery, type Came } from '../facts.ts';
import type { Copy, Sendable, Timetable } from '../sendable.ts';
import type { Sending } from './notify.ts';

/** Sends until acknowledged, or until the platform would give up; whether all was as expected. */
export async function sendScheduled(sending: Sending, timetable: Timetable): Promise<boolean> {
  const { sendable, record, tools, id } = sending;
  const release = tools.journal.claim(id);
  const { acknowledged, attempts } = await untilAcknowledged(sending, timetable).finally(release);
  const acknowledged_by = acknowledged ? attempts : null;
  const { name, speed } = timetable;
  const of = lastAttempt(sendable);
  const after_s = secondsTo(attempts);
  const schedule: ScheduleFacts = { name, speed, attempts, of, acknowledged_by, after_s };
  return record.end(judgeSchedule(sendable, schedule), schedule);
}

async function untilAcknowledged(
  sending: Sending,
  timetable: Timetable,
): Promise<{ acknowledged: boolean; attempts: number }> {
  const last = lastAttempt(sending.sendable);
  let { attempts, at } = timetable.resumed ?? { attempts: 0, at: 0 };
  while (attempts < last) {
    if (!(await due({ attempts, at }, timetable, sending))) break;
    at = Date.now();
    attempts++;
    if (await attemptOnce(sending, { attempt: attempts, isLast: attempts === last }))
      return { acknowledged: true, attempts };
  }
  return { acknowledged: false, attempts };
}

/** The platform tries no more after that, or the expectation is not met any more. */
function lastAttempt({ expect }: Sendable): number {
  return Math.min(ATTEMPTS, expect.acknowledged_by ?? ATTEMPTS);
}

interface Before {
  /** How many attempts were made. */
  readonly attempts: number;
  /** When the last one was sent, in milliseconds since 1970. */
  readonly at: number;
}

/** Waits until the next attempt is due, at once when it is overdue; `false` when it was interrupted. */
async function due(
  { attempts, at }: Before,
  { speed }: Timetable,
  { sendable, tools }: Sending,
): Promise<boolean> {
  const { emit, signal } = tools;
  const gap = attempts === 0 ? 0 : ((TIMETABLE[attempts - 1] ?? 0) * 1000) / speed;
  const ms = Math.min(gap, at + gap - Date.now()); // a clock that was set back makes no gap longer
  if (ms > 0) {
    emit({ type: 'waiting', step: sendable.facts, attempt: attempts + 1, ms });
    await waitUntil(performance.now() + ms, { now: () => performance.now(), signal });
  }
  return !signal.aborted;
}

interface Attempt {
  readonly attempt: number;
  readonly isLast: boolean;
}

/** Whether the attempt was acknowledged. Before the last one, an answer that is no acknowledgement is no failure. */
async function attemptOnce({ sendable, record, tools, copyOf }: Sending, at: Attempt): Promise<boolean> {
  const { client, signal, mask, tally } = tools;
  const { attempt, isLast } = at;
  const copy: Copy = copyOf(attempt);
  tally.plan(1);
  record.sending(attempt, copy);
  const limits = { timeoutMs: sendable.timeout_ms, signal };
  const delivery: Delivery = await client.send(sendable.target, copy.request, limits);
  const came: Came = cameOf(maskDelivery(delivery, mask), sendable, mask);
  const acknowledged = came.answer.ack === 'SUCCESS';
  const judged = acknowledged || (isLast && !came.answer.response) || expectsRefusal(sendable);
  record.told({ attempt, copy }, came, judged ? undefined : []);
  return acknowledged;
}

function expectsRefusal({ expect }: Sendable): boolean {
  const { ack } = expect.each;
  return ack !== undefined && ack !== 'SUCCESS';
}

function judgeSchedule(sendable: Sendable, { attempts, acknowledged_by }: ScheduleFacts): readonly Reason[] {
  if (acknowledged_by !== null || expectsRefusal(sendable)) return [];
  const expected = sendable.expect.acknowledged_by ?? ATTEMPTS;
  const actual = `none of ${attempts} attempts was acknowledged`;
  return [{ code: 'acknowledged-by', expected, actual }];
}

/** On the timetable, from the first attempt to this one, in seconds. */
function secondsTo(attempts: number): number {
  return TIMETABLE.slice(0, Math.max(0, attempts - 1)).reduce((sum, gap) => sum + gap, 0);
}
