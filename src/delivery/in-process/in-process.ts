/** A client without a network: requests go to a function, which hands them to a handler in the same process. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { causeOf } from '../cause.ts';
import type { Client } from '../client.ts';
import type { SafeTarget } from '../guard.ts';
import type { Deliver } from './handed.ts';
import { handedRequest, readHanded } from './read-handed.ts';
import { slow } from '../limits.ts';
import type { Load, LoadEnd } from '../load.ts';
import type { Delivery, WireRequest } from '../request.ts';
import { startWatch, type Limits, type Watch } from '../watch.ts';

/** Makes a client of a function. A race and a load are calls of it at once. */
export function createInProcess(deliver: Deliver): Client {
  const send: Client['send'] = async ({ url }, request, limits) =>
    handOver(deliver, { url, request, limits });
  return {
    send,
    race: async ({ target, requests, ...limits }) =>
      Promise.all(requests.map(async (request) => send(target, request, limits))),
    load: async (wanted) => runLoad(send, wanted),
    close: async () => Promise.resolve(),
  };
}

interface Handing {
  readonly url: URL;
  readonly request: WireRequest;
  readonly limits: Limits;
}

async function handOver(deliver: Deliver, { url, request, limits }: Handing): Promise<Delivery> {
  const watch = startWatch(limits);
  try {
    if (watch.signal.aborted) return unanswered(watch);
    const handed = handedRequest(url, request, watch.signal);
    const answered = Promise.resolve()
      .then(async () => deliver(handed))
      .then(readHanded);
    const response = await Promise.race([answered, ended(watch.signal)]);
    const ms = watch.ms();
    if (response === undefined) return unanswered(watch);
    return typeof response === 'string'
      ? { outcome: 'undelivered', cause: 'protocol', detail: response, ms }
      : { outcome: 'answered', response, ms };
  } catch (error) {
    const detail = `deliver threw: ${thrown(error)}`;
    return { outcome: 'undelivered', cause: 'reset', detail, ms: watch.ms() };
  } finally {
    watch.stop();
  }
}

/** Anything can be thrown: what has no message, and what is no text. */
function thrown(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  try {
    return String(error);
  } catch {
    return 'something that is no text';
  }
}

/** The answer is not waited for any more. */
async function ended(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const end = (): void => resolve(undefined);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

function unanswered(watch: Watch): Delivery {
  const ms = watch.ms();
  if (!watch.expired()) return { outcome: 'undelivered', ...causeOf(undefined, true), ms };
  return { outcome: 'undelivered', cause: 'timeout', detail: slow(watch.timeoutMs, watch.stage), ms };
}

async function runLoad<Verdict>(send: Client['send'], wanted: Load<Verdict>): Promise<LoadEnd> {
  const { target, times, connections, timeoutMs, signal } = wanted;
  let sent = 0;
  const worker = async (): Promise<void> => {
    while (sent < times && !signal.aborted) {
      const later = wanted.ready?.();
      if (later) {
        await later;
        continue;
      }
      const attempt = ++sent;
      await one(send, attempt, { ...wanted, target, timeoutMs });
      await nextTurn(); // a handler that never waits would leave timers, and whoever interrupts, no turn
    }
  };
  await Promise.all(Array.from({ length: Math.min(connections, times) }, worker));
  return { sent, ended: signal.aborted ? 'aborted' : 'done', resent: 0, unopened: 0 };
}

async function one<Verdict>(
  send: Client['send'],
  attempt: number,
  { target, timeoutMs, signal, request, read, answered, lost }: Load<Verdict> & { target: SafeTarget },
): Promise<void> {
  const delivery = await send(target, request(attempt), { timeoutMs, signal });
  if (delivery.outcome === 'undelivered') lost(attempt, delivery);
  else answered(attempt, read(delivery.response), delivery.ms);
}
