/** What came of a delivery, as it is told: decoded, judged by the protocol, secrets masked. */
import { answerText } from '../protocol/answer-text.ts';
import type { Delivery, WireRequest, WireResponse } from '../delivery/request.ts';
import type { DeliveryFacts, RequestFacts } from './events.ts';
import type { Copy, Sendable } from './sendable.ts';

export interface Telling {
  readonly attempt: number;
  /** The delivery's id. */
  readonly id: string;
  /** When it was sent, in milliseconds since 1970. */
  readonly at: number;
  readonly copy: Copy;
  readonly request: RequestFacts;
}

/** What was answered, read once however often it came. */
export type AnswerFacts = Pick<DeliveryFacts, 'response' | 'ack' | 'message'>;

/** Reads an answer. What is decoded may spell out a key that the bytes did not. */
export function answerFacts(
  response: WireResponse,
  { readAck }: Sendable,
  mask: (text: string) => string,
): AnswerFacts {
  const { as, message } = readAck(response);
  const shown = { status: response.status, headers: response.headers, body: mask(bodyText(response)) };
  return { response: shown, ack: as, message: mask(message) };
}

/** Nothing was answered. */
export const NO_ANSWER: AnswerFacts = { response: null, ack: null, message: '' };

/** What a delivery came to. */
export interface Came {
  readonly answer: AnswerFacts;
  readonly error: DeliveryFacts['error'];
  readonly ms: number;
  /** Whether it was sent twice. */
  readonly resent?: boolean | undefined;
}

/** What a delivery came to, its answer read. */
export function cameOf(delivery: Delivery, sendable: Sendable, mask: (text: string) => string): Came {
  if (delivery.outcome === 'answered')
    return {
      answer: answerFacts(delivery.response, sendable, mask),
      error: null,
      ms: delivery.ms,
      resent: delivery.resent,
    };
  return {
    answer: NO_ANSWER,
    error: { cause: delivery.cause, detail: mask(delivery.detail) },
    ms: delivery.ms,
  };
}

/** Tells of one delivery. */
export function deliveryFacts(
  { facts, amount, authentic }: Sendable,
  { answer, error, ms }: Came,
  { attempt, id, at, copy, request }: Telling,
): DeliveryFacts {
  const { number: step, kind } = facts;
  const { out_trade_no } = copy;
  const told = { attempt, id, at, request, step, kind, out_trade_no, amount, authentic };
  return { ...told, ...answer, error, duration_ms: roundMs(ms) };
}

/** Tells of a request. */
export function requestFacts(
  { method, headers, body }: WireRequest,
  { target }: Sendable,
  mask: (text: string) => string,
): RequestFacts {
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
export function roundMs(ms: number): number {
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
