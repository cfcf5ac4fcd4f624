/** A schedule that was interrupted, found again in the journal. */
import type { JournalRecord } from '../../delivery/journal.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { ATTEMPTS } from '../../scenario/timetable.ts';

/** Where a schedule was left. */
export interface Interrupted {
  /** Its latest attempt. */
  readonly record: JournalRecord;
  readonly attempts: number;
  /** When that was, in milliseconds since 1970. */
  readonly at: number;
  /** The id of its deliveries, without the attempt. */
  readonly id: string;
  /** The ids of others that are not at their end either. */
  readonly others: readonly string[];
}

/** The latest schedule that is not at its end, or the one with this id. */
export function interruptedSchedule(records: readonly JournalRecord[], id?: string): Result<Interrupted> {
  const named = schedulesIn(records).filter(
    ({ key }) => id === undefined || `${key}-`.startsWith(id) || id.startsWith(`${key}-`),
  );
  const open = named.filter(({ end }) => end === undefined);
  const chosen = open.at(-1);
  if (!chosen) {
    const latest = named.at(-1);
    if (latest?.end !== undefined) return fail(atItsEnd(latest.record, latest.end));
    return fail(id === undefined ? noSchedule : noSuchSchedule(id));
  }
  const { key, record } = chosen;
  const others = open.filter((other) => other !== chosen).map((other) => other.key);
  return succeed({ record, attempts: record.attempt, at: Date.parse(record.at), id: key, others });
}

interface Scheduled {
  readonly key: string;
  /** The latest attempt. */
  readonly record: JournalRecord;
  /** Why no attempt follows. */
  readonly end: string | undefined;
}

function schedulesIn(records: readonly JournalRecord[]): readonly Scheduled[] {
  const byKey = new Map<string, JournalRecord[]>();
  for (const record of records) {
    if (record.schedule === undefined) continue;
    const key = record.id.replace(/-\d+$/, '');
    byKey.set(key, [...(byKey.get(key) ?? []), record]);
  }
  return [...byKey].flatMap(([key, attempts]) => {
    const record = attempts.at(-1);
    return record ? [{ key, record, end: endOf(attempts, record) }] : [];
  });
}

function endOf(attempts: readonly JournalRecord[], { attempt, expect }: JournalRecord): string | undefined {
  const acknowledged = attempts.find(({ outcome }) => outcome?.ack === 'SUCCESS');
  if (acknowledged) return `attempt ${acknowledged.attempt} was acknowledged`;
  const limit = (expect as { acknowledged_by?: unknown } | null | undefined)?.acknowledged_by;
  const last = typeof limit === 'number' ? Math.min(limit, ATTEMPTS) : ATTEMPTS;
  return attempt >= last ? `all ${last} attempts were made` : undefined;
}

const noSchedule: Problem = {
  code: 'journal',
  message: 'the journal has no schedule to go on with',
  fix: 'Begin one: `wxnotify replay --schedule wechat`, or `wxnotify send paid --schedule wechat`.',
};

function noSuchSchedule(id: string): Problem {
  const message = `the journal has no schedule whose deliveries begin with ${id}`;
  return { code: 'journal', message, fix: '`wxnotify history` lists what was sent.' };
}

function atItsEnd({ scenario }: JournalRecord, why: string): Problem {
  const message = `the schedule of ${scenario} is at its end: ${why}`;
  return { code: 'journal', message, fix: 'Begin another: `wxnotify replay --schedule wechat`.' };
}
