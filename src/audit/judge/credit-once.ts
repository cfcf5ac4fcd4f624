/** What arrives more than once is credited once, and acknowledged each time. */
import { answerText } from '../observe.ts';
import { changesOf, effectText } from './money.ts';
import { failed, isAcknowledged, passed, unseen, type Judge, type Seen, type Verdict } from './verdict.ts';

export const creditOnce: Judge = (seen) => {
  const changes = changesOf(seen);
  const change = seen.isRefund ? changes.refunds : changes.credits;
  if (!change) return refusedRepeat(seen) ?? unseen(seen);
  const { before, after } = change;
  if (isTooMuch(after - before, before, seen))
    return failed(seen.block.severity, `the same was booked more than once (${effectText(seen)})`);
  if (after === 0 && tellsParts(seen) && seen.observation.hostile.some(isAcknowledged))
    return failed('high', `it was acknowledged, and never booked (${effectText(seen)})`);
  return refusedRepeat(seen) ?? uncounted(seen) ?? passed;
};

/** A payment is one credit, also when it was made before. A refund is its amount, in whatever unit, or one. */
function isTooMuch(by: number, before: number, { isRefund, observation: { hostile } }: Seen): boolean {
  if (!isRefund) return before + by > 1;
  const amount = Number(hostile[0]?.amount ?? NaN);
  const times = by / amount;
  return (Number.isInteger(times) && times > 1) || (by > 1 && by <= hostile.length && by !== amount);
}

/** The platform repeats for a day what is not acknowledged. */
function refusedRepeat({ isRace, observation: { hostile } }: Seen): Verdict | undefined {
  const [first, ...repeats] = hostile;
  if (isRace || !first || !isAcknowledged(first)) return undefined;
  const refused = repeats.find((answer) => !isAcknowledged(answer));
  return (
    refused && failed('medium', `the first was acknowledged, and the same again was ${answerText(refused)}`)
  );
}

/** A refund of a part leaves a status as it is. */
function tellsParts({ isRefund, observation: { after } }: Seen): boolean {
  return !isRefund || after?.refunded !== undefined;
}

/** With a status alone, once looks like twice. */
function uncounted(seen: Seen): Verdict | undefined {
  const { after } = seen.observation;
  const name = seen.isRefund ? 'refunded' : 'paid_count';
  return after?.[name] === undefined ? unseen(seen) : undefined;
}
