/** A `call` step: one request to the merchant's own API, tried again until its expectations hold. */
import { answerText } from '../../protocol/answer-text.ts';
import type { Client } from '../../delivery/client.ts';
import type { Delivery } from '../../delivery/request.ts';
import { writeJson } from '../../scenario/fill/json.ts';
import type { CallFacts, Reason } from '../events.ts';
import { maskDelivery } from '../facts.ts';
import { judgeCall } from '../judge-step.ts';
import type { CapturedValue, PreparedCall } from '../prepare/prepared.ts';
import type { ReadyCall } from '../sendable.ts';
import { captureAll, materialOf } from './capture.ts';
import { untilItHolds } from './eventually.ts';
import { roundMs, tellCaptured, tellReasons } from './tell.ts';

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
  { client, mask, signal }: StepTools,
): Promise<Outcome<CallFacts>> {
  const { eventually_ms, timeout_ms, until } = prepared.step;
  const request = wireRequest(prepared);
  return untilItHolds({ eventually_ms, timeout_ms, signal, until }, async (one) => {
    const limits = { timeoutMs: one.timeout_ms, signal, repeatable: REPEATABLE.includes(request.method) };
    const delivery = await client.send(target, request, limits);
    const { reasons, values, captured } = judged(prepared, delivery, mask);
    const facts = callFacts(prepared, maskDelivery(delivery, mask), { tries: one.tries, captured, mask });
    return { facts, reasons: tellReasons(reasons, mask), captured: values };
  });
}

/** Sent twice, they do what they do once (RFC 9110, idempotent methods). */
const REPEATABLE = ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'];

interface Judged {
  readonly reasons: readonly Reason[];
  readonly values: ReadonlyMap<string, CapturedValue>;
  /** The values as they are told. */
  readonly captured: Readonly<Record<string, string>>;
}

function judged({ expect, captures }: PreparedCall, delivery: Delivery, mask: StepTools['mask']): Judged {
  if (delivery.outcome === 'undelivered') {
    const { cause, detail } = delivery;
    const reasons = [{ code: 'undelivered', expected: 'an answer', cause, detail } as const];
    return { values: new Map(), captured: {}, reasons };
  }
  const { status, headers, truncated } = delivery.response;
  const material = materialOf(answerText(delivery.response), headers, truncated);
  const wrong = judgeCall({ status, ...material }, expect);
  const { values, reasons } = captureAll(captures, material);
  const captured = tellCaptured({ captures, material, values, mask });
  return { values, captured, reasons: wrong.length > 0 ? wrong : reasons };
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
  const given = Object.entries(headers).filter(([, value]) => value !== ''); // a variable may be empty
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
  if (payload.as === 'json') return writeJson(payload.value);
  return payload.as === 'form' ? new URLSearchParams(payload.value).toString() : payload.value;
}

interface Telling {
  readonly tries: number;
  readonly captured: Readonly<Record<string, string>>;
  readonly mask: (text: string) => string;
}

function callFacts(
  prepared: PreparedCall,
  delivery: Delivery,
  { tries, captured, mask }: Telling,
): CallFacts {
  const { method, headers, body } = wireRequest(prepared);
  const request = {
    method,
    url: mask(prepared.url),
    headers: headers.map(([name, value]) => [name, mask(value)] as const),
    body: mask(Buffer.from(body).toString('utf8')),
  };
  const common = {
    does: 'call',
    request,
    tries,
    captured,
    duration_ms: roundMs(delivery.ms),
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
