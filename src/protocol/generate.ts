/** Realistic values for the fields that a user does not name. Every one comes from a {@link Source}. */
import type { Source } from './dialect.ts';

const DIGITS = Buffer.from('0123456789');
const HEX = Buffer.from('0123456789abcdef');
const ALPHANUMERIC = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
const BASE64URL = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');

export function digits(source: Source, length: number): string {
  return pick(source, DIGITS, length);
}

/** A `nonce_str`: 32 lower-case hexadecimal characters, as in captures. */
export function nonce(source: Source): string {
  return pick(source, HEX, 32);
}

/** A nonce of API v3: letters of both cases and digits, as in captures. */
export function alphanumeric(source: Source, length: number): string {
  return pick(source, ALPHANUMERIC, length);
}

/** The number of a v3 notification: a UUID, of version 5 in captures. */
export function notificationId(source: Source): string {
  const hex = pick(source, HEX, 32);
  const variant = '89ab'[parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20),
  ].join('-');
}

/** A `Request-ID`: 40 upper-case hexadecimal characters and `-0`, as in a capture. */
export function requestId(source: Source): string {
  return `${pick(source, HEX, 40).toUpperCase()}-0`;
}

/** An `openid`: `o` and 27 characters, as the platform issues them. */
export function openid(source: Source): string {
  return `o${pick(source, BASE64URL, 27)}`;
}

/** A `transaction_id`: 28 digits, `42000`, then the date of payment (UTC+8) in the middle. */
export function transactionId(source: Source): string {
  return `42000${digits(source.fork('head'), 5)}${beijing(source.now()).date}${digits(source, 10)}`;
}

/** A `refund_id`: 29 digits around the date of the refund (UTC+8). */
export function refundId(source: Source): string {
  return `50000${digits(source.fork('head'), 5)}${beijing(source.now()).date}${digits(source, 11)}`;
}

/** A `contract_id`: `Wx`, the moment (UTC+8) and digits, as in the official sample. */
export function contractId(source: Source): string {
  const { date, time } = beijing(source.now());
  return `Wx${date}${time}${digits(source, 10)}`;
}

/** A merchant's own number: a prefix, the moment (UTC+8), ten random digits; at most 32 characters. */
export function merchantNumber(source: Source, prefix: string): string {
  const { date, time } = beijing(source.now());
  return `${prefix}${date}${time}${digits(source, 10)}`;
}

/** `yyyyMMddHHmmss` in UTC+8. */
export function timestamp(moment: Date): string {
  const { date, time } = beijing(moment);
  return `${date}${time}`;
}

/** `yyyy-MM-dd HH:mm:ss` in UTC+8. */
export function datetime(moment: Date): string {
  return shifted(moment).toISOString().slice(0, 19).replace('T', ' ');
}

/** `yyyy-MM-ddTHH:mm:ss+08:00`: RFC 3339, as API v3 writes times. */
export function time(moment: Date): string {
  return `${shifted(moment).toISOString().slice(0, 19)}+08:00`;
}

/** Many values are made at the same moment: it is written once. */
let written = { at: NaN, date: '', time: '' };

function beijing(moment: Date): { readonly date: string; readonly time: string } {
  const at = moment.getTime();
  if (at !== written.at) {
    const compact = shifted(moment).toISOString().replace(/\D/g, '');
    written = { at, date: compact.slice(0, 8), time: compact.slice(8, 14) };
  }
  return written;
}

function shifted(moment: Date): Date {
  return new Date(moment.getTime() + 8 * 3_600_000);
}

/** Where a text is put together: it is read before the next one is. */
const scratch = Buffer.alloc(64);

/** Takes each byte modulo the alphabet's length. */
function pick(source: Source, alphabet: Uint8Array, length: number): string {
  const bytes = source.bytes(length);
  const text = length > scratch.length ? Buffer.alloc(length) : scratch;
  for (let index = 0; index < length; index++)
    text[index] = alphabet[(bytes[index] ?? 0) % alphabet.length] ?? 0;
  return text.toString('latin1', 0, length);
}
