/** One notification as a request, to be handed to a handler under test. */
import * as v from 'valibot';
import type { HttpMethod } from '../delivery/in-process/handed.ts';
import { computedNames, isV3, type SomeKind } from '../protocol/all-kinds.ts';
import type { Fields, SignedRequest } from '../protocol/dialect.ts';
import type { Overrides } from '../protocol/notification.ts';
import { validateNotification } from '../protocol/validate.ts';
import type { Credentials } from '../run/credentials.ts';
import { freshSeed, seededSource } from '../run/source.ts';
import type { Builder } from './build/builder.ts';
import { v2Builder } from './build/v2.ts';
import { v3Builder } from './build/v3.ts';
import { check, fields } from './check.ts';
import { credentialsOf, needed } from './credentials.ts';
import { InputError } from './input-error.ts';
import { kindOf, type KnownKind } from './known-kind.ts';
import type { MerchantOptions } from './merchant.ts';
import type { Tamper, TamperV3 } from './tamper.ts';

/** What a notification says, and whose it is. */
export interface NotificationOptions {
  readonly merchant: MerchantOptions;
  /** Values instead of the generated ones: amounts in fen, wire names; `null` leaves a field out. */
  readonly fields?: Readonly<Record<string, string | number | boolean | null | undefined>> | undefined;
  /** Any text; makes every generated value, and every byte, repeatable. */
  readonly seed?: string | undefined;
  /** When it is made and signed, instead of now; with a seed, instead of the seed’s own moment, a fixed one. */
  readonly at?: Date | undefined;
  /** What a forger does after signing, as in scenario files; without it, the notification is authentic. */
  readonly tamper?: Tamper | TamperV3 | undefined;
}

/** A request as the platform would post it. `fetch`, `new Request` and `inject` take it as it is, with a URL. */
export interface NotificationRequest {
  /** `POST`, unless tampered with. */
  readonly method: HttpMethod;
  /** Names as the platform writes them; what is said twice is joined by a comma. Host and length are the HTTP client's. */
  readonly headers: Readonly<Record<string, string>>;
  /** XML, or (API v3) JSON; UTF-8. */
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
    at: v.optional(v.date('a Date that is a moment')),
    tamper: v.optional(v.unknown()),
  } satisfies Record<keyof NotificationOptions, v.GenericSchema>),
});

/**
 * Builds a notification, to inject into a handler under test: no network, no files, no clock once there is a seed.
 *
 * @param kind `v2/payment`, `v3/transaction`, …: {@link knownKinds}
 * @returns a request; each call gives another order, unless `seed` or `fields` say otherwise
 * @throws InputError when the kind is not known, the merchant lacks something, an option is wrong or unknown, or `tamper`
 * does nothing
 */
export function buildNotification(kind: KnownKind, options: NotificationOptions): NotificationRequest {
  const known = kindOf(kind);
  const given = (options as NotificationOptions | undefined) ?? ({} as NotificationOptions);
  const build = builderOf(known, credentialsOf(given.merchant));
  check(schema, { options: given });
  const { seed = freshSeed(new Date()), at, tamper } = given;
  const { notification, request } = build({
    fields: toOverrides(given.fields ?? {}, known),
    source: seededSource(seed, at),
    tamper,
  });
  return {
    method: request.method as HttpMethod,
    headers: headersOf(request),
    body: Buffer.from(request.body).toString('utf8'),
    fields: notification.fields,
    warnings: validateNotification(notification).map(({ message }) => message),
  };
}

function builderOf(kind: SomeKind, credentials: Credentials): Builder {
  return isV3(kind) ? v3Builder(kind, needed(credentials.v3())) : v2Builder(kind, needed(credentials.v2()));
}

/** As servers show what came twice. */
function headersOf({ headers }: SignedRequest): NotificationRequest['headers'] {
  const all = new Map<string, string>();
  for (const [name, value] of headers) {
    const before = all.get(name);
    all.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(all);
}

/** What is computed cannot be set: without `tamper`, a notification is always authentic. */
function toOverrides(fields: NonNullable<NotificationOptions['fields']>, kind: SomeKind): Overrides {
  const computed = computedNames(kind).find((name) => Object.hasOwn(fields, name));
  if (computed !== undefined) {
    const fix = `To send a wrong one: tamper: { change: { '${computed}': '…' } }.`;
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
