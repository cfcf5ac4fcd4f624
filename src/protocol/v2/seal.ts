/** Notification → signed request: the platform's side. */
import type { Kind, Notification, Pair, SignedRequest, SignType, V2Credentials } from '../dialect.ts';
import { split } from '../notification.ts';
import { masked, Secret } from '../secret.ts';
import { encrypt } from './cipher.ts';
import { ciphertextDamages, damagePairs, type Damage } from './damage.ts';
import { sign, stringToSign } from './sign.ts';
import { inOrder, writeXml } from './write-xml.ts';

/** The platform's headers, as captured. Host, length and `Connection: Keep-Alive` are the HTTP client's. */
const HEADERS: SignedRequest['headers'] = [
  ['User-Agent', 'Mozilla/4.0'],
  ['Accept', '*/*'],
  ['Content-Type', 'text/xml'],
  ['Pragma', 'no-cache'],
];

/**
 * Signs or encrypts a notification and writes the request that carries it.
 *
 * @param damage what a forger does to it; without, the request is authentic
 */
export function seal(
  notification: Notification,
  credentials: V2Credentials,
  damage: Damage = {},
): SignedRequest {
  const key = damage.key === undefined ? credentials.api_key : new Secret(damage.key);
  const type = damage.sign_type ?? notification.sign_type;
  const { pairs, signing } = sealers[notification.kind.seal](notification, { key, type, damage });
  const layout = notification.kind.envelope?.layout ?? notification.kind.layout;
  const body = damage.body ?? writeXml(damagePairs(pairs, damage), layout);
  return {
    method: damage.method ?? 'POST',
    headers: damageHeaders(HEADERS, damage),
    body: Buffer.from(body, 'utf8'),
    signing,
  };
}

interface Sealing {
  readonly key: Secret;
  readonly type: SignType;
  readonly damage: Damage;
}

interface Sealed {
  readonly pairs: readonly Pair[];
  readonly signing: SignedRequest['signing'];
}

const sealers: Record<Kind['seal'], (notification: Notification, sealing: Sealing) => Sealed> = {
  signed: ({ kind, fields }, { key, type }) => {
    const plain = Object.entries(fields).filter(([name]) => name !== 'sign');
    const all = { ...Object.fromEntries(plain), sign: sign(plain, key, type) };
    const pairs = inOrder(all, kind.layout, tableOf(kind));
    return { pairs, signing: { type, string_to_sign: stringToSign(plain, masked) } };
  },
  encrypted: (notification, { key, damage }) => {
    const { kind } = notification;
    if (!kind.envelope) throw new Error(`${kind.id} is encrypted and has no envelope`);
    const { outer, inner } = split(notification);
    const plaintext = writeXml(inOrder(inner, kind.layout, tableOf(kind)), kind.layout);
    const ciphertext = encrypt(plaintext, key);
    const hidden = damage.ciphertext ? ciphertextDamages[damage.ciphertext](ciphertext) : ciphertext;
    const table = kind.envelope.fields.map((field) => field.name);
    const pairs = inOrder(outer, kind.envelope.layout, table);
    return { pairs: [...pairs, [kind.envelope.into, hidden]], signing: null };
  },
};

function tableOf(kind: Kind): readonly string[] {
  return kind.fields.map((field) => field.name);
}

function damageHeaders(
  headers: SignedRequest['headers'],
  { headers: replaced = {} }: Damage,
): SignedRequest['headers'] {
  const names = Object.keys(replaced).map((name) => name.toLowerCase());
  const kept = headers.filter(([name]) => !names.includes(name.toLowerCase()));
  const added = Object.entries(replaced).filter((entry): entry is [string, string] => entry[1] !== null);
  return [...kept, ...added];
}
