/** A body becomes a request: the headers that the platform sends, the signature among them. */
import type { KeyObject } from 'node:crypto';
import type { SignedRequest } from '../dialect.ts';
import type { V3Credentials } from '../platform-key.ts';
import type { Damage } from './damage/damage.ts';
import { headerNameDamages, serialDamages, timestampDamages, type Timestamps } from './damage/headers.ts';
import { signatureDamages } from './damage/signature.ts';
import { bytesToSign, sign, signLater, SIGN_TYPE, type Moment } from './sign.ts';

/** What one delivery of a notification is signed with. */
export interface Signing extends Moment {
  /** The delivery’s own number. */
  readonly request_id: string;
}

/** How one delivery of a notification is sealed. */
export interface Sealing extends Signing {
  /** What a forger or a fault does to it; without, the request is authentic. */
  readonly damage?: Damage | undefined;
}

/** A body as it was signed, and as it is sent: damage makes them differ. */
export interface Bodies {
  readonly signed: Uint8Array;
  readonly sent: Uint8Array;
}

type Header = readonly [name: string, value: string];

/** As captured. Host, length and connection are the HTTP client's. */
const HEADERS: readonly Header[] = [
  ['User-Agent', 'Mozilla/4.0'],
  ['Accept', '*/*'],
  ['Content-Type', 'application/json'],
  ['Pragma', 'no-cache'],
];

/**
 * Signs a body.
 *
 * @throws when the credentials have no private key
 */
export function signRequest(
  { signed, sent }: Bodies,
  credentials: V3Credentials,
  { damage = {}, ...sealing }: Sealing,
): SignedRequest {
  const { timestamp, nonce, request_id } = sealing;
  const times = timesOf(timestamp, damage);
  const toSign = bytesToSign({ timestamp: times.signed, nonce }, signed);
  const signature = signatureOf({ timestamp: times.signed, nonce, body: signed }, credentials, damage);
  return requestOf({ sent, toSign, signature, stated: times.stated }, credentials, {
    nonce,
    request_id,
    damage,
  });
}

/**
 * Signs a body on another thread; undamaged.
 *
 * @throws when the credentials have no private key
 */
export async function signRequestLater(
  body: Uint8Array,
  credentials: V3Credentials,
  signing: Signing,
): Promise<SignedRequest> {
  const toSign = bytesToSign(signing, body);
  const signature = await signLater(toSign, keyOf(credentials));
  const signed = { sent: body, toSign, signature, stated: signing.timestamp };
  return requestOf(signed, credentials, { ...signing, damage: {} });
}

/** A body that is signed. */
interface Signed {
  readonly sent: Uint8Array;
  readonly toSign: Uint8Array;
  readonly signature: string | undefined;
  /** The time that the header states. */
  readonly stated: string | undefined;
}

function requestOf(
  { sent, toSign, signature, stated }: Signed,
  credentials: V3Credentials,
  { nonce, request_id, damage }: Omit<Signing, 'timestamp'> & { readonly damage: Damage },
): SignedRequest {
  const headers = [
    ...HEADERS,
    ['Request-ID', request_id],
    ['Wechatpay-Nonce', nonce],
    ['Wechatpay-Serial', serialOf(credentials, damage)],
    ['Wechatpay-Signature', signature],
    ['Wechatpay-Signature-Type', SIGN_TYPE],
    ['Wechatpay-Timestamp', stated],
  ] as const;
  return {
    method: damage.method ?? 'POST',
    headers: damageHeaders(headers.filter(isThere), damage),
    body: sent,
    signing: { type: SIGN_TYPE, string_to_sign: Buffer.from(toSign).toString('utf8') },
  };
}

function timesOf(timestamp: string, { timestamp: name }: Damage): Timestamps {
  return name ? timestampDamages[name].damage(timestamp) : { signed: timestamp, stated: timestamp };
}

function signatureOf(
  message: Moment & { readonly body: Uint8Array },
  credentials: V3Credentials,
  { signing_key, signature: name }: Damage,
): string | undefined {
  const key = signing_key ?? keyOf(credentials);
  const signWith = (bytes: Uint8Array): string => sign(bytes, key);
  const signature = signWith(bytesToSign(message, message.body));
  return name ? signatureDamages[name].damage({ ...message, signature, sign: signWith }) : signature;
}

function keyOf({ platform }: V3Credentials): KeyObject {
  if (platform.privateKey) return platform.privateKey;
  throw new Error('API v3 is signed with the platform’s private key, and there is none');
}

function serialOf({ platform }: V3Credentials, { serial: name }: Damage): string | undefined {
  return name ? serialDamages[name].damage(platform.serial) : platform.serial;
}

function isThere(header: readonly [string, string | undefined]): header is Header {
  return header[1] !== undefined;
}

/** Replaced, taken out or added, then said twice, then renamed. */
function damageHeaders(headers: readonly Header[], damage: Damage): readonly Header[] {
  const { headers: replaced = {}, duplicate = {}, header_names } = damage;
  if (!damage.headers && !damage.duplicate && !header_names) return headers;
  const names = Object.keys(replaced).map((name) => name.toLowerCase());
  const kept = headers.filter(([name]) => !names.includes(name.toLowerCase()));
  const added = Object.entries(replaced).filter((entry): entry is [string, string] => entry[1] !== null);
  const twice = new Map(Object.entries(duplicate).map(([name, value]) => [name.toLowerCase(), value]));
  const all = [...kept, ...added].flatMap(([name, value]): readonly Header[] => {
    const second = twice.get(name.toLowerCase());
    return second === undefined ? [[name, value]] : [[name, value], [name, second ?? value]]; // prettier-ignore
  });
  if (!header_names) return all;
  return all.map(([name, value]) => [headerNameDamages[header_names].damage(name), value]);
}
