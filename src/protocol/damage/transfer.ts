/** How a request is sent: what HTTP allows, and the platform does not do. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { SignedRequest } from '../dialect.ts';
import type { Deed } from './deed.ts';

/** What can happen on the way. Nothing that is signed is touched. */
export const transferDamages = {
  chunked: {
    words: 'The body comes in chunks, and no Content-Length says how long it is',
    damage: (request) => ({ ...request, transfer: 'chunked' }),
    harmless: true,
  },
  slow: {
    words: 'The body comes in ten drips, within three seconds',
    damage: (request) => ({ ...request, transfer: 'slow' }),
    harmless: true,
  },
  gzip: {
    words: 'The body is compressed, and Content-Encoding says so',
    damage: ({ headers, body, ...request }): SignedRequest => ({
      ...request,
      headers: [...headers, ['Content-Encoding', 'gzip']],
      body: gzipSync(body),
    }),
  },
} satisfies Record<string, Deed<(request: SignedRequest) => SignedRequest>>;

export interface TransferDamage {
  readonly transfer?: keyof typeof transferDamages;
}

/** A request as it is sent. */
export function damageTransfer(request: SignedRequest, { transfer }: TransferDamage): SignedRequest {
  return transfer ? transferDamages[transfer].damage(request) : request;
}

/** The body of a request before it was compressed. */
export function bodyBefore({ body }: SignedRequest, { transfer }: TransferDamage): Uint8Array {
  return transfer === 'gzip' ? gunzipSync(body) : body;
}
