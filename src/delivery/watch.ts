/** What ends an exchange before its answer has come: the limit on time, or the user. */
import { performance } from 'node:perf_hooks';

/** For one exchange. */
export interface Limits {
  /** Milliseconds for the whole exchange: connecting, sending, and the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Time that runs out. */
export interface Watch {
  readonly timeoutMs: number;
  /** Aborts when the time is up, and when the user does. */
  readonly signal: AbortSignal;
  /** What has become of the exchange, for the message when the time is up. */
  stage: string;
  /** Whether the time was up. */
  readonly expired: () => boolean;
  /** Milliseconds since the start, or the restart. */
  readonly ms: () => number;
  /** The other side is not waited for: no time runs out. */
  readonly pause: () => void;
  /** The whole time again, from a moment of `performance.now()` on. */
  readonly restart: (from: number) => void;
  /** The exchange is over. */
  readonly stop: () => void;
}

/** Starts the time of one exchange. */
export function startWatch({ timeoutMs, signal }: Limits): Watch {
  const ending = new AbortController();
  const abort = (): void => ending.abort();
  let began = performance.now();
  let expired = false;
  let stopped = false;
  const start = (): NodeJS.Timeout =>
    setTimeout(() => {
      expired = true;
      abort();
    }, timeoutMs);
  let timer = start();
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  const pause = (): void => clearTimeout(timer);
  return {
    timeoutMs,
    signal: ending.signal,
    stage: 'it did not begin',
    expired: () => expired,
    ms: () => performance.now() - began,
    pause,
    restart: (from) => {
      if (stopped) return;
      pause();
      began = from;
      timer = start();
    },
    stop: () => {
      stopped = true;
      pause();
      signal?.removeEventListener('abort', abort);
    },
  };
}
