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
}

/** The latest schedule, or the one with this id, when it is not at its end. */
export function interruptedSchedule(records: readonly JournalRecord[], id?: string): Result<Interrupted> {
  const scheduled = records.filter((record) => record.schedule !== undefined);
  const record = id === undefined ? scheduled.at(-1) : scheduled.findLast((one) => one.id.startsWith(id));
  if (!record) return fail(id === undefined ? noSchedule : noSuchSchedule(id));
  const key = keyOf(record);
  const attempts = scheduled.filter((one) => keyOf(one) === key);
  const acknowledged = attempts.find(({ outcome }) => outcome?.ack === 'SUCCESS');
  if (acknowledged) return fail(atItsEnd(record, `attempt ${acknowledged.attempt} was acknowledged`));
  if (record.attempt >= ATTEMPTS) return fail(atItsEnd(record, `all ${ATTEMPTS} attempts were made`));
  return succeed({ record, attempts: record.attempt, at: Date.parse(record.at), id: key });
}

function keyOf({ id }: JournalRecord): string {
  return id.replace(/-\d+$/, '');
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
