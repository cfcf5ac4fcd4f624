/** One notification as a request, to be handed to a handler under test. */
import * as v from 'valibot';
import type { Fields, Kind, V2Credentials } from '../protocol/dialect.ts';
import type { HttpMethod } from '../delivery/in-process/handed.ts';
import { buildNotification as build, type Overrides } from '../protocol/notification.ts';
import { validateNotification } from '../protocol/validate.ts';
import { v2 } from '../protocol/v2/index.ts';
import { freshSeed, seededSource } from '../run/source.ts';
import { check, fields } from './check.ts';
import { InputError } from './input-error.ts';
import { kindOf, type KnownKind } from './known-kind.ts';
import { toCredentials, type MerchantOptions } from './merchant.ts';
import { requireEffect, toDamage, type Tamper } from './tamper.ts';

/** What a notification says, and whose it is. */
export interface NotificationOptions {
  readonly merchant: MerchantOptions;
  /** Values instead of the generated ones: amounts in fen, wire names; `null` leaves a field out. */
  readonly fields?: Readonly<Record<string, string | number | boolean | null | undefined>> | undefined;
  /** Any text; makes every generated value, and every byte, repeatable. */
  readonly seed?: string | undefined;
  /** What a forger does after signing, as in scenario files; without it, the notification is authentic. */
  readonly tamper?: Tamper | undefined;
}

/** A request as the platform would post it. `fetch`, `new Request` and `inject` take it as it is, with a URL. */
export interface NotificationRequest {
  /** `POST`, unless tampered with. */
  readonly method: HttpMethod;
  /** Names as the platform writes them. Host and length are the HTTP client's. */
  readonly headers: Readonly<Record<string, string>>;
  /** XML; UTF-8. */
  readonly body: string;
  /** The plain fields before anything was damaged, those of an encrypted part included. */
  readonly fields: Fields;
  /** What the platform would not send so: a field that no table has, a sum that is wrong. */
  readonly warnings: readonly string[];
}

const schema = v.object({
  options: v.strictObject({
    merchant: v.unknown(),
    fields: v.optional(fields),
    seed: v.optional(v.string('text')),
    tamper: v.optional(v.unknown()),
  } satisfies Record<keyof NotificationOptions, v.GenericSchema>),
});

/**
 * Builds a notification, to inject into a handler under test: no network, no files, no clock once there is a seed.
 *
 * @param kind `v2/payment`, `v2/refund`, …: {@link knownKinds}
 * @returns a request; each call gives another order, unless `seed` or `fields` say otherwise
 * @throws InputError when the kind is not known, the merchant lacks something, an option is wrong or unknown, or `tamper`
 * does nothing
 */
export function buildNotification(kind: KnownKind, options: NotificationOptions): NotificationRequest {
  const known = kindOf(kind);
  const given = (options as NotificationOptions | undefined) ?? ({} as NotificationOptions);
  const credentials = toCredentials(given.merchant);
  check(schema, { options: given });
  requireV3Key(known, credentials);
  const notification = build({
    kind: known,
    fields: toOverrides(given.fields ?? {}, known),
    merchant: credentials,
    source: seededSource(given.seed ?? freshSeed(new Date())),
  });
  const damage = given.tamper === undefined ? undefined : toDamage(given.tamper);
  const request = v2.seal(notification, credentials, damage);
  if (damage) requireEffect(damage, { notification, request, credentials });
  const { method, headers, body } = request;
  return {
    method: method as HttpMethod, // checked by its type, or the caller’s own
    headers: Object.fromEntries(headers),
    body: Buffer.from(body).toString('utf8'),
    fields: notification.fields,
    warnings: validateNotification(notification).map(({ message }) => message),
  };
}

/** What AES-256 takes, in bytes. */
const KEY_LENGTH = 32;

function requireV3Key({ id, envelope }: Kind, { api_v3_key }: V2Credentials): void {
  if (envelope?.cipher !== 'aes-256-gcm') return;
  const length = Buffer.byteLength(api_v3_key?.reveal() ?? '');
  if (length === KEY_LENGTH) return;
  const message = `${id} is encrypted with the APIv3 key, and the merchant’s has ${length} bytes`;
  throw new InputError([{ code: 'no-credentials', message, fix: 'Give `api_v3_key`: it has 32 bytes.' }]);
}

/** What is computed cannot be set: without `tamper`, a notification is always authentic. */
function toOverrides(fields: NonNullable<NotificationOptions['fields']>, { envelope }: Kind): Overrides {
  const computed = ['sign', envelope?.into].find((name) => name !== undefined && Object.hasOwn(fields, name));
  if (computed !== undefined) {
    const fix = `To send a wrong one: tamper: { change: { ${computed}: '…' } }.`;
    throw new InputError([
      { code: 'bad-value', message: `${computed} is computed, and cannot be a field`, fix },
    ]);
  }
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value === null ? null : String(value)]],
    ),
  );
}
