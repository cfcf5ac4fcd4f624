/** Signing ahead of sending: RSA takes longer than sending does, and other threads can do it. */
import type { Copy } from '../sendable.ts';

/** So many more than connections are under way: as many as Node has threads for it. */
const MORE = 4;
/** However many connections there are, no more than so many. */
const MOST = 64;

/** Copies that are being signed: a bounded number of them, taken in their order. */
export interface SigningAhead {
  /** When the next copy is signed; `undefined` when it is. */
  readonly ready: () => Promise<void> | undefined;
  /** The next copy. Never before it is ready. */
  readonly take: () => Copy;
}

/**
 * Signs copies ahead. What was signed long before it is sent is refused as old, so that as few are as keep every
 * connection busy.
 *
 * @param wanted so many copies; the first is there, `make` begins each of the others
 */
export function signAhead({ first, make, times, connections }: Wanted): SigningAhead {
  const most = Math.min(connections + MORE, MOST);
  const queue: Slot[] = [{ copy: first, signed: Promise.resolve() }];
  let left = times - 1;
  const begin = (): void => {
    for (; left > 0 && queue.length < most; left--) queue.push(startSlot(make()));
  };
  return {
    ready: () => {
      begin();
      const [next] = queue;
      return next && !next.copy ? next.signed : undefined;
    },
    take: () => {
      const { copy } = queue.shift() ?? {};
      if (!copy) throw new Error('a copy was taken before it was signed');
      begin();
      return copy;
    },
  };
}

interface Wanted {
  readonly first: Copy;
  readonly make: () => Promise<Copy>;
  readonly times: number;
  readonly connections: number;
}

interface Slot {
  readonly signed: Promise<void>;
  copy: Copy | undefined;
}

function startSlot(making: Promise<Copy>): Slot {
  const signed = making.then((copy) => {
    slot.copy = copy;
  });
  signed.catch(() => undefined); // whoever waits for it is told
  const slot: Slot = { signed, copy: undefined };
  return slot;
}
