/** What looks at the order show of its money: how often it was credited, and what went back. */
import { countsCredits, countsRefunds, credits, refunds, stateText } from '../order-state.ts';
import type { StateFacts } from '../result.ts';
import type { Seen } from './verdict.ts';

/** An amount before and after; `undefined` when the looks cannot tell. */
interface Change {
  readonly before: number;
  readonly after: number;
}

/** What the hostile notification changed of the order: the number of credits, and what was refunded. */
export interface Changes {
  readonly credits: Change | undefined;
  readonly refunds: Change | undefined;
}

/** Compares the look before with the one after. A status tells that there was a credit, and not whether there was another. */
export function changesOf({ observation: { before, after }, words }: Seen): Changes {
  if (!before || !after) return { credits: undefined, refunds: undefined };
  return {
    credits: changeOf([credits(before, words), credits(after, words)], countsCredits(after)),
    refunds: changeOf([refunds(before, words), refunds(after, words)], countsRefunds(after)),
  };
}

function changeOf(
  [before, after]: readonly [number | undefined, number | undefined],
  counts: boolean,
): Change | undefined {
  if (before === undefined || after === undefined) return undefined;
  return !counts && before > 0 ? undefined : { before, after };
}

/** Whether money moved: `undefined` when nobody could tell. */
export function moved(seen: Seen): number | undefined {
  const changes = changesOf(seen);
  const wanted = seen.isRefund ? changes.refunds : changes.credits;
  const both = [changes.credits, changes.refunds].flatMap((change) =>
    change ? [change.after - change.before] : [],
  );
  const most = Math.max(0, ...both);
  return wanted === undefined && most === 0 ? undefined : most;
}

/** Whether the authentic notification did anything: `undefined` when nobody could look. */
export function isSettled(state: StateFacts | undefined, { isRefund, words }: Seen): boolean | undefined {
  const money = state && (isRefund ? refunds(state, words) : credits(state, words));
  return money === undefined ? undefined : money > 0;
}

/** `paid_count 0 before, paid_count 1 after`. */
export function effectText({ observation: { before, after } }: Seen): string {
  return `${before ? stateText(before) : '?'} before, ${after ? stateText(after) : '?'} after`;
}
