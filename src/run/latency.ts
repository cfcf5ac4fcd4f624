/** How long answers took: exact for a few, and a histogram of a fixed size for however many there are. */
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Latency } from './events.ts';

export interface LatencyRecord {
  /** Milliseconds. */
  readonly record: (ms: number) => void;
  /** `null` when nothing was recorded. */
  readonly read: () => Latency | null;
}

/** Up to so many are kept: most scenarios send few, and a histogram is large. */
const FEW = 32;

/** Starts a record. */
export function createLatency(): LatencyRecord {
  const few: number[] = [];
  let histogram: RecordableHistogram | undefined;
  let min = Infinity;
  let max = -Infinity;
  return {
    record: (ms) => {
      if (ms < min) min = ms;
      if (ms > max) max = ms;
      if (histogram) note(histogram, ms);
      else if (few.push(ms) > FEW) histogram = histogramOf(few.splice(0));
    },
    read: () => {
      if (max < min) return null;
      const sorted = [...few].sort((a, b) => a - b);
      // the histogram keeps three digits: a percentile may be rounded past the extremes, which are exact
      const at = (percent: number): number =>
        round(
          histogram
            ? Math.min(max, Math.max(min, histogram.percentile(percent) / 1000))
            : rank(sorted, percent),
        );
      return { min: round(min), p50: at(50), p90: at(90), p99: at(99), max: round(max) };
    },
  };
}

function histogramOf(all: readonly number[]): RecordableHistogram {
  const histogram = createHistogram({ figures: 3 });
  for (const ms of all) note(histogram, ms);
  return histogram;
}

function note(histogram: RecordableHistogram, ms: number): void {
  histogram.record(Math.max(1, Math.round(ms * 1000)));
}

/** The smallest that so many percent are not above. */
function rank(sorted: readonly number[], percent: number): number {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0;
}

/** Milliseconds with two digits. */
function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
