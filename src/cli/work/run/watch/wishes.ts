/** What is asked for while scenarios run or wait: by a key, or by a file that changed. */

export type Wish =
  | { readonly what: 'again' | 'all' | 'failed' | 'quit' }
  /** Absolute paths. */
  | { readonly what: 'changed'; readonly files: readonly string[] }
  /** Only those whose name, or whose file, matches. */
  | { readonly what: 'name' | 'file'; readonly matches: RegExp };

export interface Wishes {
  readonly add: (wish: Wish) => void;
  /** The next; changes that came in the meantime are one. A quit goes before all others. */
  readonly next: () => Promise<Wish>;
  /** Aborts as soon as somebody quits. */
  readonly quit: AbortSignal;
}

/** An editor writes a file in several steps; so long is waited for the last, in milliseconds. */
const SETTLE = 60;

/** Starts collecting. */
export function createWishes(interrupted: AbortSignal): Wishes {
  const waiting: Wish[] = [];
  const quit = new AbortController();
  let wake: (() => void) | undefined;
  const add = (wish: Wish): void => {
    waiting.push(wish);
    if (wish.what === 'quit') quit.abort();
    wake?.();
  };
  interrupted.addEventListener('abort', () => add({ what: 'quit' }), { once: true });
  if (interrupted.aborted) add({ what: 'quit' });
  const isThere = async (): Promise<void> => {
    if (waiting.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  return {
    add,
    quit: quit.signal,
    next: async () => {
      await isThere();
      if (waiting[0]?.what === 'changed') await new Promise((resolve) => setTimeout(resolve, SETTLE));
      return takeFirst(waiting);
    },
  };
}

function takeFirst(waiting: Wish[]): Wish {
  if (waiting.some(({ what }) => what === 'quit')) return { what: 'quit' };
  const first = waiting.shift() ?? { what: 'again' };
  if (first.what !== 'changed') return first;
  const changes = waiting.filter((wish) => wish.what === 'changed');
  const others = waiting.filter((wish) => wish.what !== 'changed');
  waiting.splice(0, waiting.length, ...others);
  return { what: 'changed', files: [...new Set([first, ...changes].flatMap(({ files }) => files))] };
}
