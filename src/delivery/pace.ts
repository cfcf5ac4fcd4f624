/** When copies start: so many at once, so far apart. */
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
  const began = Date.now();
  const stopped = (): boolean => pace.signal?.aborted ?? false;
  const worker = async (): Promise<void> => {
    while (next <= pace.times && !stopped()) {
      const attempt = next++;
      const start = (attempt - 1) * pace.everyMs + (pace.jitter?.(attempt) ?? 0);
      if (start > 0) await waitUntil(began + start, pace.signal);
      if (!stopped()) await job(attempt);
    }
  };
  const workers = Math.min(pace.concurrency, pace.times);
  await Promise.all(Array.from({ length: workers }, worker));
}

/** A timer cannot wait longer, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** Waits for a moment, or until the signal aborts. */
export async function waitUntil(moment: number, signal?: AbortSignal): Promise<void> {
  for (let wait = moment - Date.now(); wait > 0 && signal?.aborted !== true; wait = moment - Date.now()) {
    await sleep(Math.min(wait, LONGEST), undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}
