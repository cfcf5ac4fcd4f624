/** Notification → signed request: the platform's side. */
import { encryptAead } from '../aead.ts';
import type { Fields, Notification, SignedRequest, V3Kind } from '../dialect.ts';
import type { V3Credentials } from '../platform-key.ts';
import { Secret } from '../secret.ts';
import { damageDocument, type DocumentDamage } from '../damage/document.ts';
import { bodyBefore, damageTransfer } from '../damage/transfer.ts';
import type { Damage } from './damage/damage.ts';
import { resourceDamages } from './damage/resource.ts';
import { ENVELOPE, envelopeTable } from './envelope.ts';
import { writeJson } from './json.ts';
import { signRequest, signRequestLater, type Sealing, type Signing } from './sign-request.ts';

/**
 * Encrypts and signs a notification, and writes the request that carries it.
 *
 * @param sealing the moment and the nonce of the signature; a repetition has others, see {@link resign}
 * @throws when there is a reason not to, see {@link unsealable}
 */
export function seal(
  notification: Notification<V3Kind>,
  credentials: V3Credentials,
  sealing: Sealing,
): SignedRequest {
  const { damage = {} } = sealing;
  const parts = partsOf(notification, credentials, damage);
  const body = writeBody(parts, {});
  const sent = damageDocument(isAltering(damage) ? writeBody(parts, damage) : body, damage);
  const signed = damage.sign_again === true ? sent : Buffer.from(body, 'utf8');
  return damageTransfer(signRequest({ signed, sent }, credentials, sealing), damage);
}

/** Signs a request again, as the platform does for every repetition: the same body, of another moment. */
export function resign(request: SignedRequest, credentials: V3Credentials, sealing: Sealing): SignedRequest {
  const { signing, transfer } = request;
  const { damage = {} } = sealing;
  const sent = bodyBefore(request, damage);
  const isSent = signing === null || damage.sign_again === true; // its bytes may be no text
  const signed = isSent ? sent : signedBody(signing.string_to_sign);
  const again = damageTransfer(signRequest({ signed, sent }, credentials, sealing), damage);
  return transfer ? { ...again, transfer } : again;
}

/** Seals an authentic notification as {@link seal} does; its signature is made on another thread. */
export async function sealLater(
  notification: Notification<V3Kind>,
  credentials: V3Credentials,
  signing: Signing,
): Promise<SignedRequest> {
  const body = writeBody(partsOf(notification, credentials, {}), {});
  return signRequestLater(Buffer.from(body), credentials, signing);
}

/** Signs an authentic request again as {@link resign} does, on another thread. */
export async function resignLater(
  { body }: SignedRequest,
  credentials: V3Credentials,
  signing: Signing,
): Promise<SignedRequest> {
  return signRequestLater(body, credentials, signing);
}

/**
 * Why a notification cannot be sealed at all, if it cannot: who leaves the nonce out, or has a key of another length,
 * is to be told before.
 */
export function unsealable(
  { fields }: Notification<V3Kind>,
  { api_v3_key, platform }: V3Credentials,
): string | undefined {
  const bytes = Buffer.byteLength(api_v3_key.reveal());
  if (bytes !== KEY_LENGTH) return `the APIv3 key has ${bytes} bytes, and not ${KEY_LENGTH}`;
  const nonce = Buffer.byteLength(fields[`${ENVELOPE}resource.nonce`] ?? '');
  if (nonce === 0 || nonce > LONGEST_NONCE) {
    return `${ENVELOPE}resource.nonce has ${nonce} bytes, where 12 are usual and at most ${LONGEST_NONCE} possible`;
  }
  return platform.privateKey ? undefined : 'there is no private key of the platform to sign with';
}

const KEY_LENGTH = 32;
/** What AES-256-GCM takes, in bytes. */
const LONGEST_NONCE = 64;

/** The third line, without the line feed that ends it. */
function signedBody(stringToSign: string): Uint8Array {
  const at = stringToSign.indexOf('\n', stringToSign.indexOf('\n') + 1);
  return Buffer.from(stringToSign.slice(at + 1, -1));
}

/** A notification before it is written, and how its resource is encrypted into the envelope. */
interface Parts {
  readonly inner: Fields;
  readonly enclose: (inner: Fields) => Fields;
}

function partsOf({ kind, fields }: Notification<V3Kind>, credentials: V3Credentials, damage: Damage): Parts {
  const entries = Object.entries(fields);
  const own = entries.filter(([name]) => name.startsWith(ENVELOPE));
  const outer: Fields = Object.fromEntries(own.map(([name, value]) => [name.slice(ENVELOPE.length), value]));
  const inner = Object.fromEntries(entries.filter(([name]) => !name.startsWith(ENVELOPE)));
  const key = damage.key === undefined ? credentials.api_v3_key : new Secret(damage.key);
  const { 'resource.nonce': nonce = '', 'resource.associated_data': associated_data = '' } = outer;
  const enclose = (resource: Fields): Fields => {
    const plaintext = damageDocument(writeJson(resource, kind.fields, damage.inner), damage.inner ?? {});
    const ciphertext = encryptAead(plaintext, key, { nonce, associated_data });
    return damagedResource({ ...outer, 'resource.ciphertext': ciphertext }, damage);
  };
  return { inner, enclose };
}

/** The envelope as JSON, fields altered where that is asked for: in the resource before, in the envelope after encrypting. */
function writeBody({ inner, enclose }: Parts, damage: Damage): string {
  const outer = altered(enclose(altered(inner, damage, '')), damage, ENVELOPE);
  return writeJson(outer, envelopeTable, rawOf(damage));
}

/** What is put in raw; the names of the envelope begin with where they stand. */
function rawOf({ markup = {}, ...damage }: Damage): DocumentDamage {
  const entries = Object.entries(markup).map(([name, text]) => [name.slice(ENVELOPE.length), text] as const);
  return { ...damage, markup: Object.fromEntries(entries) };
}

function isAltering({ change, drop, add, markup, first, last }: Damage): boolean {
  return [change, drop, add, markup, first, last].some((part) => part !== undefined);
}

/** Changes fields, drops and adds some: those of the envelope, or (without a prefix) those of the resource. */
function altered(fields: Fields, damage: Damage, prefix: string): Fields {
  if (!isAltering(damage)) return fields;
  const { change, drop = [], add } = damage;
  const isOwn = (name: string): boolean => name.startsWith(ENVELOPE) === (prefix === ENVELOPE);
  const given = Object.entries({ ...change, ...add }).filter(([name]) => isOwn(name));
  const all = {
    ...fields,
    ...Object.fromEntries(given.map(([name, value]) => [name.slice(prefix.length), value])),
  };
  const dropped = drop.filter(isOwn).map((name) => name.slice(prefix.length));
  return Object.fromEntries(Object.entries(all).filter(([name]) => !dropped.includes(name)));
}

/** What the envelope does not state stays out, unless damage has put something there. */
function damagedResource(outer: Fields, { resource: name }: Damage): Fields {
  if (!name) return outer;
  const members = ['algorithm', 'ciphertext', 'associated_data', 'nonce'] as const;
  const [algorithm = '', ciphertext = '', associated_data = '', nonce = ''] = members.map(
    (member) => outer[`resource.${member}`],
  );
  const before = { algorithm, ciphertext, associated_data, nonce };
  const after = resourceDamages[name].damage(before);
  const changed = members.filter((member) => after[member] !== before[member]);
  return { ...outer, ...Object.fromEntries(changed.map((member) => [`resource.${member}`, after[member]])) };
}
