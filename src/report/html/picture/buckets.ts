/** How many deliveries took how long, in buckets that grow with the time: a bounded number of them. */

export interface Buckets {
  /** Counts one, in milliseconds. */
  readonly add: (ms: number) => void;
  /** How many were counted. */
  readonly total: () => number;
  /** So many buckets at most, of the finest sort for which that is enough; `null` when nothing was counted. */
  readonly read: (most: number) => Distribution | null;
}

export interface Distribution {
  /** How many there are in each bucket, without gaps. */
  readonly counts: readonly number[];
  /** Where a time is, from 0 at the left edge of the first bucket to 1 at the right edge of the last. */
  readonly place: (ms: number) => number;
  /** The time at the left edge of a bucket. */
  readonly edge: (index: number) => number;
}

/** The finest buckets: so many between 1 ms and 10 ms. */
const FINEST = 24;
/** How many of them make a bucket. */
const SIZES: readonly number[] = [1, 2, 4, 8, 24];
/** Fewer look like no distribution. */
const LEAST = 12;
/** Shorter is not told apart, in milliseconds. */
const SHORTEST = 0.01;

/** Starts counting. */
export function createBuckets(): Buckets {
  const fine = new Map<number, number>();
  let total = 0;
  return {
    add: (ms) => {
      const index = Math.floor(position(ms));
      fine.set(index, (fine.get(index) ?? 0) + 1);
      total++;
    },
    total: () => total,
    read: (most) => (total === 0 ? null : distribute(fine, most)),
  };
}

/** In buckets of the finest sort, from 1 ms. */
function position(ms: number): number {
  return Math.log10(Math.max(SHORTEST, ms)) * FINEST + 1e-9; // so that 10 ms is not below 10 ms
}

function distribute(fine: ReadonlyMap<number, number>, most: number): Distribution {
  const indexes = [...fine.keys()];
  const [low, high] = [Math.min(...indexes), Math.max(...indexes)];
  const span = (size: number): number => Math.floor(high / size) - Math.floor(low / size) + 3;
  const size = SIZES.find((each) => span(each) <= most) ?? FINEST;
  const missing = Math.max(0, LEAST - span(size));
  const from = Math.floor(low / size) - 1 - Math.floor(missing / 2);
  const length = span(size) + missing;
  const counts = Array.from({ length }, () => 0);
  for (const [index, count] of fine) {
    const bucket = Math.floor(index / size) - from;
    counts[bucket] = (counts[bucket] ?? 0) + count;
  }
  return {
    counts,
    place: (ms) => Math.min(1, Math.max(0, (position(ms) / size - from) / length)),
    edge: (index) => 10 ** (((from + index) * size) / FINEST),
  };
}
