/** Whether somebody accepts connections at a target: asked before a suite, and when nobody answers in the middle of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { causeOf } from './cause.ts';
import { createConnector, type ClientOptions } from './connector.ts';
import { hostOf, type SafeTarget } from './guard.ts';
import type { Cause } from './request.ts';

export interface Patience {
  /** How long to try, in milliseconds; once at least. */
  readonly forMs: number;
  readonly signal: AbortSignal;
  /** Told before each further attempt, with what went wrong and how long it has been, in milliseconds. */
  readonly onRetry?: (detail: string, ms: number) => void;
}

/** Why nobody can be connected to. */
export interface Unreachable {
  readonly cause: Cause;
  readonly detail: string;
}

/** The time between two attempts, and how long one may take, in milliseconds. */
const PAUSE = 100;
const ATTEMPT = 5000;

/** Tries until somebody accepts a connection, TLS included: `undefined`, or why nobody did. Sends nothing. */
export async function reach(
  options: ClientOptions,
  target: SafeTarget,
  { forMs, signal, onRetry }: Patience,
): Promise<Unreachable | undefined> {
  const began = performance.now();
  for (;;) {
    const left = began + forMs - performance.now();
    const timeoutMs = forMs === 0 ? ATTEMPT : Math.min(ATTEMPT, Math.max(left, PAUSE));
    const wrong = await connectOnce(options, target, { timeoutMs, signal });
    const ms = performance.now() - began;
    if (wrong === undefined || ms >= forMs || signal.aborted) return wrong;
    onRetry?.(wrong.detail, ms);
    await sleep(Math.min(PAUSE, forMs - ms), undefined, { signal }).catch(() => undefined);
  }
}

interface Attempt {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

async function connectOnce(
  options: ClientOptions,
  { url, privateOnly }: SafeTarget,
  { timeoutMs, signal }: Attempt,
): Promise<Unreachable | undefined> {
  const connect = createConnector(options, { privateOnly, timeoutMs });
  return new Promise((resolve) => {
    const { protocol, port, host } = url;
    const abort = (): void => {
      socket?.destroy();
      resolve({ cause: 'aborted', detail: 'interrupted' });
    };
    const socket = connect({ hostname: hostOf(url), host, protocol, port }, (error, connected) => {
      signal.removeEventListener('abort', abort);
      connected?.destroy();
      resolve(error ? causeOf(error, false) : undefined);
    });
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}
