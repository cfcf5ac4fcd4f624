/** Trying again until it holds, or the time is up. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reason } from '../events.ts';

export interface Patience {
  /** How long, in milliseconds; 0: once. */
  readonly eventually_ms: number;
  readonly signal: AbortSignal;
}

/** Between two tries, in milliseconds: short at first, because most things hold soon. */
const PAUSES = [20, 50, 100, 200, 500];

/** Tries until there is no reason left; the last try is what is told. */
export async function untilItHolds<T extends { readonly reasons: readonly Reason[] }>(
  { eventually_ms, signal }: Patience,
  attempt: (tries: number) => Promise<T>,
): Promise<T> {
  const until = Date.now() + eventually_ms;
  for (let tries = 1; ; tries++) {
    const outcome = await attempt(tries);
    const left = until - Date.now();
    if (outcome.reasons.length === 0 || left <= 0 || isAborted(signal)) return outcome;
    const pause = Math.min(PAUSES[tries - 1] ?? 500, left);
    await sleep(pause, undefined, { signal }).catch(() => undefined);
    if (isAborted(signal)) return outcome;
  }
}

function isAborted({ aborted }: AbortSignal): boolean {
  return aborted;
}
