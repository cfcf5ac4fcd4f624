/** How a notification of API v2 is sealed. */
import type { Kind, Notification, V2Credentials } from '../../../protocol/dialect.ts';
import { prepareCopies } from '../../../protocol/v2/copies.ts';
import type { Damage } from '../../../protocol/v2/damage.ts';
import { v2 } from '../../../protocol/v2/index.ts';
import { damageOf } from '../../../scenario/fill/damage-of.ts';
import { resolveTamper } from '../../../scenario/fill/resolve.ts';
import { succeed, type Result } from '../../../scenario/problem.ts';
import { impossibleDamage, uselessDamage } from '../damage.ts';
import type { Sealed, Sealer, Sealing } from './sealer.ts';

/** A sealer for a step of API v2. */
export function v2Sealer(kind: Kind, { step, scenario, scope, credentials }: Sealing): Result<Sealer<Kind>> {
  const own = credentials.v2();
  if (!own.ok) return own;
  const tamper = resolveTamper(step, { scenario, scope, merchant: own.value }, damageOf);
  return tamper.ok ? succeed(createSealer(kind, own.value, tamper.value)) : tamper;
}

function createSealer(kind: Kind, credentials: V2Credentials, damage: Damage | undefined): Sealer<Kind> {
  const seal: Sealer<Kind>['seal'] = (notification) => v2.seal(notification, credentials, damage);
  return {
    kind,
    merchant: credentials,
    keys: [credentials.api_key, credentials.api_v3_key],
    changed: damage?.change ?? {},
    unsealable: (notification) => unsealable(notification, credentials),
    impossible: (notification) => damage && impossibleDamage(damage, notification),
    seal,
    useless: (sealed) => damage && uselessDamage(damage, { ...sealed, credentials }),
    copier: (sealed, names) => (damage ? whole(sealed, names, seal) : fast(sealed, names, credentials)),
    copierLater: undefined,
    keeps: true,
    resign: undefined,
    resignLater: undefined,
    readAck: (answer) => v2.readAck(answer, kind, credentials),
  };
}

/** What copies have in common is written once. */
function fast({ notification, request }: Sealed<Kind>, names: readonly string[], credentials: V2Credentials) {
  const write = prepareCopies(notification, names, credentials);
  return (values: readonly string[]) => ({ ...request, body: write(values) });
}

/** A damaged copy is sealed as a whole. */
function whole(
  { notification, request }: Sealed<Kind>,
  names: readonly string[],
  seal: Sealer<Kind>['seal'],
): ReturnType<Sealer<Kind>['copier']> {
  return (values) => {
    const own = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
    const copy = { ...notification, fields: { ...notification.fields, ...own } };
    return { ...request, body: seal(copy).body };
  };
}

/** Some kinds are encrypted with the APIv3 key, which most v2 merchants have not set, and with a nonce. */
function unsealable(
  { kind, fields }: Notification,
  { api_v3_key }: V2Credentials,
): ReturnType<Sealer<Kind>['unsealable']> {
  if (kind.envelope?.cipher !== 'aes-256-gcm') return undefined;
  const length = Buffer.byteLength(api_v3_key?.reveal() ?? '');
  if (length !== V3_KEY_LENGTH) {
    const has =
      length === 0 ? 'there is none' : `the one that is set has ${length} bytes and not ${V3_KEY_LENGTH}`;
    const message = `${kind.id} is encrypted with the APIv3 key, and ${has}`;
    const fix =
      'Set WXNOTIFY_API_V3_KEY, in the environment or in .env, or api_v3_key in a profile. It is another key than the API key.';
    return { code: 'no-credentials', message, fix };
  }
  const nonce = Buffer.byteLength(fields['event_nonce'] ?? '');
  if (nonce > 0 && nonce <= LONGEST_NONCE) return undefined;
  const message = `${kind.id} is encrypted with event_nonce, which has ${nonce} bytes`;
  return { code: 'bad-value', message, fix: 'Give it 12 characters, or leave it to be generated.' };
}

const V3_KEY_LENGTH = 32;
/** What AES-256-GCM takes, in bytes. */
const LONGEST_NONCE = 64;
