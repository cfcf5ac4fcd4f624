/** What came of a delivery, as it is told: decoded, judged by the protocol, secrets masked. */
import { answerText } from '../protocol/v2/ack.ts';
import type { Delivery, WireResponse } from '../delivery/request.ts';
import type { DeliveryFacts, RequestFacts } from './events.ts';
import type { Sendable } from './sendable.ts';

export interface Telling {
  readonly attempt: number;
  /** The delivery's id. */
  readonly id: string;
  readonly request: RequestFacts;
  readonly mask: (text: string) => string;
}

/** Tells of one delivery. What is decoded may spell out a key that the bytes did not. */
export function deliveryFacts(sendable: Sendable, delivery: Delivery, telling: Telling): DeliveryFacts {
  const { facts, out_trade_no, amount, authentic } = sendable;
  const { mask, ...known } = telling;
  const common = { ...known, step: facts.number, kind: facts.kind, out_trade_no, amount, authentic };
  const duration_ms = roundMs(delivery.ms);
  if (delivery.outcome === 'undelivered') {
    const error = { cause: delivery.cause, detail: mask(delivery.detail) };
    return { ...common, response: null, ack: null, message: '', error, duration_ms };
  }
  const { response } = delivery;
  const { as, message } = sendable.readAck(response);
  const shown = { status: response.status, headers: response.headers, body: mask(bodyText(response)) };
  return { ...common, response: shown, ack: as, message: mask(message), error: null, duration_ms };
}

/** Tells of the request that every copy of a step is. */
export function requestFacts({ request, target }: Sendable, mask: (text: string) => string): RequestFacts {
  const { method, headers, body } = request;
  return {
    method,
    url: mask(target.url.href),
    headers: headers.map(([name, value]) => [name, mask(value)]),
    body: mask(Buffer.from(body).toString('utf8')),
  };
}

/** Masks an answer before anything is read or cut out of it: a part of a key is a secret too. */
export function maskDelivery(delivery: Delivery, mask: (text: string) => string): Delivery {
  if (delivery.outcome === 'undelivered') return delivery;
  const { headers, body } = delivery.response;
  const masked: WireResponse = {
    ...delivery.response,
    headers: maskHeaders(headers, mask),
    body: maskBytes(body, mask),
  };
  return { ...delivery, response: masked };
}

/** Milliseconds with two digits. */
function roundMs(ms: number): number {
  return Math.round(ms * 100) / 100;
}

/** A key is ASCII, and ASCII stands for itself in every charset that answers come in. */
function maskBytes(body: Uint8Array, mask: (text: string) => string): Uint8Array {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const masked = mask(text);
  return masked === text ? body : Buffer.from(masked, 'latin1');
}

function maskHeaders(
  headers: WireResponse['headers'],
  mask: (text: string) => string,
): WireResponse['headers'] {
  const entries = Object.entries(headers).map(([name, value]) => {
    const masked = typeof value === 'string' ? mask(value) : value?.map((item) => mask(item));
    return [mask(name), masked] as const;
  });
  return Object.fromEntries(entries);
}

/** How much of an answer is told, in bytes: reports do not need more of it. */
const BODY_SHOWN = 16 * 1024;

function bodyText(response: WireResponse): string {
  return answerText({ ...response, body: response.body.subarray(0, BODY_SHOWN) });
}
