/** What looks at the order show of its money: how often it was credited, and what went back. */
import { countsCredits, countsRefunds, credits, refunds, STATE_NAMES } from '../order-state.ts';
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
  return changesBetween(before, after, words);
}

function changesBetween(
  before: StateFacts | undefined,
  after: StateFacts | undefined,
  words: Seen['words'],
): Changes {
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

/** By how much money moved, of the order or of the other one; `undefined` when nobody could tell. */
export function moved(seen: Seen): number | undefined {
  const changes = changesOf(seen);
  const wanted = seen.isRefund ? changes.refunds : changes.credits;
  const most = Math.max(mostOf(changes), otherMoved(seen));
  return wanted === undefined && most === 0 ? undefined : most;
}

/** An authentic notification about the other order may belong to the case, unless the case is that it must do nothing. */
function otherMoved({ block, observation: { hostile, otherBefore, otherAfter }, words }: Seen): number {
  if (block.must !== 'not-credit' && hostile.some(({ authentic }) => authentic)) return 0;
  return mostOf(changesBetween(otherBefore, otherAfter, words));
}

function mostOf({ credits: paid, refunds: refunded }: Changes): number {
  return Math.max(0, ...[paid, refunded].flatMap((change) => (change ? [change.after - change.before] : [])));
}

/** Whether the authentic notification did anything: `undefined` when nobody could look. */
export function isSettled(state: StateFacts | undefined, { isRefund, words }: Seen): boolean | undefined {
  const money = state && (isRefund ? refunds(state, words) : credits(state, words));
  return money === undefined ? undefined : money > 0;
}

/** What became another one: `paid_count 0 → 1, status CREATED → PAID`. */
export function effectText({ observation: { before, after, otherBefore, otherAfter } }: Seen): string {
  const changed = differences(before, after);
  const other = differences(otherBefore, otherAfter);
  return [...changed, ...other.map((text) => `the other order: ${text}`)].join(', ') || 'nothing changed';
}

function differences(before: StateFacts = {}, after: StateFacts = {}): readonly string[] {
  return STATE_NAMES.flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    return was === is ? [] : [`${name} ${was ?? '?'} → ${is ?? '?'}`];
  });
}
