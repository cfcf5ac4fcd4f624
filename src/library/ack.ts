/** A merchant's answer as the platform reads it. */
import * as v from 'valibot';
import type { Ack, Answer } from '../protocol/dialect.ts';
import { v2 } from '../protocol/v2/index.ts';
import { toBytes } from './body.ts';
import { check } from './check.ts';
import { kindOf, type KnownKind } from './known-kind.ts';

/** What the meaning of an answer depends on besides its status and its body. */
export interface AckOptions {
  /** Lower-case names. */
  readonly headers?: Answer['headers'] | undefined;
  /** What was notified; `v2/payment` unless given. A call of native mode one is answered with an order. */
  readonly kind?: KnownKind | undefined;
}

const STATUS = 'an HTTP status, 100 to 999';
const schema = v.object({
  status: v.pipe(v.number(STATUS), v.integer(STATUS), v.minValue(100, STATUS), v.maxValue(999, STATUS)),
  options: v.strictObject({
    headers: v.optional(v.record(v.string(), v.unknown(), 'an object of lower-case names and values')),
    kind: v.optional(v.unknown()),
  } satisfies Record<keyof AckOptions, v.GenericSchema>),
});

/**
 * What a merchant's answer to a v2 notification means to the platform.
 *
 * @param status the HTTP status
 * @returns `SUCCESS`, `FAIL`, or `INVALID` for what the platform would not count; `message` says why
 * @throws InputError when the kind is not known, or an argument is not of its type
 */
export function readAckV2(status: number, body: string | Uint8Array, options: AckOptions = {}): Ack {
  check(schema, { status, options });
  const { headers = {}, kind = 'v2/payment' } = options;
  return v2.readAck({ status, headers, body: toBytes(body), truncated: false }, kindOf(kind));
}
