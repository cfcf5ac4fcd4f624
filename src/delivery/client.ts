/** One HTTP client: a limit on time and size, no redirects, failures as values. */
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { performance } from 'node:perf_hooks';
import { rootCertificates } from 'node:tls';
import { Agent } from 'undici';
import { causeOf } from './cause.ts';
import { isPrivateAddress, type SafeTarget } from './guard.ts';
import type { Delivery, WireRequest, WireResponse } from './request.ts';

export interface ClientOptions {
  /** Certificate authority (PEM) to trust beside the system's. */
  readonly ca?: string | undefined;
  /** Do not verify TLS. */
  readonly insecure?: boolean | undefined;
}

/** For one exchange. */
export interface PostOptions {
  /** Milliseconds for the whole exchange: connecting, sending, and the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Client {
  readonly post: (target: SafeTarget, request: WireRequest, options: PostOptions) => Promise<Delivery>;
  readonly close: () => Promise<void>;
}

/** The longest answer that is read, in bytes. */
export const ANSWER_LIMIT = 1024 * 1024;

/** Opens a client. Connections are kept for the next delivery, as the platform keeps them. */
export function createClient(options: ClientOptions = {}): Client {
  const agents = new Map<boolean, Agent>();
  const agentFor = (privateOnly: boolean): Agent => {
    const agent = agents.get(privateOnly) ?? createAgent(options, privateOnly);
    agents.set(privateOnly, agent);
    return agent;
  };
  return {
    post: (target, request, limits) => exchange(agentFor(target.privateOnly), target, { request, limits }),
    close: async () => {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

function createAgent({ ca, insecure }: ClientOptions, privateOnly: boolean): Agent {
  return new Agent({
    connections: null, // as many as are in flight: waiting for one would count as the merchant’s time
    pipelining: 1,
    // Shorter than any server's own limit, so that a kept connection is never one that the server just closed.
    keepAliveTimeout: 1000,
    keepAliveMaxTimeout: 1000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      timeout: 0,
      rejectUnauthorized: insecure !== true,
      ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
      ...(privateOnly && { lookup: privateLookup }),
    },
  });
}

interface Exchange {
  readonly request: WireRequest;
  readonly limits: PostOptions;
}

async function exchange(agent: Agent, { url }: SafeTarget, { request, limits }: Exchange): Promise<Delivery> {
  const stop = new AbortController();
  const progress = { stage: 'not a byte of it came' };
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
    const response = await send(agent, url, { request, signal: stop.signal, progress });
    return { outcome: 'answered', response, ms: performance.now() - started };
  } catch (error) {
    const ms = performance.now() - started;
    if (timedOut)
      return { outcome: 'undelivered', cause: 'timeout', detail: slow(limits.timeoutMs, progress), ms };
    return { outcome: 'undelivered', ...causeOf(error, stop.signal.aborted), ms };
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', abort);
  }
}

function slow(limit: number, { stage }: { stage: string }): string {
  return `no complete answer within ${limit} ms (${stage})`;
}

interface Sending {
  readonly request: WireRequest;
  readonly signal: AbortSignal;
  readonly progress: { stage: string };
}

async function send(agent: Agent, url: URL, { request, signal, progress }: Sending): Promise<WireResponse> {
  const { method, headers, body } = request;
  const answer = await agent.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: method,
    headers: headers.flat(),
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    signal,
  });
  progress.stage = `HTTP ${answer.statusCode} came, its body did not end`;
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

/** Resolves a name to its private addresses only: what the guard saw is what is connected to. */
const privateLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      callback(error, '');
      return;
    }
    const allowed = addresses.filter(({ address }) => isPrivateAddress(address));
    const [first] = allowed;
    if (!first)
      callback(
        Object.assign(new Error(`${hostname} is no private address any more`), { code: 'ENOTFOUND' }),
        '',
      );
    else if (options.all === true) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};
