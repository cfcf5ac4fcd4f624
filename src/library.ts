/** What the library face offers: the same code as the command line, as functions for a test. */
import type {
  Answer,
  Ack,
  Fields,
  KindId,
  SignType,
  V2Credentials,
  Verification,
} from './protocol/dialect.ts';
import { kinds } from './protocol/kinds.gen.ts';
import { buildNotification as build, type Overrides } from './protocol/notification.ts';
import { Secret } from './protocol/secret.ts';
import { v2 } from './protocol/v2/index.ts';
import { sign } from './protocol/v2/sign.ts';
import { freshSeed, seededSource } from './run/source.ts';

/** The ids of the notifications that can be built. */
export type KnownKind = keyof typeof kinds & KindId;

/** A merchant, its API key as text. */
export interface MerchantOptions {
  readonly appid: string;
  readonly mch_id: string;
  /** The API key (API v2), 32 characters. */
  readonly api_key: string;
  /** The APIv3 key, 32 characters: `v2/payscore-…` are encrypted with it. */
  readonly api_v3_key?: string;
  /** MD5 unless given. */
  readonly sign_type?: SignType;
}

export interface NotificationOptions {
  readonly merchant: MerchantOptions;
  /** Values instead of the generated ones, amounts in fen; `null` leaves a field out. */
  readonly fields?: Readonly<Record<string, string | number | null>>;
  /** Makes every generated value repeatable. */
  readonly seed?: string;
}

/** A request as the platform would post it. */
export interface NotificationRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The plain fields, those of an encrypted part included. */
  readonly fields: Fields;
}

/**
 * Builds an authentic notification, to inject into a handler under test.
 *
 * @throws RangeError when the kind is not known
 */
export function buildNotification(kind: KnownKind, options: NotificationOptions): NotificationRequest {
  if (!Object.hasOwn(kinds, kind))
    throw new RangeError(`no kind ${kind}; known: ${Object.keys(kinds).join(', ')}`);
  const credentials = toCredentials(options.merchant);
  const notification = build({
    kind: kinds[kind],
    fields: toOverrides(options.fields ?? {}),
    merchant: credentials,
    source: seededSource(options.seed ?? freshSeed(new Date())),
  });
  const { method, headers, body } = v2.seal(notification, credentials);
  const text = Buffer.from(body).toString('utf8');
  return { method, headers: Object.fromEntries(headers), body: text, fields: notification.fields };
}

/** Signs v2 fields: upper-case hexadecimal. `sign` and empty values take no part. */
export function signV2(fields: Fields, api_key: string, sign_type: SignType = 'MD5'): string {
  return sign(Object.entries(fields), new Secret(api_key), sign_type);
}

/** Verifies a v2 notification as a merchant must, step by step, and opens an encrypted one. */
export function verifyV2(body: string | Uint8Array, merchant: MerchantOptions): Verification {
  return v2.verify(typeof body === 'string' ? Buffer.from(body, 'utf8') : body, toCredentials(merchant));
}

export interface AckOptions {
  /** Lower-case names. */
  readonly headers?: Answer['headers'];
  /** What was notified; `v2/payment` unless given. A call of native mode one is answered with an order. */
  readonly kind?: KnownKind;
}

/** What a merchant's answer to a v2 notification means to the platform. */
export function readAckV2(
  status: number,
  body: string | Uint8Array,
  { headers = {}, kind = 'v2/payment' }: AckOptions = {},
): Ack {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  return v2.readAck({ status, headers, body: bytes, truncated: false }, kinds[kind]);
}

function toCredentials(merchant: MerchantOptions): V2Credentials {
  const { appid, mch_id, api_key, api_v3_key, sign_type = 'MD5' } = merchant;
  const v3Key = api_v3_key === undefined ? undefined : new Secret(api_v3_key);
  return { appid, mch_id, api_key: new Secret(api_key), api_v3_key: v3Key, sign_type };
}

function toOverrides(fields: NonNullable<NotificationOptions['fields']>): Overrides {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value === null ? null : String(value)]),
  );
}
