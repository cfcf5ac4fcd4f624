/** So many at once, in order; what must be alone is. */

export interface Task {
  /** Whether nothing else may run at the same time. */
  readonly alone: boolean;
  readonly run: () => Promise<void>;
}

/** Runs all tasks, `workers` of them at once. Those before one that is alone end first, those after it wait. */
export async function inParallel(tasks: readonly Task[], workers: number): Promise<void> {
  const active = new Set<Promise<void>>();
  for (const { alone, run } of tasks) {
    while (active.size >= (alone ? 1 : workers)) await Promise.race(active);
    const running: Promise<void> = run().finally(() => active.delete(running));
    active.add(running);
    if (alone) await running;
  }
  await Promise.all(active);
}
