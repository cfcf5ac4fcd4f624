/** A `call` step: one request to the merchant's own API, tried again until its expectations hold. */
import { answerText } from '../../protocol/v2/ack.ts';
import type { Client } from '../../delivery/client.ts';
import type { Delivery } from '../../delivery/request.ts';
import type { CallFacts, Reason } from '../events.ts';
import { maskDelivery } from '../facts.ts';
import { judgeCall } from '../judge-step.ts';
import type { CapturedValue, PreparedCall } from '../prepared.ts';
import type { ReadyCall } from '../sendable.ts';
import { captureAll } from './capture.ts';
import { untilItHolds } from './eventually.ts';

/** What a step came to. */
export interface Outcome<Facts> {
  readonly facts: Facts;
  readonly reasons: readonly Reason[];
  readonly captured: ReadonlyMap<string, CapturedValue>;
}

export interface StepTools {
  readonly client: Client;
  readonly mask: (text: string) => string;
  readonly signal: AbortSignal;
}

/** Makes the call. */
export async function runCall(
  { prepared, target }: ReadyCall,
  tools: StepTools,
): Promise<Outcome<CallFacts>> {
  const { step } = prepared;
  const request = wireRequest(prepared);
  return untilItHolds({ eventually_ms: step.eventually_ms, signal: tools.signal }, async (tries) => {
    const limits = { timeoutMs: step.timeout_ms, signal: tools.signal };
    const delivery = await tools.client.send(target, request, limits);
    const { values, reasons } = judged(prepared, delivery);
    const facts = callFacts(prepared, maskDelivery(delivery, tools.mask), {
      tries,
      values,
      mask: tools.mask,
    });
    return { facts, reasons, captured: values };
  });
}

function judged(
  { step, expect }: PreparedCall,
  delivery: Delivery,
): { values: ReadonlyMap<string, CapturedValue>; reasons: readonly Reason[] } {
  if (delivery.outcome === 'undelivered') {
    const { cause, detail } = delivery;
    return { values: new Map(), reasons: [{ code: 'undelivered', expected: 'an answer', cause, detail }] };
  }
  const { status, headers } = delivery.response;
  const answer = { status, headers, body: answerText(delivery.response) };
  const wrong = judgeCall(answer, expect);
  const { values, reasons } = captureAll(step.captures, answer);
  return { values, reasons: [...wrong, ...(wrong.length === 0 ? reasons : [])] };
}

const TYPES = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain; charset=utf-8',
} as const;

interface Wire {
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

function wireRequest({ step, payload, headers }: PreparedCall): Wire {
  const given = Object.entries(headers);
  const typed = given.some(([name]) => name.toLowerCase() === 'content-type');
  const type: readonly (readonly [string, string])[] =
    payload && !typed ? [['Content-Type', TYPES[payload.as]]] : [];
  return {
    method: step.method,
    headers: [...type, ...given],
    body: Buffer.from(bodyOf({ payload }), 'utf8'),
  };
}

function bodyOf({ payload }: Pick<PreparedCall, 'payload'>): string {
  if (!payload) return '';
  if (payload.as === 'json') return JSON.stringify(payload.value);
  return payload.as === 'form' ? new URLSearchParams(payload.value).toString() : payload.value;
}

interface Telling {
  readonly tries: number;
  readonly values: ReadonlyMap<string, CapturedValue>;
  readonly mask: (text: string) => string;
}

function callFacts(prepared: PreparedCall, delivery: Delivery, { tries, values, mask }: Telling): CallFacts {
  const { method, headers, body } = wireRequest(prepared);
  const request = {
    method,
    url: mask(prepared.url),
    headers: headers.map(([name, value]) => [name, mask(value)] as const),
    body: mask(Buffer.from(body).toString('utf8')),
  };
  const captured = Object.fromEntries([...values].map(([name, { text }]) => [name, mask(text)]));
  const common = {
    does: 'call',
    request,
    tries,
    captured,
    duration_ms: Math.round(delivery.ms * 100) / 100,
  } as const;
  if (delivery.outcome === 'undelivered') {
    return { ...common, response: null, error: { cause: delivery.cause, detail: mask(delivery.detail) } };
  }
  const { status, headers: back } = delivery.response;
  const response = { status, headers: back, body: mask(answerText(delivery.response).slice(0, SHOWN)) };
  return { ...common, response, error: null };
}

/** How much of an answer is told, in characters. */
const SHOWN = 16_384;
