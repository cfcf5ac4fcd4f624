/** Trying again until it holds, or the time is up. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reason } from '../events.ts';

export interface Patience {
  /** How long, in milliseconds; 0: once. */
  readonly eventually_ms: number;
  /** How long a try may take. */
  readonly timeout_ms: number;
  readonly signal: AbortSignal;
  /** What must be captured as well; anything, unless it says. */
  readonly until?: ((captured: Readonly<Record<string, string>>) => boolean) | undefined;
}

interface Tried {
  readonly reasons: readonly Reason[];
  readonly facts: { readonly captured: Readonly<Record<string, string>> };
}

/** Between two tries, in milliseconds: short at first, because most things hold soon. */
const PAUSES = [20, 50, 100, 200, 500];

/** One of the tries. */
export interface Try {
  /** From 1. */
  readonly tries: number;
  readonly timeout_ms: number;
}

/** What the last try has at least, in milliseconds. */
const LEAST = 100;

/** Tries until there is no reason left; the last try is what is told. After the first, a try has only the time that is left. */
export async function untilItHolds<T extends Tried>(
  { eventually_ms, timeout_ms, signal, until: isEnough }: Patience,
  attempt: (one: Try) => Promise<T>,
): Promise<T> {
  const until = Date.now() + eventually_ms;
  for (let tries = 1; ; tries++) {
    const rest = Math.min(timeout_ms, Math.max(until - Date.now(), LEAST));
    const outcome = await attempt({ tries, timeout_ms: tries === 1 ? timeout_ms : rest });
    const left = until - Date.now();
    if (left <= 0 || isAborted(signal) || holds(outcome, isEnough)) return outcome;
    const pause = Math.min(PAUSES[tries - 1] ?? 500, left);
    await sleep(pause, undefined, { signal }).catch(() => undefined);
    if (isAborted(signal)) return outcome;
  }
}

function holds({ reasons, facts }: Tried, isEnough: Patience['until']): boolean {
  return reasons.length === 0 && (isEnough?.(facts.captured) ?? true);
}

function isAborted({ aborted }: AbortSignal): boolean {
  return aborted;
}
