/** A record of the journal → what the runner sends: the same bytes, signed again where the version does so. */
import type { JournalRecord } from '../../delivery/journal.ts';
import type { SafeTarget } from '../../delivery/guard.ts';
import { isV3Id } from '../../protocol/all-kinds.ts';
import { kinds } from '../../protocol/kinds.gen.ts';
import { v2 } from '../../protocol/v2/index.ts';
import { readAck as readV3Ack } from '../../protocol/v3/ack.ts';
import { PLATFORM_TIMEOUT } from '../../run/prepare/prepared.ts';
import type { Sendable, Timetable } from '../../run/sendable.ts';
import type { AnswerExpectation, Expectation } from '../../scenario/scenario.ts';
import { RACERS } from '../../scenario/scenario.ts';
import { isMessage } from '../../scenario/schema/schema-parts.ts';
import type { SendingOptions } from '../options.ts';
import { v2CredentialsOf } from '../settings/credentials.ts';
import type { Settings } from '../settings/settings.ts';
import type { Resigner } from './resign-journaled.ts';
import type { Interrupted } from './resume.ts';

/** What `replay` takes without a scenario. */
export interface ReplayOptions extends SendingOptions {
  readonly id?: string;
  readonly resume?: true;
  readonly exact?: true;
}

/** Where to, and how. */
export interface Aiming {
  readonly target: SafeTarget;
  readonly settings: Settings;
  readonly options: ReplayOptions;
  readonly resumed: Interrupted | undefined;
  readonly resign: Resigner;
}

/** Aims a record. */
export function toSendable(record: JournalRecord, aiming: Aiming): Sendable {
  const { target, settings, options, resumed, resign } = aiming;
  const race = options.race === true;
  const times = options.times ?? (race ? RACERS : 1);
  return {
    facts: {
      number: record.step,
      title: record.kind,
      kind: record.kind,
      target: target.url.href,
      times,
      repeats: resumed || options.schedule ? 'schedule' : 'copies',
      of: 1,
      at: '',
    },
    scenario: record.scenario,
    seed: record.seed,
    out_trade_no: record.out_trade_no,
    amount: record.amount,
    authentic: record.authentic,
    ...copiesOf(record, resign),
    target,
    times,
    concurrency: options.concurrency ?? 1,
    every_ms: options.every ?? 0,
    jitter: undefined,
    race,
    schedule: timetableOf(record, options, resumed),
    timeout_ms: options.timeout ?? PLATFORM_TIMEOUT,
    expect: {
      each: options.expect === undefined ? journaledExpectation(record) : { ack: options.expect },
      ...(resumed && { acknowledged_by: journaledLimit(record) }),
    },
    readAck: ackReader(record, settings),
  };
}

/** The bytes of then, or each time those of now. */
function copiesOf(
  { request, out_trade_no }: JournalRecord,
  resign: Resigner,
): Pick<Sendable, 'request' | 'nextCopy'> {
  if (!resign) return { request, nextCopy: undefined };
  return { request: resign(), nextCopy: () => ({ request: resign(), out_trade_no }) };
}

/** A new schedule, or the one that goes on. */
function timetableOf(
  { schedule }: JournalRecord,
  options: ReplayOptions,
  resumed: Interrupted | undefined,
): Timetable | undefined {
  if (resumed) return { name: 'wechat', speed: options.speed ?? validSpeed(schedule?.speed), resumed };
  return options.schedule && { name: options.schedule, speed: options.speed ?? 1 };
}

/** An order in the answer is checked when it is the merchant in force who was notified. */
function ackReader({ kind }: JournalRecord, settings: Settings): Sendable['readAck'] {
  if (isV3Id(kind)) return readV3Ack;
  const known = Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : kinds['v2/payment'];
  const credentials = v2CredentialsOf(settings);
  return (answer) => v2.readAck(answer, known, credentials.ok ? credentials.value : undefined);
}

/** What was expected of each copy then is expected again; counts were about that run. */
function journaledExpectation({ expect }: JournalRecord): AnswerExpectation {
  const each = (expect as Partial<Expectation> | null | undefined)?.each;
  return each && isExpectation(each) ? each : { ack: 'SUCCESS' };
}

/** The attempt that must have been acknowledged at the latest. */
function journaledLimit({ expect }: JournalRecord): number | undefined {
  const limit = (expect as Partial<Expectation> | null | undefined)?.acknowledged_by;
  return typeof limit === 'number' ? limit : undefined;
}

function validSpeed(speed: unknown): number {
  return typeof speed === 'number' && speed >= 1 ? speed : 1;
}

/** Somebody may have edited the journal. */
function isExpectation({ ack, status, message, within_ms }: AnswerExpectation): boolean {
  const words: readonly unknown[] = ['SUCCESS', 'FAIL', 'REJECTED', 'NONE', undefined];
  const numbers = [status, within_ms].every((value) => value === undefined || typeof value === 'number');
  return (
    words.includes(ack) &&
    numbers &&
    (message === undefined || (typeof message === 'string' && isMessage(message)))
  );
}
