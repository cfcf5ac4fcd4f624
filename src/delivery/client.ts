/** The HTTP client: connections are kept for one delivery after another, and one that went stale is replaced. */
import type { Socket } from 'node:net';
import { Agent } from 'undici';
import { createConnector, trackPending, type ClientOptions } from './connector.ts';
import { exchange, HTTP } from './exchange.ts';
import type { SafeTarget } from './guard.ts';
import { STALE_MS } from './limits.ts';
import { load, type Load, type LoadEnd } from './load.ts';
import { race, type Race } from './race.ts';
import type { Delivery, WireRequest } from './request.ts';
import { startWatch, type Limits } from './watch.ts';

/** For one exchange. */
export interface SendOptions extends Limits {
  /** Whether it may be sent twice, as a notification may; otherwise it gets a connection of its own. */
  readonly repeatable?: boolean;
}

/** What carries requests and brings answers back: a network, or a function of somebody’s. */
export interface Client {
  readonly send: (target: SafeTarget, request: WireRequest, options: SendOptions) => Promise<Delivery>;
  /** Sends all requests so that they complete at the same instant. */
  readonly race: (wanted: Race) => Promise<readonly Delivery[]>;
  /** Sends very many, so many at once. */
  readonly load: <Verdict>(wanted: Load<Verdict>) => Promise<LoadEnd>;
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
      if (limits.repeatable === false) return sendAlone(options, target, { request, limits });
      const pool = poolFor(target, limits);
      pool.started++;
      if (pool.distrusted) return sendAlone(options, target, { request, limits });
      const first = await exchange(pool.agent, target, { request, watch: startWatch(limits) });
      if (!isStale(first, pool)) return first;
      pool.distrusted = true;
      const left = { ...limits, timeoutMs: Math.max(1, limits.timeoutMs - first.ms) };
      const second = await sendAlone(options, target, { request, limits: left });
      return second.outcome === 'answered' ? { ...second, resent: true } : first;
    },
    race: async (wanted) => race(options, wanted),
    load: async (wanted) => load(options, wanted),
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
  /** The server closes kept connections without a word: none is used again, so that a reset has one meaning. */
  distrusted: boolean;
}

/**
 * A kept connection that the server was closing as the request went out: no byte of an answer came, connections are
 * being used again, and it was over soon. It is sent once more, and the report says so; from then on no connection is
 * used twice, and a reset is the server's own, with the request in its hands.
 */
function isStale(delivery: Delivery, { opened, started }: Pool): boolean {
  return (
    delivery.outcome === 'undelivered' &&
    delivery.cause === 'reset' &&
    delivery.answerBegan !== true &&
    delivery.ms <= STALE_MS &&
    opened < started
  );
}

interface Sending {
  readonly request: WireRequest;
  readonly limits: SendOptions;
}

/** Sends on a connection that nobody used before, and nobody will again. */
async function sendAlone(
  options: ClientOptions,
  target: SafeTarget,
  { request, limits }: Sending,
): Promise<Delivery> {
  const { privateOnly } = target;
  const pool = createPool(options, { privateOnly, timeoutMs: limits.timeoutMs });
  const delivery = await exchange(pool.agent, target, { request, watch: startWatch(limits) });
  await closePool(pool);
  return delivery;
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
    ...HTTP,
    // Shorter than any server's own limit, so that a kept connection is seldom one that the server just closed.
    keepAliveTimeout: 1000,
    keepAliveMaxTimeout: 1000,
    connect: (target, callback) => {
      pool.opened++;
      connect(target, callback);
    },
  });
  const pool: Pool = { agent, pending, opened: 0, started: 0, distrusted: false };
  return pool;
}
