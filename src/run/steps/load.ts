/** Very many copies: every answer is judged, and what is seen often is judged once. */
import { load } from '../../delivery/load.ts';
import type { WireResponse } from '../../delivery/request.ts';
import type { Reason } from '../events.ts';
import { answerFacts, cameOf, maskDelivery, type AnswerFacts } from '../facts.ts';
import { judgeAnswer, judgeTime } from '../judge.ts';
import { FIRST } from '../record.ts';
import type { Copy } from '../sendable.ts';
import { createProgressTimer } from './progress-timer.ts';
import type { Sending } from './notify.ts';

/** An answer, and what is wrong with it whenever it comes. */
interface Verdict {
  readonly answer: AnswerFacts;
  readonly reasons: readonly Reason[];
}

/** Sends all copies over so many connections. */
export async function sendLoad({ sendable, record, tools, copyOf }: Sending): Promise<void> {
  const { target, times, concurrency, timeout_ms, expect, nextCopy, facts } = sendable;
  const { connect, signal, mask, emit, tally } = tools;
  const inFlight = new Map<number, Copy>();
  const first = copyOf(1);
  const progress = createProgressTimer({ of: times, tally, emit });
  const sentOf = (attempt: number): { attempt: number; copy: Copy } => {
    const copy = inFlight.get(attempt) ?? first;
    inFlight.delete(attempt);
    return { attempt, copy };
  };
  const read = (response: WireResponse): Verdict => {
    const answer = answerFacts(response, sendable, mask);
    return { answer, reasons: judgeAnswer(answer, expect.each) };
  };
  const end = await load<Verdict>(connect, {
    target,
    times,
    connections: Math.min(concurrency, times),
    timeoutMs: timeout_ms,
    signal,
    fresh: FIRST,
    request: (attempt) => {
      const copy = nextCopy ? copyOf(attempt) : first;
      if (nextCopy) inFlight.set(attempt, copy);
      if (attempt <= FIRST) record.sending(attempt, copy);
      return copy.request;
    },
    read: (response) => read(masked(response, mask)),
    answered: (attempt, { answer, reasons }, ms) => {
      const isFine = attempt > FIRST && reasons.length === 0 && !isSlow(ms, expect.each.within_ms);
      if (isFine) {
        if (nextCopy) inFlight.delete(attempt);
        record.counted(answer, ms);
      } else if (attempt === 1) record.told(sentOf(attempt), { answer, error: null, ms });
      else {
        const all = [...reasons, ...judgeTime(ms, expect.each)];
        record.told(sentOf(attempt), { answer, error: null, ms }, all);
      }
      progress.add(isFine || reasons.length === 0);
    },
    lost: (attempt, delivery) => {
      progress.add(record.told(sentOf(attempt), cameOf(delivery, sendable, mask)));
    },
  });
  progress.stop();
  if (end.ended === 'gone') emit({ type: 'warning', problem: gone(facts.target, times - end.sent) });
}

function masked(response: WireResponse, mask: (text: string) => string): WireResponse {
  const delivery = maskDelivery({ outcome: 'answered', response, ms: 0 }, mask);
  return delivery.outcome === 'answered' ? delivery.response : response;
}

function isSlow(ms: number, limit: number | undefined): boolean {
  return limit !== undefined && ms > limit;
}

function gone(target: string, unsent: number) {
  const message = `stopped: ${target} refuses every connection now; ${unsent} were not sent`;
  return {
    code: 'target-gone',
    message,
    fix: 'Did the server end, or crash? Its log has the reason.',
  } as const;
}
