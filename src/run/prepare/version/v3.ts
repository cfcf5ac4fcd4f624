/** How a notification of API v3 is sealed: every delivery is signed of its own moment, as the platform does it. */
import type { Notification, Source, V3Kind } from '../../../protocol/dialect.ts';
import type { V3Credentials } from '../../../protocol/platform-key.ts';
import { alphanumeric, requestId } from '../../../protocol/generate.ts';
import type { Damage } from '../../../protocol/v3/damage/damage.ts';
import { v3 } from '../../../protocol/v3/index.ts';
import { resign, resignLater, sealLater, unsealable } from '../../../protocol/v3/seal.ts';
import { v3DamageOf } from '../../../scenario/fill/v3-damage-of.ts';
import { resolveTamper } from '../../../scenario/fill/resolve.ts';
import { succeed, type Result } from '../../../scenario/problem.ts';
import type { Sealed, Sealer, Sealing } from './sealer.ts';
import { impossibleV3Damage, uselessV3Damage } from './v3-damage.ts';

/** The moment and the nonces of one delivery. */
type Delivery = Parameters<typeof resign>[2];

/** A sealer for a step of API v3. */
export function v3Sealer(
  kind: V3Kind,
  { step, scenario, scope, credentials, clock }: Sealing,
): Result<Sealer<V3Kind>> {
  const own = credentials.v3();
  if (!own.ok) return own;
  const tamper = resolveTamper(step, { scenario, scope, merchant: own.value }, v3DamageOf);
  if (!tamper.ok) return tamper;
  const deliveries = scope.source.fork('delivery');
  return succeed(createSealer(kind, { credentials: own.value, damage: tamper.value, deliveries, clock }));
}

interface Parts {
  readonly credentials: V3Credentials;
  readonly damage: Damage | undefined;
  readonly deliveries: Source;
  readonly clock: Sealing['clock'];
}

function createSealer(kind: V3Kind, { credentials, damage, deliveries, clock }: Parts): Sealer<V3Kind> {
  let made = 0;
  const first = deliveryOf(deliveries.fork('0'), deliveries.now());
  const next = (): Delivery => deliveryOf(deliveries.fork(String(++made)), clock?.() ?? deliveries.now());
  const seal = (notification: Notification<V3Kind>) =>
    v3.seal(notification, credentials, { ...first, damage });
  return {
    kind,
    merchant: credentials,
    keys: [credentials.api_v3_key],
    changed: damage?.change ?? {},
    unsealable: (notification) => reasonAgainst(notification, credentials),
    impossible: (notification) => damage && impossibleV3Damage(damage, notification),
    seal,
    useless: ({ notification, request }) =>
      damage && uselessV3Damage(damage, request, v3.seal(notification, credentials, first)),
    copier: (sealed, names) => (values) =>
      v3.seal(copyOf(sealed, names, values), credentials, { ...next(), damage }),
    copierLater: damage
      ? undefined
      : (sealed, names) => async (values) => sealLater(copyOf(sealed, names, values), credentials, next()),
    keeps: false,
    resign: clock && ((request) => resign(request, credentials, { ...next(), damage })),
    resignLater: clock && !damage ? async (request) => resignLater(request, credentials, next()) : undefined,
    readAck: (answer) => v3.readAck(answer, kind, credentials),
  };
}

/** A notification with a copy's own values. */
function copyOf(
  { notification }: Sealed<V3Kind>,
  names: readonly string[],
  values: readonly string[],
): Notification<V3Kind> {
  const own = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
  return { ...notification, fields: { ...notification.fields, ...own } };
}

/** What a delivery is signed with. */
export function deliveryOf(source: Source, now: Date): Delivery {
  return {
    timestamp: String(Math.floor(now.getTime() / 1000)),
    nonce: alphanumeric(source.fork('nonce'), 32),
    request_id: requestId(source.fork('request id')),
  };
}

function reasonAgainst(
  notification: Notification<V3Kind>,
  credentials: V3Credentials,
): ReturnType<Sealer<V3Kind>['unsealable']> {
  const reason = unsealable(notification, credentials);
  if (reason === undefined) return undefined;
  const fix = 'The APIv3 key (WXNOTIFY_API_V3_KEY) has 32 bytes; leave the nonce to be generated.';
  return { code: 'bad-value', message: `${notification.kind.id} cannot be encrypted: ${reason}`, fix };
}
