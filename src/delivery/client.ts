/** One HTTP client: a limit on time and size, no redirects, failures as values. */
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Agent } from 'undici';
import { causeOf } from './cause.ts';
import { createConnector, trackPending, type ClientOptions } from './connector.ts';
import type { SafeTarget } from './guard.ts';
import { ANSWER_LIMIT, slow } from './limits.ts';
import { bufferOf, type Delivery, type WireRequest, type WireResponse } from './request.ts';

/** For one exchange. */
export interface SendOptions {
  /** Milliseconds for the whole exchange: connecting, sending, and the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Client {
  readonly send: (target: SafeTarget, request: WireRequest, options: SendOptions) => Promise<Delivery>;
  readonly close: () => Promise<void>;
}

/** Opens a client. Connections are kept for the next delivery, as the platform keeps them. */
export function createClient(options: ClientOptions = {}): Client {
  const pools = new Map<string, Pool>();
  const poolFor = ({ privateOnly }: SafeTarget, { timeoutMs }: SendOptions): Pool => {
    const key = `${privateOnly} ${timeoutMs}`;
    const pool = pools.get(key) ?? createPool(options, { privateOnly, timeoutMs });
    pools.set(key, pool);
    return pool;
  };
  return {
    send: async (target, request, limits) => {
      const pool = poolFor(target, limits);
      pool.started++;
      const first = await exchange(pool.agent, target, { request, limits });
      return isStale(first, pool) ? exchange(pool.agent, target, { request, limits }) : first;
    },
    close: async () => {
      await Promise.all([...pools.values()].map(closePool));
    },
  };
}

/** Connections to one sort of target. */
interface Pool {
  readonly agent: Agent;
  readonly pending: ReadonlySet<Socket>;
  /** How many connections were opened, and how many exchanges were started. */
  opened: number;
  started: number;
}

/**
 * A kept connection that the server had closed meanwhile: no byte of an answer came, and connections are being used
 * again. The request goes out once more, as it would have on a new connection.
 */
function isStale(delivery: Delivery, { opened, started }: Pool): boolean {
  return (
    delivery.outcome === 'undelivered' &&
    delivery.cause === 'reset' &&
    delivery.answerBegan !== true &&
    opened < started
  );
}

async function closePool({ agent, pending }: Pool): Promise<void> {
  for (const socket of pending) socket.destroy();
  await agent.destroy();
}

interface PoolOptions {
  readonly privateOnly: boolean;
  readonly timeoutMs: number;
}

function createPool(options: ClientOptions, { privateOnly, timeoutMs }: PoolOptions): Pool {
  const { connect, pending } = trackPending(createConnector(options, { privateOnly, timeoutMs }));
  const agent = new Agent({
    connections: null, // as many as are in flight: waiting for one would count as the merchant’s time
    pipelining: 1,
    // Shorter than any server's own limit, so that a kept connection is seldom one that the server just closed.
    keepAliveTimeout: 1000,
    keepAliveMaxTimeout: 1000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (target, callback) => {
      pool.opened++;
      connect(target, callback);
    },
  });
  const pool: Pool = { agent, pending, opened: 0, started: 0 };
  return pool;
}

interface Exchange {
  readonly request: WireRequest;
  readonly limits: SendOptions;
}

async function exchange(agent: Agent, { url }: SafeTarget, { request, limits }: Exchange): Promise<Delivery> {
  const stop = new AbortController();
  const progress: Progress = { status: undefined };
  let timedOut = false as boolean;
  const timer = setTimeout(() => {
    timedOut = true;
    stop.abort();
  }, limits.timeoutMs);
  const abort = (): void => stop.abort();
  limits.signal?.addEventListener('abort', abort, { once: true });
  if (limits.signal?.aborted === true) abort();
  const started = performance.now();
  try {
    const sent = send(agent, url, { request, signal: stop.signal, progress });
    const response = await Promise.race([sent, whenAborted(stop.signal)]);
    return { outcome: 'answered', response, ms: performance.now() - started };
  } catch (error) {
    const ms = performance.now() - started;
    if (timedOut)
      return {
        outcome: 'undelivered',
        cause: 'timeout',
        detail: slow(limits.timeoutMs, progress.status),
        ms,
      };
    const answerBegan = progress.status !== undefined;
    return { outcome: 'undelivered', ...causeOf(error, stop.signal.aborted), ms, answerBegan };
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', abort);
  }
}

/** The client's own signal ends nothing before there is a connection. */
async function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(new Error('aborted'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

interface Progress {
  /** Of the answer, once its head came. */
  status: number | undefined;
}

interface Sending {
  readonly request: WireRequest;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

async function send(agent: Agent, url: URL, { request, signal, progress }: Sending): Promise<WireResponse> {
  const { method, headers, body } = request;
  const answer = await agent.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method,
    headers: headers.flat(),
    body: bufferOf(body),
    signal,
  });
  progress.status = answer.statusCode;
  const read = await readLimited(answer.body);
  return { status: answer.statusCode, headers: answer.headers, ...read };
}

async function readLimited(
  stream: AsyncIterable<unknown>,
): Promise<Pick<WireResponse, 'body' | 'truncated'>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > ANSWER_LIMIT)
      return { body: Buffer.concat(chunks).subarray(0, ANSWER_LIMIT), truncated: true };
  }
  return { body: Buffer.concat(chunks), truncated: false };
}
