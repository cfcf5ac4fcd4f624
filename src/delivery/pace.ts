/** When copies start: so many at once, so far apart. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  readonly times: number;
  /** How many at once. */
  readonly concurrency: number;
  /** Milliseconds between the starts of two copies. */
  readonly everyMs: number;
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
      await until(began + (attempt - 1) * pace.everyMs, pace);
      if (!stopped()) await job(attempt);
    }
  };
  const workers = Math.min(pace.concurrency, pace.times);
  await Promise.all(Array.from({ length: workers }, worker));
}

async function until(moment: number, { everyMs, signal }: Pace): Promise<void> {
  const wait = moment - Date.now();
  if (everyMs === 0 || wait <= 0) return;
  await sleep(wait, undefined, signal ? { signal } : {}).catch(() => undefined);
}
