/** Very many copies: every answer is judged, and what is seen often is judged once. */
import type { LoadEnd } from '../../delivery/load.ts';
import type { WireResponse } from '../../delivery/request.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { Reason } from '../events.ts';
import { answerFacts, cameOf, maskDelivery, roundMs, type AnswerFacts } from '../facts.ts';
import { expectsSilence, judgeAnswer, judgeTime } from '../judge.ts';
import { TOO_SLOW } from '../match.ts';
import { FIRST } from '../record.ts';
import type { Copy, Sendable } from '../sendable.ts';
import { createProgressTimer } from './progress-timer.ts';
import { signAhead } from './sign-ahead.ts';
import type { Sending } from './notify.ts';

/** Sends all copies over so many connections; what is wrong about that. */
export async function sendLoad(sending: Sending): Promise<readonly Reason[]> {
  const { sendable, record, tools } = sending;
  const { target, times, concurrency, timeout_ms, expect, facts } = sendable;
  const progress = createProgressTimer({ of: times, tally: tools.tally, emit: tools.emit });
  const flight = createFlight(sending);
  const end = await tools.client.load<Verdict>({
    target,
    times,
    connections: Math.min(concurrency, times),
    timeoutMs: timeout_ms,
    signal: tools.signal,
    patient: expectsSilence(expect),
    fresh: FIRST,
    request: flight.request,
    ready: flight.ready,
    read: createReading(sending),
    answered: (attempt, { answer, reasons }, ms) => {
      const late = judgeTime(roundMs(ms), expect.each);
      const isFine = attempt > FIRST && reasons.length === 0 && late.length === 0;
      if (isFine) record.counted(answer, ms);
      const sent = flight.landed(attempt);
      const came = { answer, error: null, ms };
      const given = attempt === 1 ? undefined : [...reasons, ...late]; // the first may be expected to differ
      progress.add(isFine || record.told(sent, came, given));
    },
    lost: (attempt, delivery) => {
      progress.add(record.told(flight.landed(attempt), cameOf(delivery, sendable, tools.mask)));
    },
  });
  progress.stop();
  record.resent(end.resent);
  if (end.unopened > 0) tools.emit({ type: 'warning', problem: unopened(end, sendable) });
  return end.ended === 'gone' ? [unsent(end, sendable, facts.target)] : [];
}

/** The copies that are under way: when each is an order of its own, a report must know which it was. */
function createFlight({ sendable, record, copyOf }: Sending) {
  const { laterCopy, nextCopy, times, concurrency } = sendable;
  const first = copyOf(1);
  const own = nextCopy ? new Map<number, Copy>() : undefined;
  const signing = laterCopy && signAhead({ first, make: laterCopy, times, connections: concurrency });
  return {
    ready: signing?.ready,
    request: (attempt: number) => {
      const copy = signing?.take() ?? (own ? copyOf(attempt) : first);
      own?.set(attempt, copy);
      if (attempt <= FIRST) record.sending(attempt, copy);
      return copy.request;
    },
    landed: (attempt: number) => {
      const copy = own?.get(attempt) ?? first;
      own?.delete(attempt);
      return { attempt, copy };
    },
  };
}

/** An answer, and what is wrong with it whenever it comes. */
interface Verdict {
  readonly answer: AnswerFacts;
  readonly reasons: readonly Reason[];
}

/** Judges answers. An expression that took too long is not tried again: all other answers would be late for it. */
function createReading({ sendable, tools }: Sending): (response: WireResponse) => Verdict {
  const { each } = sendable.expect;
  let slow: Reason | undefined;
  return (response) => {
    const answer = answerFacts(masked(response, tools.mask), sendable, tools.mask);
    const reasons = judgeAnswer(answer, slow ? { ...each, message: undefined } : each);
    if (slow) return { answer, reasons: [...reasons, slow] };
    slow = reasons.find((reason) => reason.code === 'message' && reason.actual === TOO_SLOW);
    return { answer, reasons };
  };
}

function masked(response: WireResponse, mask: (text: string) => string): WireResponse {
  const delivery = maskDelivery({ outcome: 'answered', response, ms: 0 }, mask);
  return delivery.outcome === 'answered' ? delivery.response : response;
}

function unsent({ sent }: LoadEnd, { times }: Sendable, target: string): Reason {
  const why = `nobody at ${target} could be connected to any more`;
  return { code: 'unsent', expected: times, actual: sent, why };
}

function unopened({ unopened: count }: LoadEnd, { concurrency }: Sendable): Problem {
  const message = `${count} of ${concurrency} connections could not be opened: this machine allows no more`;
  return {
    code: 'usage',
    message,
    fix: 'The others did the work. `ulimit -n` shows the limit, and raises it.',
  };
}
