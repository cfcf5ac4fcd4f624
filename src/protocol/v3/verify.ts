/** The merchant's side: every step of checking a received notification, in the order a sound handler takes them. */
import { decryptAead } from '../aead.ts';
import type { Check, Fields, Owner, V3Kind, Verification } from '../dialect.ts';
import type { PlatformKey, V3Credentials } from '../platform-key.ts';
import { TOLERANCE } from './damage/headers.ts';
import { PROBE } from './damage/signature.ts';
import { ENVELOPE } from './envelope.ts';
import { readJson } from './json.ts';
import { recogniseKind } from './recognise.ts';
import { bytesToSign, isSignedBy, SIGN_TYPE } from './sign.ts';

/** What a merchant receives. */
export interface Received {
  /** In any case, and as often as they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** The merchant’s clock. */
  readonly now: Date;
}

/** What it is verified with: who lacks a key cannot check what it is for, and takes nothing. */
export type Trust = Owner & {
  readonly [Key in 'api_v3_key' | 'platform' | 'also']?: V3Credentials[Key] | undefined;
};

/**
 * Verifies a v3 notification and opens it.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791861
 */
export function verify(received: Received, credentials: Trust): Verification {
  const headers = readHeaders(received);
  const opened = openBody(received.body, credentials);
  const checks = [
    headers.check,
    ...serialChecks(headers.values, credentials),
    ...timestampChecks(headers.values, received.now),
    ...signChecks(headers.values, received.body, credentials),
    ...opened.checks,
    ...merchantChecks(opened, credentials),
  ];
  return { ok: checks.every(({ ok }) => ok), checks, fields: opened.fields, kind: opened.kind?.id };
}

/** The signature's headers, as far as each is there exactly once and not empty. */
export type Values = Readonly<Partial<Record<(typeof NEEDED)[number], string>>>;

const NEEDED = ['timestamp', 'nonce', 'serial', 'signature'] as const;

/** Reads the headers, and says the first thing that is wrong with them. */
export function readHeaders({ headers }: Pick<Received, 'headers'>): {
  readonly check: Check;
  readonly values: Values;
} {
  const all = (name: string): readonly string[] =>
    headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
  const found = NEEDED.map((name) => [name, all(`wechatpay-${name}`)] as const);
  const values = Object.fromEntries(
    found
      .filter(([, given]) => given.length === 1 && given[0] !== '')
      .map(([name, given]) => [name, given[0] ?? '']),
  );
  const wrong = found.find(([name]) => values[name] === undefined);
  const types = all('wechatpay-signature-type');
  const otherType = types.find((type) => type !== SIGN_TYPE);
  if (wrong) return { check: failed('headers', amiss(...wrong)), values };
  if (types.length > 1) return { check: failed('headers', amiss('signature-type', types)), values };
  if (otherType !== undefined)
    return { check: failed('headers', `Wechatpay-Signature-Type: ${otherType}`), values };
  return { check: passed('headers', 'all there, each once'), values };
}

function amiss(name: string, given: readonly string[]): string {
  const header = `Wechatpay-${name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())}`;
  if (given.length > 1) return `${header} is there ${given.length} times`;
  return given.length === 0 ? `no ${header}` : `${header} is empty`;
}

function serialChecks({ serial }: Values, trust: Trust): readonly Check[] {
  const known = trusted(trust).map((key) => key.serial);
  if (serial === undefined || known.length === 0) return [];
  if (known.includes(serial)) return [passed('serial', serial)];
  const keys = known.length === 1 ? 'the key we know is' : 'those we know are';
  return [failed('serial', `${serial}, and ${keys} ${known.join(', ')}`)];
}

function trusted({ platform, also = [] }: Trust): readonly PlatformKey[] {
  return platform ? [platform, ...also] : also;
}

function keyNamed(serial: string | undefined, trust: Trust): PlatformKey | undefined {
  return trusted(trust).find((key) => key.serial === serial);
}

function timestampChecks({ timestamp }: Values, now: Date): readonly Check[] {
  if (timestamp === undefined) return [];
  if (!/^\d{1,12}$/.test(timestamp)) return [failed('timestamp', `${timestamp} is not seconds since 1970`)];
  const off = Math.round(Number(timestamp) - now.getTime() / 1000);
  if (Math.abs(off) <= TOLERANCE) return [passed('timestamp', timestamp)];
  const way = off < 0 ? 'before' : 'ahead of';
  return [
    failed(
      'timestamp',
      `${timestamp} is ${Math.abs(off)} seconds ${way} our clock; ${TOLERANCE} are allowed`,
    ),
  ];
}

