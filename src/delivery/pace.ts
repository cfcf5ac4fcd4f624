/** When copies start: so many at once, so far apart. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  readonly times: number;
  /** How many at once. */
  readonly concurrency: number;
  /** Milliseconds between the starts of two copies. */
  readonly everyMs: number;
  /** Milliseconds more for one of them. */
  readonly jitter?: ((attempt: number) => number) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `job(1)` … `job(times)`; stops starting new ones when the signal aborts. */
export async function paced(pace: Pace, job: (attempt: number) => Promise<void>): Promise<void> {
  let next = 1;
  let due = performance.now();
  const stopped = (): boolean => pace.signal?.aborted ?? false;
  const worker = async (): Promise<void> => {
    while (next <= pace.times && !stopped()) {
      const attempt = next++;
      due += (attempt === 1 ? 0 : pace.everyMs) + (pace.jitter?.(attempt) ?? 0);
      await waitUntil(due, { now: () => performance.now(), signal: pace.signal });
      if (!stopped()) await job(attempt);
    }
  };
  const workers = Math.min(pace.concurrency, pace.times);
  await Promise.all(Array.from({ length: workers }, worker));
}

/** A timer cannot wait longer, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** A clock, and what ends the waiting. */
export interface Waiting {
  /** Milliseconds. */
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** Waits for a moment of the clock, or until the signal aborts. */
export async function waitUntil(moment: number, { now, signal }: Waiting): Promise<void> {
  for (let wait = moment - now(); wait > 0 && signal?.aborted !== true; wait = moment - now()) {
    await sleep(Math.min(wait, LONGEST), undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}
