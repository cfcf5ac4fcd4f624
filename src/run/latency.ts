/** How long answers took: a histogram of a fixed size, however many there are. */
import { createHistogram } from 'node:perf_hooks';
import type { Latency } from './events.ts';

export interface LatencyRecord {
  /** Milliseconds. */
  readonly record: (ms: number) => void;
  /** `null` when nothing was recorded. */
  readonly read: () => Latency | null;
}

/** Starts a record. */
export function createLatency(): LatencyRecord {
  const histogram = createHistogram({ figures: 3 });
  let min = Infinity;
  let max = -Infinity;
  return {
    record: (ms) => {
      if (ms < min) min = ms;
      if (ms > max) max = ms;
      histogram.record(Math.max(1, Math.round(ms * 1000)));
    },
    read: () => {
      if (max < min) return null;
      // the histogram keeps three digits: a percentile may be rounded past the extremes, which are exact
      const at = (percent: number): number =>
        round(Math.min(max, Math.max(min, histogram.percentile(percent) / 1000)));
      return { min: round(min), p50: at(50), p90: at(90), p99: at(99), max: round(max) };
    },
  };
}

/** Milliseconds with two digits. */
function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
