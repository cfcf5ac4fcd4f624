/** Signatures of API v3 as functions: to sign, to verify, and what there is to trust. */
import * as v from 'valibot';
import type { Verification } from '../../protocol/dialect.ts';
import type { PlatformKeys } from '../../platform/keys.ts';
import { v3 } from '../../protocol/v3/index.ts';
import { bytesToSign, sign } from '../../protocol/v3/sign.ts';
import { toBytes } from '../body.ts';
import { check } from '../check.ts';
import { credentialsOf, needed } from '../credentials.ts';
import type { MerchantOptions } from '../merchant.ts';
import { platformSchema } from './check-platform.ts';
import type { PlatformOptions, PlatformTrust } from './platform.ts';
import { readPlatform } from './read-platform.ts';

/** What is signed. */
export interface MessageV3 {
  /** Seconds since 1970, as `Wechatpay-Timestamp` says them. */
  readonly timestamp: string | number;
  readonly nonce: string;
  readonly body: string | Uint8Array;
}

/** What a handler gets: the headers as node, `inject` or `fetch` have them, and the body as it came. */
export interface ReceivedV3 {
  /** Names in any case. */
  readonly headers:
    | Readonly<Record<string, string | readonly string[] | undefined>>
    | Iterable<readonly [name: string, value: string]>;
  readonly body: string | Uint8Array;
}

const timestamp = v.union([v.string(), v.number()], 'seconds since 1970');
const messageSchema = v.object({
  message: v.strictObject({
    timestamp,
    nonce: v.string('text'),
    body: v.unknown(),
  } satisfies Record<keyof MessageV3, v.GenericSchema>),
});
const receivedSchema = v.object({
  headers: v.custom<ReceivedV3['headers']>(
    (input) => typeof input === 'object' && input !== null,
    'an object of names and values, or Headers',
  ),
  options: v.strictObject({ at: v.optional(v.date('a Date that is a moment')) }),
});

/**
 * Signs as the platform does: RSA with SHA-256 over timestamp, nonce and body.
 *
 * @param platform `'demo'`, or a private key as PEM
 * @returns base64, as in `Wechatpay-Signature`
 * @throws InputError when an argument is not of its type, or the key cannot be read
 */
export function signV3(message: MessageV3, platform: PlatformOptions): string {
  check(messageSchema, { message });
  const { privateKey } = keysOf(platform);
  const moment = { timestamp: String(message.timestamp), nonce: message.nonce };
  return sign(bytesToSign(moment, toBytes(message.body)), privateKey);
}

/**
 * Verifies a v3 notification as a merchant must, step by step, and opens it.
 *
 * @param options `at`: the merchant's clock, by which a signature is old; now unless given
 * @returns every check, and the fields, which are not to be trusted unless `ok`
 * @throws InputError when the merchant lacks something, or an argument is not of its type
 */
export function verifyV3(
  received: ReceivedV3,
  merchant: MerchantOptions,
  options: { readonly at?: Date | undefined } = {},
): Verification {
  const given = (received as ReceivedV3 | undefined) ?? ({} as ReceivedV3);
  const { headers, body } = given;
  check(receivedSchema, { headers, options });
  const credentials = needed(credentialsOf(merchant).v3());
  const { at: now = new Date() } = options;
  return v3.verify({ headers: pairsOf(headers), body: toBytes(body), now }, credentials);
}

/**
 * What the code under test must trust, to take what is signed with this key for the platform's.
 *
 * @throws InputError when the key cannot be read
 */
export function trustOf(platform: PlatformOptions): PlatformTrust {
  const { signer, publicKeyPem, certificatePem } = keysOf(platform);
  const trust = { serial: signer, public_key: publicKeyPem };
  return certificatePem === undefined ? trust : { ...trust, certificate: certificatePem };
}

function keysOf(platform: PlatformOptions): PlatformKeys {
  check(v.object({ platform: platformSchema }), { platform }, { hidden: true });
  return needed(readPlatform(platform));
}

function pairsOf(headers: ReceivedV3['headers']): readonly (readonly [string, string])[] {
  if (Symbol.iterator in headers) return [...(headers as Iterable<readonly [string, string]>)];
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, one] as const),
  );
}
