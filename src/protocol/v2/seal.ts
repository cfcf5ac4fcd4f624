/** Notification → signed request: the platform's side. */
import type {
  Field,
  Fields,
  Kind,
  Layout,
  Notification,
  Pair,
  SignedRequest,
  SignType,
  V2Credentials,
} from '../dialect.ts';
import { encryptAead } from '../aead.ts';
import { damageDocument } from '../damage/document.ts';
import { damageTransfer } from '../damage/transfer.ts';
import { split } from '../notification.ts';
import { masked, Secret } from '../secret.ts';
import { encrypt } from './cipher.ts';
import { eventBinding } from './event-binding.ts';
import { ciphertextDamages, damagePairs, type Damage } from './damage.ts';
import { byName, joined, signText, withKey } from './sign.ts';
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
export function seal(notification: Notification, credentials: V2Credentials, damage?: Damage): SignedRequest {
  const sealed = sealWith(notification, credentials, damage ?? NO_DAMAGE);
  const layout = outerLayout(notification.kind);
  const { pairs, signing } = sealed;
  if (!damage)
    return { method: 'POST', headers: HEADERS, body: Buffer.from(writeXml(pairs, layout), 'utf8'), signing };
  const request = {
    method: damage.method ?? 'POST',
    headers: damage.headers ? damageHeaders(HEADERS, damage.headers) : HEADERS,
    body: damageDocument(writeXml(damagePairs(pairs, damage), layout, damage), damage),
    signing,
  };
  return damageTransfer(request, damage);
}

const NO_DAMAGE: Damage = {};

function sealWith(notification: Notification, credentials: V2Credentials, damage: Damage): Sealed {
  const key = damage.key === undefined ? credentials.api_key : new Secret(damage.key);
  const type = damage.sign_type ?? notification.sign_type;
  const v3Key = damage.key === undefined ? credentials.api_v3_key : key;
  return sealers[notification.kind.seal](notification, { key, v3Key, type, damage });
}

interface Sealing {
  readonly key: Secret;
  readonly v3Key: Secret | undefined;
  readonly type: SignType;
  readonly damage: Damage;
}

interface Sealed {
  readonly pairs: readonly Pair[];
  readonly signing: SignedRequest['signing'];
}

const sealers: Record<Kind['seal'], (notification: Notification, sealing: Sealing) => Sealed> = {
  signed: ({ kind, fields }, sealing) => signed(Object.entries(fields), kind, sealing),
  encrypted: (notification, sealing) => {
    const { outer, into, layout, table } = enveloped(notification, sealing);
    return { pairs: [...inOrder(Object.entries(outer), layout, table), into], signing: null };
  },
  'encrypted-and-signed': (notification, sealing) => {
    const { outer, into } = enveloped(notification, sealing);
    return signed([...Object.entries(outer), into], notification.kind, sealing);
  },
};

function signed(fields: readonly Pair[], kind: Kind, { key, type }: Sealing): Sealed {
  const own: [string, string] = ['sign', '']; // sorted once with the others: it takes no part in the text
  const sorted = [...fields.filter(([name]) => name !== 'sign'), own].sort(byName);
  const text = joined(sorted);
  own[1] = signText(text, key, type);
  const pairs = outerLayout(kind).order === 'ascii' ? sorted : elements(sorted, kind);
  return { pairs, signing: { type, string_to_sign: withKey(text, masked) } };
}

/** The elements of a message that is not encrypted, or of the envelope, in their order. */
export function elements(fields: readonly Pair[], kind: Kind): readonly Pair[] {
  return inOrder(fields, outerLayout(kind), kind.envelope?.fields ?? kind.fields);
}

interface Enveloped {
  readonly outer: Fields;
  /** The element that hides the message. */
  readonly into: Pair;
  readonly layout: Layout;
  readonly table: readonly Field[];
}

function enveloped(notification: Notification, { key, v3Key, damage }: Sealing): Enveloped {
  const { kind } = notification;
  if (!kind.envelope) throw new Error(`${kind.id} is encrypted and has no envelope`);
  const { outer, inner } = split(notification);
  const written = inOrder(Object.entries(inner), kind.layout, kind.fields);
  const plaintext = damageDocument(writeXml(written, kind.layout, damage.inner), damage.inner ?? {});
  const ciphertext = encryptFor[kind.envelope.cipher](plaintext, outer, { key, v3Key });
  const hidden = damage.ciphertext ? ciphertextDamages[damage.ciphertext](ciphertext) : ciphertext;
  const { layout, fields, into } = kind.envelope;
  return { outer, into: [into, hidden], layout, table: fields };
}

type Cipher = NonNullable<Kind['envelope']>['cipher'];
type Keys = Pick<Sealing, 'key' | 'v3Key'>;

const encryptFor: Record<Cipher, (plaintext: Uint8Array, outer: Fields, keys: Keys) => string> = {
  'aes-256-ecb': (plaintext, _, { key }) => encrypt(plaintext, key),
  'aes-256-gcm': (plaintext, outer, { v3Key }) => {
    if (!v3Key) throw new Error('this kind is encrypted with the APIv3 key, and there is none');
    return encryptAead(plaintext, v3Key, eventBinding(outer));
  },
};

function outerLayout({ envelope, layout }: Kind): Layout {
  return envelope?.layout ?? layout;
}

function damageHeaders(
  headers: SignedRequest['headers'],
  replaced: NonNullable<Damage['headers']>,
): SignedRequest['headers'] {
  const names = Object.keys(replaced).map((name) => name.toLowerCase());
  const kept = headers.filter(([name]) => !names.includes(name.toLowerCase()));
  const added = Object.entries(replaced).filter((entry): entry is [string, string] => entry[1] !== null);
  return [...kept, ...added];
}
