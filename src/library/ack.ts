/** A merchant's answer as the platform reads it. */
import * as v from 'valibot';
import type { Ack, Answer } from '../protocol/dialect.ts';
import { v2 } from '../protocol/v2/index.ts';
import { toBytes } from './body.ts';
import { check } from './check.ts';
import type { Problem } from '../scenario/problem.ts';
import { isV3, type SomeKind } from '../protocol/all-kinds.ts';
import { readAck as readV3 } from '../protocol/v3/ack.ts';
import { InputError } from './input-error.ts';
import { kindOf, type KnownKind } from './known-kind.ts';

/** What the meaning of an answer depends on besides its status and its body. */
export interface AckOptions {
  /** Lower-case names. */
  readonly headers?: Answer['headers'] | undefined;
  /** What was notified; `v2/payment` unless given. A call of native mode one is answered with an order. */
  readonly kind?: KnownKind<'v2'> | undefined;
}

const STATUS = 'an HTTP status, 100 to 999';
const status = v.pipe(v.number(STATUS), v.integer(STATUS), v.minValue(100, STATUS), v.maxValue(999, STATUS));
const headers = v.optional(v.record(v.string(), v.unknown(), 'an object of lower-case names and values'));
const schema = v.object({
  status,
  options: v.strictObject({ headers, kind: v.optional(v.unknown()) } satisfies Record<
    keyof AckOptions,
    v.GenericSchema
  >),
});
const v3Schema = v.object({ status, options: v.strictObject({ headers }) });

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
  const known = kindOf(kind);
  if (isV3(known)) throw new InputError([otherVersion(known)]);
  return v2.readAck({ status, headers, body: toBytes(body), truncated: false }, known);
}

/**
 * What a merchant's answer to a v3 notification means to the platform, which goes by the status.
 *
 * @param status the HTTP status
 * @param body text or bytes; nothing (`''`) is as good as anything, with 200 and 204
 * @returns `SUCCESS`, `FAIL`, or `INVALID` for what is no answer in the protocol's form; `message` says why
 * @throws InputError when an argument is not of its type
 */
export function readAckV3(
  status: number,
  body: string | Uint8Array,
  options: Pick<AckOptions, 'headers'> = {},
): Ack {
  check(v3Schema, { status, options });
  return readV3({ status, headers: options.headers ?? {}, body: toBytes(body), truncated: false });
}

function otherVersion({ id }: SomeKind): Problem {
  return { code: 'bad-value', message: `${id} is of API v3`, fix: 'Its answers are read by `readAckV3`.' };
}
