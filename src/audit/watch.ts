/** Watches an order in the looks of one flow: what must be booked is waited for. */
import { stateOf } from './order-state.ts';
import type { StateFacts } from './result.ts';
import type { Until } from '../scenario/scenario.ts';

export interface Watch {
  /** Remembers what is seen. */
  readonly note: Until;
  /** Whether a payment shows that was not there in what was remembered last; what is seen is then remembered. */
  readonly paid: Until;
  /** The same of a refund. */
  readonly refunded: Until;
}

/** Begins to watch. */
export function createWatch(): Watch {
  let known: StateFacts | undefined;
  const note: Until = (captured) => {
    known = stateOf(captured);
    return true;
  };
  const changed =
    (count: 'paid_count' | 'refunded'): Until =>
    (captured) => {
      const now = stateOf(captured);
      if (!known || !now) return true; // nothing can be waited for
      // a status may come before the books, which are what counts
      const name = now[count] === undefined ? 'status' : count;
      return (now[name] === undefined || known[name] !== now[name]) && note(captured);
    };
  return { note, paid: changed('paid_count'), refunded: changed('refunded') };
}

/** How long a look took, from its first try to the one that showed what was waited for, in milliseconds. */
export function patienceOf({
  tries,
  duration_ms,
}: {
  readonly tries: number;
  readonly duration_ms: number;
}): number {
  const waited = [0, 20, 70, 170, 370][tries - 1] ?? 370 + 500 * (tries - 5);
  return waited + duration_ms;
}
