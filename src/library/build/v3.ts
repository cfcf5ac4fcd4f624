/** A notification of API v3, signed of the source’s moment. */
import type { V3Kind } from '../../protocol/dialect.ts';
import { buildNotification } from '../../protocol/notification.ts';
import type { V3Credentials } from '../../protocol/platform-key.ts';
import { v3 } from '../../protocol/v3/index.ts';
import { unsealable } from '../../protocol/v3/seal.ts';
import { deliveryOf } from '../../run/prepare/version/v3.ts';
import { impossibleV3Damage, uselessV3Damage } from '../../run/prepare/version/v3-damage.ts';
import { readTamper } from '../../scenario/check/read-tamper.ts';
import { v3DamageOf } from '../../scenario/fill/v3-damage-of.ts';
import { needed } from '../credentials.ts';
import { InputError } from '../input-error.ts';
import { requireEffect, type Builder } from './builder.ts';

/** A builder for a kind of API v3. */
export function v3Builder(kind: V3Kind, credentials: V3Credentials): Builder {
  return ({ fields, source, tamper }) => {
    const notification = buildNotification({ kind, fields, merchant: credentials, source });
    const reason = unsealable(notification, credentials);
    if (reason !== undefined) throw new InputError([unsealableProblem(kind, reason)]);
    const delivery = deliveryOf(source.fork('delivery'), source.now());
    const authentic = v3.seal(notification, credentials, delivery);
    if (tamper === undefined) return { notification, request: authentic };
    const damage = needed(readTamper(tamper, { kind, damageOf: v3DamageOf }));
    requireEffect(impossibleV3Damage(damage, notification));
    const request = v3.seal(notification, credentials, { ...delivery, damage });
    requireEffect(uselessV3Damage(damage, request, authentic));
    return { notification, request };
  };
}

function unsealableProblem({ id }: V3Kind, reason: string): InputError['problems'][number] {
  const fix = 'Leave the nonce to be generated.';
  return { code: 'bad-value', message: `${id} cannot be encrypted: ${reason}`, fix };
}
