/** A notification of API v2. */
import type { Kind, V2Credentials } from '../../protocol/dialect.ts';
import { buildNotification } from '../../protocol/notification.ts';
import { v2 } from '../../protocol/v2/index.ts';
import { uselessDamage } from '../../run/prepare/damage.ts';
import { readTamper } from '../../scenario/check/read-tamper.ts';
import { damageOf } from '../../scenario/fill/damage-of.ts';
import { needed } from '../credentials.ts';
import { InputError } from '../input-error.ts';
import { requireEffect, type Builder } from './builder.ts';

/**
 * A builder for a kind of API v2.
 *
 * @throws InputError when the kind needs the APIv3 key, and there is none
 */
export function v2Builder(kind: Kind, credentials: V2Credentials): Builder {
  requireV3Key(kind, credentials);
  return ({ fields, source, tamper }) => {
    const notification = buildNotification({ kind, fields, merchant: credentials, source });
    if (tamper === undefined) return { notification, request: v2.seal(notification, credentials) };
    const damage = needed(readTamper(tamper, { kind, damageOf }));
    const request = v2.seal(notification, credentials, damage);
    requireEffect(uselessDamage(damage, { notification, request, credentials }));
    return { notification, request };
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
