/** Making things ahead of their use. */

/** So many at once. */
const BATCH = 64;

/**
 * Makes the same things in the same order, many in a row: what makes them then stays in the processor's caches, which
 * sending and receiving push it out of.
 */
export function ahead<Thing>(make: () => Thing): () => Thing {
  let batch: Thing[] = [];
  return () => {
    const ready = batch.pop();
    if (ready !== undefined) return ready;
    batch = Array.from({ length: BATCH }, make).reverse();
    return batch.pop() ?? make();
  };
}
