/** Last-byte synchronisation: copies that are complete at the server at the same instant. */
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { createConnector, type ClientOptions, type Connector } from './connector.ts';
import { exchange, HTTP } from './exchange.ts';
import type { SafeTarget } from './guard.ts';
import type { Delivery, WireRequest } from './request.ts';
import { startWatch, type Limits, type Watch } from './watch.ts';

/** Requests that are to be complete at the same instant. */
export interface Race {
  readonly target: SafeTarget;
  readonly requests: readonly WireRequest[];
  /** Milliseconds to connect and to send all but the end, and as many again to answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends each request on a connection of its own, without its last bytes; once every copy has come so far or has
 * failed, the last bytes of all. Resolves with what came of each, in the order of the requests. The time of an answer
 * counts from the last byte of its request, and is 0 for an answer that did not wait for it.
 *
 * A body of no byte or one leaves nothing to send before: such a request goes out as a whole, on the open connection.
 */
export async function race(
  options: ClientOptions,
  { target, requests, ...limits }: Race,
): Promise<readonly Delivery[]> {
  const { privateOnly } = target;
  const connect = createConnector(options, { privateOnly, timeoutMs: limits.timeoutMs });
  const rounds = roundsFor(requests.length);
  const copies = requests.map((request) => openCopy(request, { target, limits, connect, rounds }));
  const deliveries = Promise.all(copies.map(async (copy) => deliver(copy, target)));
  await gather(copies, limits);
  release(copies, rounds);
  return deliveries;
}

/** Writes after which a server no longer takes turns with the writer, found by `bench/race.mjs`. */
const RUN_UP = 240;

/**
 * How many bytes of each request are held back. They are written one a round, to all copies in turn, and the last
 * round is what counts. The others are a run-up: a sleeping server is woken by the first byte, reads it, and sleeps
 * again while the second is being written, so that last bytes alone would trickle in. After a run-up the server is
 * behind, and finds all of them at once.
 */
function roundsFor(copies: number): number {
  return Math.min(Math.max(Math.ceil(RUN_UP / Math.max(copies, 1)), 3), 16);
}

/** One request on its way. */
interface Copy {
  readonly request: WireRequest;
  readonly stream: Readable;
  /** What is held back: a byte for each round, counted from the last. */
  readonly end: readonly Buffer[];
  readonly line: Line;
  readonly watch: Watch;
  state: 'opening' | 'waiting' | 'released' | 'over';
}

interface Opening {
  readonly target: SafeTarget;
  readonly limits: Limits;
  readonly connect: Connector;
  readonly rounds: number;
}

function openCopy(request: WireRequest, { target, limits, connect, rounds }: Opening): Copy {
  const { headers, body } = request;
  const { start, end } = cut(body, rounds);
  const stream = new Readable({ read: () => undefined });
  if (start.length > 0) stream.push(start);
  const watch = startWatch(limits);
  watch.stage = 'there was no connection';
  return {
    request: { ...request, headers: withLength(headers, body.byteLength) },
    stream,
    end,
    line: openLine(target.url.origin, connect),
    watch,
    state: 'opening',
  };
}

/** The head is written with the first bytes of the body: there must be some before the end. */
function cut(body: Uint8Array, rounds: number): { start: Buffer; end: readonly Buffer[] } {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const held = bytes.length < 2 ? bytes.length : Math.min(rounds, bytes.length - 1);
  const at = bytes.length - held;
  const end = Array.from({ length: held }, (_, index) => bytes.subarray(at + index, at + index + 1));
  return { start: bytes.subarray(0, at), end: end.reverse() };
}

/** A body that does not come at once would be sent in chunks. A wrong length that was given fails beside the right one. */
function withLength(headers: WireRequest['headers'], length: number): WireRequest['headers'] {
  const right = headers.some(
    ([name, value]) => name.toLowerCase() === 'content-length' && value === `${length}`,
  );
  return right || length === 0 ? headers : [...headers, ['content-length', `${length}`]];
}

/** A connection that is used once. */
interface Line {
  readonly http: Client;
  /** Whether it is open, TLS included, and nothing is left to be written. */
  readonly isClear: () => boolean;
  readonly close: () => Promise<void>;
}

function openLine(origin: string, connect: Connector): Line {
  let socket: Socket | undefined;
  let open = false;
  const http = new Client(origin, {
    ...HTTP,
    connect: (to, callback) => {
      socket = connect(to, (...result) => {
        open = result[0] === null;
        callback(...result);
      });
    },
  });
  return {
    http,
    isClear: () => open && socket?.writableLength === 0,
    close: async () => {
      socket?.destroy(); // one that is not connected yet is not the client's
      await http.destroy();
    },
  };
}

/** Its connection is closed with the answer: some servers serve the next one only then. */
async function deliver(copy: Copy, target: SafeTarget): Promise<Delivery> {
  const { request, stream, line, watch } = copy;
  const delivery = await exchange(line.http, target, { request, stream, watch });
  const early = copy.state !== 'released';
  copy.state = 'over';
  await line.close();
  return early && delivery.outcome === 'answered' ? { ...delivery, ms: 0, early } : delivery;
}

/** Waits until every copy waits for its end or has failed, and until the server is likely to have read the others. */
async function gather(copies: readonly Copy[], { signal }: Limits): Promise<void> {
  const began = performance.now();
  while (copies.map(advance).includes('opening')) await sleep(1);
  const settling = settlingMs(copies.length, performance.now() - began);
  if (copies.some(isWaiting)) await sleep(settling, undefined, signal && { signal }).catch(() => undefined);
}

/** Notes when everything but the end has left: from then on a copy waits for the others, on nobody's time. */
function advance(copy: Copy): Copy['state'] {
  const { state, stream, line, watch } = copy;
  if (state === 'opening' && line.isClear() && stream.readableLength === 0) {
    copy.state = 'waiting';
    watch.pause();
  }
  return copy.state;
}

/** As long as it took to open the connections: far servers and TLS cost both sides. Node accepts one at a time. */
function settlingMs(copies: number, openingMs: number): number {
  return Math.min(Math.max(openingMs, 20 + copies), 500);
}

function isWaiting({ state, watch }: Copy): boolean {
  return state === 'waiting' && !watch.signal.aborted;
}

/** Nothing but the writes may happen here: what takes time between two of them is what the race loses. */
function release(copies: readonly Copy[], rounds: number): void {
  const waiting = copies.filter(isWaiting);
  const moments = waiting.map(() => 0);
  for (let round = rounds - 1; round >= 0; round--) {
    for (const [index, { stream, end }] of waiting.entries()) {
      const byte = end[round];
      moments[index] = performance.now();
      if (byte) stream.push(byte);
    }
  }
  for (const [index, copy] of waiting.entries()) {
    copy.state = 'released';
    copy.watch.stage = 'it did not begin';
    copy.stream.push(null);
    copy.watch.restart(moments[index] ?? 0);
  }
}
