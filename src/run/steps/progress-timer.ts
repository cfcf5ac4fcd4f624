/** Says a few times a second how far a load is. */
import type { RunEvent } from '../events.ts';
import type { Tally } from '../tally.ts';

export interface ProgressTimer {
  /** One more has ended, as expected or not. */
  readonly add: (ok: boolean) => void;
  readonly stop: () => void;
}

export interface Telling {
  readonly of: number;
  readonly tally: Tally;
  readonly emit: (event: RunEvent) => void;
}

/** Between two reports, in milliseconds. */
const EVERY = 200;

/** Starts reporting. */
export function createProgressTimer({ of, tally, emit }: Telling): ProgressTimer {
  const began = performance.now();
  let done = 0;
  let failed = 0;
  const timer = setInterval(() => {
    const rate = Math.round((done * 1000) / (performance.now() - began));
    const { acks, latency_ms } = tally.summary();
    emit({ type: 'progress', done, of, failed, rate, acks, latency_ms });
  }, EVERY);
  return {
    add: (ok) => {
      done++;
      if (!ok) failed++;
    },
    stop: () => clearInterval(timer),
  };
}
