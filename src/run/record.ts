/** What becomes of a step's deliveries: journaled, counted, judged and told, whichever way they were sent. */
import type { Journal, JournalOutcome } from '../delivery/journal.ts';
import type { WireRequest } from '../delivery/request.ts';
import type { Delivery } from '../delivery/request.ts';
import type { Problem } from '../scenario/problem.ts';
import type { DeliveryFacts, Reason, RequestFacts, RunEvent, ScheduleFacts } from './events.ts';
import { cameOf, deliveryFacts, maskDelivery, requestFacts, type AnswerFacts, type Came } from './facts.ts';
import { judgeDelivery } from './judge.ts';
import { createSeen } from './seen.ts';
import type { Copy, Sendable } from './sendable.ts';
import type { Tally } from './tally.ts';

/** What a step's deliveries are told with. */
export interface RecordTools {
  readonly journal: Journal;
  /** Takes secrets out of what others sent. */
  readonly mask: (text: string) => string;
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  readonly tally: Tally;
  /** The ids of the deliveries, without the attempt. */
  readonly id: string;
}

export interface StepRecord {
  /** Notes a copy that is about to be sent. */
  readonly sending: (attempt: number, copy: Copy) => void;
  /** Notes what came of it, and whether that was as expected. */
  readonly ended: (sent: Sent, delivery: Delivery) => boolean;
  /** The same, already read and judged. */
  readonly told: (sent: Sent, came: Came, reasons?: readonly Reason[]) => boolean;
  /** So many were sent twice. */
  readonly resent: (count: number) => void;
  /** An answer that was as expected and that nobody needs to see. */
  readonly counted: (answer: AnswerFacts, ms: number) => void;
  /** Ends the step; whether all was as expected. */
  readonly end: (reasons?: readonly Reason[], schedule?: ScheduleFacts) => boolean;
}

export interface Sent {
  readonly attempt: number;
  readonly copy: Copy;
}

/** The first deliveries of a step are journaled, and told whatever came: enough to replay, and bounded. */
export const FIRST = 20;
/** So many failures are told; of more, only those of a kind that was not told yet. */
const FAILURES = 100;

/** Starts a step's record. */
export function startRecord(sendable: Sendable, tools: RecordTools): StepRecord {
  const { facts, expect } = sendable;
  const { journal, mask, emit, signal, tally } = tools;
  const seen = createSeen(expect);
  const requests = createRequests(sendable, mask);
  const idOf = (attempt: number): string => `${tools.id}-${attempt}`;
  const telling = createTelling();
  const times = createTimes();
  let resent = 0;
  const told: StepRecord['told'] = ({ attempt, copy }, came, given) => {
    const id = idOf(attempt);
    const at = times.begin(attempt, came.ms);
    const delivery = deliveryFacts(sendable, came, { attempt, id, at, copy, request: requests(copy) });
    if (came.resent) resent++;
    tally.add(delivery.ack, came.ms);
    seen.add(came.answer, came.ms);
    const interrupted = came.error?.cause === 'aborted';
    const reasons = interrupted ? [] : (given ?? judgeDelivery(delivery, expect));
    const isTold = telling.isTold(attempt, reasons);
    if (attempt <= FIRST) journal.done(id, outcomeOf(delivery));
    else if (isTold && sendable.nextCopy) journalLate({ copy, delivery }, sendable, journal);
    if (isTold) emit({ type: 'delivery', delivery, reasons });
    return reasons.length === 0;
  };
  return {
    sending: (attempt, copy) => {
      times.note(attempt);
      if (attempt <= FIRST) journal.sent(journalRecord(sendable, copy, { attempt, id: idOf(attempt) }));
    },
    told,
    ended: (sent, delivery) => told(sent, cameOf(maskDelivery(delivery, mask), sendable, mask)),
    resent: (count) => {
      resent += count;
    },
    counted: (answer, ms) => {
      tally.add(answer.ack, ms);
      seen.add(answer, ms);
    },
    end: (more = [], schedule) => {
      const reasons = signal.aborted ? [] : [...seen.reasons(), ...more];
      if (resent > 0) emit({ type: 'warning', problem: sentTwice(resent) });
      const untold = telling.untold() > 0 && { untold: telling.untold() };
      emit({ type: 'step-end', step: facts, reasons, ...untold, ...(schedule && { schedule }) });
      return telling.failures() === 0 && reasons.length === 0;
    },
  };
}

