/** Expectation and what happened in, reasons out: pure. No reason means that all is well. */
import type { AckWord, AnswerExpectation, Expectation } from '../scenario/scenario.ts';
import { readExpected } from '../scenario/fill/pattern.ts';
import { says, TOO_SLOW, withinLimit } from './match.ts';
import type { DeliveryFacts, Reason } from './events.ts';

/** Whether an answer is what a word asks for. */
export function matches(word: AckWord | 'INVALID', ack: DeliveryFacts['ack']): boolean {
  switch (word) {
    case 'NONE':
      return ack === null;
    case 'REJECTED':
      return ack === 'FAIL' || ack === 'INVALID';
    default:
      return ack === word;
  }
}

/** Judges one delivery among the repeats of a step. */
export function judgeDelivery(delivery: DeliveryFacts, expectation: Expectation): readonly Reason[] {
  const wanted = delivery.attempt === 1 && expectation.first ? expectation.first : expectation.each;
  if (delivery.error) return isSilence(wanted, expectation) ? [] : undelivered(delivery.error, wanted);
  return [...judgeAnswer(delivery, wanted), ...judgeTime(delivery.duration_ms, wanted)];
}

/** Whether it is expected that nothing answers. */
export function expectsSilence(expectation: Expectation): boolean {
  return isSilence(expectation.each, expectation);
}

function isSilence({ ack }: AnswerExpectation, { acks }: Expectation): boolean {
  return ack === 'NONE' || (ack === undefined && (acks?.NONE ?? 0) > 0);
}

/** Judges what was answered, whenever it was. */
export function judgeAnswer(
  answer: Pick<DeliveryFacts, 'ack' | 'message' | 'response'>,
  wanted: AnswerExpectation,
): readonly Reason[] {
  return [...judgeAck(answer, wanted), ...judgeStatus(answer, wanted), ...judgeMessage(answer, wanted)];
}

/** Judges the counts of a step whose repeats have all been sent. */
export function judgeCounts(
  acks: ReadonlyMap<DeliveryFacts['ack'], number>,
  { acks: wanted }: Expectation,
): readonly Reason[] {
  const words = Object.entries(wanted ?? {}) as [AckWord | 'INVALID', number | undefined][];
  return words.flatMap(([word, expected]): readonly Reason[] => {
    const actual = [...acks].reduce((sum, [ack, count]) => sum + (matches(word, ack) ? count : 0), 0);
    return expected === undefined || expected === actual ? [] : [{ code: 'count', word, expected, actual }];
  });
}

function undelivered(
  error: NonNullable<DeliveryFacts['error']>,
  wanted: AnswerExpectation,
): readonly Reason[] {
  return [{ code: 'undelivered', expected: wanted.ack ?? 'an answer', ...error }];
}

function judgeAck(
  { ack, message }: Pick<DeliveryFacts, 'ack' | 'message'>,
  { ack: expected }: AnswerExpectation,
): readonly Reason[] {
  if (expected === undefined || matches(expected, ack)) return [];
  return [{ code: 'ack', expected, actual: ack ?? 'NONE', why: message }];
}

function judgeStatus(
  { response }: Pick<DeliveryFacts, 'response'>,
  { status }: AnswerExpectation,
): readonly Reason[] {
  const actual = response?.status ?? null;
  return status === undefined || status === actual ? [] : [{ code: 'status', expected: status, actual }];
}

function judgeMessage(
  { message }: Pick<DeliveryFacts, 'message'>,
  { message: expected }: AnswerExpectation,
): readonly Reason[] {
  if (expected === undefined) return [];
  const found = withinLimit(() => says(message, readExpected(expected)));
  if (found.done && found.value) return [];
  return [{ code: 'message', expected, actual: found.done ? message : TOO_SLOW }];
}

/** Judges when it was complete, in milliseconds. */
export function judgeTime(ms: number, { within_ms }: AnswerExpectation): readonly Reason[] {
  if (within_ms === undefined || ms <= within_ms) return [];
  return [{ code: 'too-slow', expected: within_ms, actual: ms }];
}
