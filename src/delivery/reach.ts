/** Whether somebody accepts connections at a target: asked before a suite, and when nobody answers in the middle of it. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { causeOf } from './cause.ts';
import { privateLookup } from './connector.ts';
import { hostOf, type SafeTarget } from './guard.ts';

export interface Patience {
  /** How long to try, in milliseconds; once at least. */
  readonly forMs: number;
  readonly signal: AbortSignal;
  /** Told before each further attempt, with what went wrong and how long it has been, in milliseconds. */
  readonly onRetry?: (detail: string, ms: number) => void;
}

/** The time between two attempts, and how long one may take, in milliseconds. */
const PAUSE = 100;
const ATTEMPT = 5000;

/** Tries until somebody accepts a connection: `undefined`, or why nobody did. Sends nothing. */
export async function reach(
  target: SafeTarget,
  { forMs, signal, onRetry }: Patience,
): Promise<string | undefined> {
  const began = performance.now();
  for (;;) {
    const left = began + forMs - performance.now();
    const wrong = await connectOnce(target, Math.min(ATTEMPT, Math.max(left, PAUSE)), signal);
    const ms = performance.now() - began;
    if (wrong === undefined || ms >= forMs || signal.aborted) return wrong;
    onRetry?.(wrong, ms);
    await sleep(Math.min(PAUSE, forMs - ms), undefined, { signal }).catch(() => undefined);
  }
}

async function connectOnce(
  { url, privateOnly }: SafeTarget,
  timeout: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const socket = connect({ host: hostOf(url), port, ...(privateOnly && { lookup: privateLookup }) });
  const wrong = await outcomeOf(socket, timeout, signal);
  socket.destroy();
  return wrong;
}

async function outcomeOf(socket: Socket, timeout: number, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const abort = (): void => resolve('interrupted');
    signal.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => resolve(undefined));
    socket.once('error', (error) => resolve(causeOf(error, false).detail));
    socket.setTimeout(timeout, () => resolve(`no connection within ${Math.ceil(timeout)} ms`));
    socket.once('close', () => signal.removeEventListener('abort', abort));
  });
}
