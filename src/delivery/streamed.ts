/** Bodies that do not come all at once. */
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { bufferOf, type WireRequest } from './request.ts';
import type { Watch } from './watch.ts';

/** A request, and its body where that is a stream. */
export interface Streamed {
  readonly request: WireRequest;
  readonly stream?: Readable | undefined;
}

/** What the request’s `transfer` makes of its body. */
export function streamed(request: WireRequest, watch: Watch): Streamed {
  const { transfer, headers, body } = request;
  if (transfer === undefined || body.byteLength === 0) return { request };
  if (transfer === 'chunked') return { request, stream: Readable.from(piecesOf(body)) };
  const length = ['Content-Length', String(body.byteLength)] as const;
  return {
    request: { ...request, headers: [...headers, length] },
    stream: Readable.from(drips(body, watch)),
  };
}

/** How many pieces a body comes in, when it is as long as that. */
const PIECES = 10;
/** How long they take, in milliseconds; when the time limit is short, this part of it. */
const SLOW_MS = 3000;
const PART_OF_LIMIT = 0.6;

function piecesOf(body: Uint8Array): readonly Buffer[] {
  const bytes = bufferOf(body) ?? Buffer.alloc(0);
  const size = Math.ceil(bytes.length / PIECES);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

/** The time of the answer counts from the last byte: until then the merchant waits for us. */
async function* drips(body: Uint8Array, watch: Watch): AsyncGenerator<Buffer> {
  const pieces = piecesOf(body);
  const pause = Math.min(SLOW_MS, watch.timeoutMs * PART_OF_LIMIT) / PIECES;
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await sleep(pause, undefined, { signal: watch.signal });
    if (index === pieces.length - 1) watch.restart(performance.now());
    yield piece;
  }
}
