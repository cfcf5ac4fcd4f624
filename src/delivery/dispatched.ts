import type { Dispatcher } from 'undici';
import { bufferOf, type WireRequest } from './request.ts';

/** A request as undici takes it. */
export type Dispatched = Pick<
  Dispatcher.DispatchOptions,
  'path' | 'method' | 'headers' | 'body' | 'blocking'
>;

/** Turns requests into what undici takes; what stays the same is made once. */
export function createDispatched(url: URL): (request: WireRequest) => Dispatched {
  const path = `${url.pathname}${url.search}`;
  let known: WireRequest | undefined;
  let headers: string[] = [];
  let dispatched: Dispatched | undefined;
  return (request) => {
    if (request === known && dispatched) return dispatched;
    if (request.headers !== known?.headers) headers = request.headers.flat();
    known = request;
    dispatched = { path, method: request.method, headers, body: bufferOf(request.body), blocking: false };
    return dispatched;
  };
}
