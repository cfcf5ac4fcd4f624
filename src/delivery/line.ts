/** Who waits for something that is made ready again and again: whoever came first has it first. */

/** What is waited for, and by whom. */
export interface Line<Waiter> {
  /** When it is ready; `undefined` when it is now. Without, it always is. */
  readonly ready: (() => Promise<void> | undefined) | undefined;
  /** It is ready for this one. */
  readonly serve: (waiter: Waiter) => void;
  /** It will not be ready, or who was served threw. */
  readonly failed: (error: unknown) => void;
}

/** Tells whether somebody has to wait; who has is served later. */
export function createLine<Waiter>({ ready, serve, failed }: Line<Waiter>): (waiter: Waiter) => boolean {
  const waiting: Waiter[] = [];
  const serveAfter = (later: Promise<void>): void => void later.then(serveAll).catch(failed);
  const serveAll = (): void => {
    while (waiting.length > 0) {
      const later = ready?.();
      if (later) {
        serveAfter(later);
        return;
      }
      waiting.splice(0, 1).forEach(serve);
    }
  };
  return (waiter) => {
    const later = ready?.();
    if (!later) return false;
    waiting.push(waiter);
    if (waiting.length === 1) serveAfter(later); // who comes first brings the others their turn
    return true;
  };
}
