/** Counts and latencies of a run, in memory that does not grow with its length. */
import type { DeliveryFacts, Summary } from './events.ts';
import { createLatency } from './latency.ts';

export interface Tally {
  /** So many will be sent if nothing stops them. */
  readonly plan: (count: number) => void;
  /** One was sent; `ms` counts only when it was answered. */
  readonly add: (ack: DeliveryFacts['ack'], ms: number) => void;
  readonly skip: () => void;
  readonly summary: () => Summary;
}

/** Starts counting; `total` counts the same. */
export function createTally(total?: Tally): Tally {
  const latency = createLatency();
  const acks: Record<string, number> = {};
  const began = performance.now();
  let planned = 0;
  let sent = 0;
  let undelivered = 0;
  let skipped = 0;
  return {
    plan: (count) => {
      total?.plan(count);
      planned += count;
    },
    add: (ack, ms) => {
      total?.add(ack, ms);
      sent++;
      if (ack === null) {
        undelivered++;
        return;
      }
      acks[ack] = (acks[ack] ?? 0) + 1;
      latency.record(ms);
    },
    skip: () => {
      total?.skip();
      skipped++;
    },
    summary: () => ({
      sent,
      undelivered,
      unsent: planned - sent,
      skipped,
      duration_ms: Math.round(performance.now() - began),
      acks: { ...acks },
      latency_ms: latency.read(),
    }),
  };
}