/** What is an order of its own cannot be made again from the first copy: a failure of it is journaled, however late. */
function journalLate(
  { copy, delivery }: { copy: Copy; delivery: DeliveryFacts },
  sendable: Sendable,
  journal: Journal,
): void {
  const { attempt, id } = delivery;
  journal.sent(journalRecord(sendable, copy, { attempt, id }));
  journal.done(id, outcomeOf(delivery));
}

/** A merchant that counts would see more requests than the report. */
function sentTwice(count: number): Problem {
  const message = `${count} of the requests went out twice: the server closed a kept connection as they did`;
  const fix = 'Does it close connections without announcing it? `Connection: close` announces it.';
  return { code: 'sent-twice', message, fix };
}

interface TellingRule {
  readonly isTold: (attempt: number, reasons: readonly Reason[]) => boolean;
  readonly failures: () => number;
  /** Failures that were not told. */
  readonly untold: () => number;
}

/** Which deliveries have an event of their own: a bounded number of them. */
function createTelling(): TellingRule {
  const kinds = new Set<string>();
  let failures = 0;
  let untold = 0;
  return {
    isTold: (attempt, reasons) => {
      if (reasons.length === 0) return attempt <= FIRST;
      failures++;
      const kind = gist(reasons);
      const isNew = kinds.size < FAILURES && !kinds.has(kind);
      if (isNew) kinds.add(kind);
      const told = isNew || attempt <= FIRST || failures <= FAILURES;
      if (!told) untold++;
      return told;
    },
    failures: () => failures,
    untold: () => untold,
  };
}

/** When deliveries began: noted for the first of them, told by their duration for the others. */
function createTimes(): {
  readonly note: (attempt: number) => void;
  readonly begin: (attempt: number, ms: number) => number;
} {
  const noted = new Map<number, number>();
  return {
    note: (attempt) => {
      if (attempt <= FIRST) noted.set(attempt, Date.now());
    },
    begin: (attempt, ms) => noted.get(attempt) ?? Math.round(Date.now() - ms),
  };
}

/** What makes a failure of its own kind: not the numbers in it. */
function gist(reasons: readonly Reason[]): string {
  return JSON.stringify(
    reasons.map((reason) => ({ ...reason, ...(reason.code === 'too-slow' && { actual: 0 }) })),
  );
}

/** Copies that are the same bytes are written out once. */
function createRequests(sendable: Sendable, mask: (text: string) => string): (copy: Copy) => RequestFacts {
  const same = requestFacts(sendable.request, sendable, mask);
  return ({ request }) => (request === sendable.request ? same : requestFacts(request, sendable, mask));
}

interface Attempt {
  readonly attempt: number;
  /** The delivery's id. */
  readonly id: string;
}

function journalRecord(
  sendable: Sendable,
  { request, out_trade_no }: Copy,
  { attempt, id }: Attempt,
): Parameters<Journal['sent']>[0] {
  const { facts, scenario, seed, amount, authentic, target, expect, schedule, times, nextCopy } = sendable;
  return {
    id,
    at: new Date().toISOString(),
    scenario,
    step: facts.number,
    attempt,
    copies: nextCopy ? 1 : times,
    kind: facts.kind,
    out_trade_no,
    amount,
    authentic,
    seed,
    target: target.url.href,
    request: requestOf(request),
    expect,
    ...(schedule && { schedule: { name: schedule.name, speed: schedule.speed } }),
  };
}

/** Without what only preparing needs to know. */
function requestOf({ method, headers, body, transfer }: WireRequest): WireRequest {
  return { method, headers, body, ...(transfer && { transfer }) };
}

function outcomeOf({ ack, response, error, duration_ms }: DeliveryFacts): JournalOutcome {
  return { ack, status: response?.status ?? null, error: error?.cause ?? null, duration_ms };
}
