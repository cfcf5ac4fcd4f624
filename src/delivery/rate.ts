/** Clients that behave: so many requests a second and no more, and none on a connection that something hostile was sent on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import type { Client } from './client.ts';

/** The client, slowed down; a race takes the time of all its copies, and is then one instant. */
export function withRate(client: Client, perSecond: number): Client {
  const every = 1000 / perSecond;
  let next = performance.now();
  const turn = async (requests: number): Promise<void> => {
    const now = performance.now();
    const mine = Math.max(now, next);
    next = mine + every * requests;
    if (mine > now) await sleep(mine - now);
  };
  return {
    ...client,
    send: async (target, request, options) => {
      await turn(1);
      return client.send(target, request, options);
    },
    race: async (wanted) => {
      await turn(wanted.requests.length);
      return client.race(wanted);
    },
  };
}

/** The client, with a connection for each request: what a hostile one leaves behind on its own harms no other. */
export function withOwnConnections(client: Client): Client {
  return {
    ...client,
    send: async (target, request, options) => client.send(target, request, { ...options, repeatable: false }),
  };
}
