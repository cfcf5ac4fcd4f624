/** A merchant's answer as the platform reads it. */
import type { Ack, Answer } from '../protocol/dialect.ts';
import { v2 } from '../protocol/v2/index.ts';
import { kindOf, type KnownKind } from './known-kind.ts';

/** What the meaning of an answer depends on besides its status and its body. */
export interface AckOptions {
  /** Lower-case names. */
  readonly headers?: Answer['headers'] | undefined;
  /** What was notified; `v2/payment` unless given. A call of native mode one is answered with an order. */
  readonly kind?: KnownKind | undefined;
}

/**
 * What a merchant's answer to a v2 notification means to the platform.
 *
 * @param status the HTTP status
 * @returns `SUCCESS`, `FAIL`, or `INVALID` for what the platform would not count; `message` says why
 * @throws InputError when the kind is not known
 */
export function readAckV2(
  status: number,
  body: string | Uint8Array,
  { headers = {}, kind = 'v2/payment' }: AckOptions = {},
): Ack {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  return v2.readAck({ status, headers, body: bytes, truncated: false }, kindOf(kind));
}
