/** Counts and latencies of a run, in memory that does not grow with its length. */
import { createHistogram } from 'node:perf_hooks';
import type { DeliveryFacts, Summary } from './events.ts';

export interface Tally {
  readonly add: (delivery: DeliveryFacts) => void;
  readonly skip: () => void;
  readonly summary: () => Summary;
}

/** Starts counting. */
export function createTally(): Tally {
  const latency = createHistogram({ figures: 3 });
  const acks: Record<string, number> = {};
  let sent = 0;
  let undelivered = 0;
  let skipped = 0;
  let min = Infinity;
  let max = 0;
  return {
    add: ({ ack, duration_ms }) => {
      sent++;
      if (ack === null) {
        undelivered++;
        return;
      }
      acks[ack] = (acks[ack] ?? 0) + 1;
      min = Math.min(min, duration_ms);
      max = Math.max(max, duration_ms);
      latency.record(Math.max(1, Math.round(duration_ms * 1000)));
    },
    skip: () => {
      skipped++;
    },
    summary: () => ({
      sent,
      undelivered,
      skipped,
      acks: { ...acks },
      latency_ms: sent > undelivered ? read() : null,
    }),
  };
  function read(): NonNullable<Summary['latency_ms']> {
    // the histogram keeps three digits: a percentile may be rounded past the extremes, which are exact
    const ms = (percent: number): number => {
      const rounded = Math.round(latency.percentile(percent) / 10) / 100;
      return Math.min(max, Math.max(min, rounded));
    };
    return {
      min,
      p50: ms(50),
      p90: ms(90),
      p99: ms(99),
      max,
    };
  }
}