/** Under a name that nobody knows, the key in force tells whether the signature at least is right. */
function signChecks(values: Values, body: Uint8Array, trust: Trust): readonly Check[] {
  const { timestamp, nonce, signature } = values;
  const platform = keyNamed(values.serial, trust) ?? trust.platform;
  if (timestamp === undefined || nonce === undefined || signature === undefined) return [];
  if (!platform) return [failed('sign', 'not checked: no key of the platform is known')];
  if (signature.startsWith(PROBE)) return [failed('sign', 'a probe of the platform, which must be refused')];
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return [failed('sign', 'not base64')];
  return isSignedBy(bytesToSign({ timestamp, nonce }, body), signature, platform.publicKey)
    ? [passed('sign', `${SIGN_TYPE} matches`)]
    : [failed('sign', `${SIGN_TYPE} does not match`)];
}

/** A body, as far as it could be read. */
interface Opened {
  readonly checks: readonly Check[];
  readonly fields: Fields;
  readonly kind: V3Kind | undefined;
  /** Whether the resource is among the fields. */
  readonly isOpen: boolean;
}

function openBody(body: Uint8Array, { api_v3_key }: Trust): Opened {
  const outer = readEnvelope(body);
  if (typeof outer === 'string') {
    return { checks: [failed('form', outer)], fields: {}, kind: undefined, isOpen: false };
  }
  const form = passed('form', `${outer['event_type'] ?? ''} in an envelope`);
  const { 'resource.ciphertext': _, ...rest } = outer;
  const named = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [`${ENVELOPE}${name}`, value]),
  );
  const { inner, check } = openResource(outer, api_v3_key);
  const fields = { ...inner, ...named };
  return { checks: [form, check], fields, kind: recogniseKind(fields), isOpen: inner !== undefined };
}

interface Inside {
  readonly inner: Fields | undefined;
  readonly check: Check;
}

function openResource(outer: Fields, key: Trust['api_v3_key']): Inside {
  if (!key) return { inner: undefined, check: failed('decrypt', NO_KEY) };
  const binding = {
    nonce: outer['resource.nonce'] ?? '',
    associated_data: outer['resource.associated_data'] ?? '',
  };
  const plaintext = decryptAead(outer['resource.ciphertext'] ?? '', key, binding);
  const inner = plaintext === undefined ? undefined : readJson(plaintext);
  if (inner)
    return { inner, check: passed('decrypt', `resource opens, with ${Object.keys(inner).length} fields`) };
  const why =
    plaintext === undefined ? 'does not open: another key, or damaged' : 'opens to what is no JSON object';
  return { inner, check: failed('decrypt', `resource ${why}`) };
}

const NO_KEY = 'resource is not opened: there is no APIv3 key';

/** The envelope's fields, or what is wrong with its form. */
function readEnvelope(body: Uint8Array): Fields | string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return 'not UTF-8';
  }
  const outer = readJson(text);
  if (!outer) return 'not a JSON object';
  const missing = ['id', 'event_type', 'resource_type', 'resource.algorithm', 'resource.ciphertext', 'resource.nonce']; // prettier-ignore
  const absent = missing.find((name) => (outer[name] ?? '') === '');
  if (absent !== undefined) return `no ${absent}`;
  if (outer['resource_type'] !== 'encrypt-resource')
    return `resource_type is ${outer['resource_type'] ?? ''}`;
  const algorithm = outer['resource.algorithm'] ?? '';
  return algorithm === 'AEAD_AES_256_GCM' ? outer : `resource.algorithm is ${algorithm}`;
}

/** The names that a merchant has in resources of a kind that is not known here. */
export const MERCHANTS = ['mchid', 'sp_mchid', 'combine_mchid', 'mch_id'];

/** Some kinds do not say whose they are. */
function merchantChecks({ kind, fields, isOpen }: Opened, credentials: Owner): readonly Check[] {
  if (!isOpen) return [];
  const unknown = MERCHANTS.filter((name) => fields[name] !== undefined).map((name) => ['mch_id', name]);
  const owner = (kind ? Object.entries(kind.owner) : unknown) as ['appid' | 'mch_id', string][];
  return owner.map(([what, name]) => {
    const got = fields[name] ?? '(missing)';
    return got === credentials[what]
      ? passed('merchant', `${name}=${got}`)
      : failed('merchant', `${name}=${got}, and ours is ${credentials[what]}`);
  });
}

function passed(step: Check['step'], saw: string): Check {
  return { step, ok: true, saw };
}

function failed(step: Check['step'], saw: string): Check {
  return { step, ok: false, saw };
}
