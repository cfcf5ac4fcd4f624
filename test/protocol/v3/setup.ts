/** What the tests of API v3 share: a platform's key, a merchant, and short ways to build and to seal. */
import { generateKeyPairSync } from 'node:crypto';
import type { SignedRequest, Verification } from '../../../src/protocol/dialect.ts';
import type { V3Credentials } from '../../../src/protocol/platform-key.ts';
import { buildNotification, type Overrides } from '../../../src/protocol/notification.ts';
import { Secret } from '../../../src/protocol/secret.ts';
import type { Damage } from '../../../src/protocol/v3/damage/damage.ts';
import { v3 } from '../../../src/protocol/v3/index.ts';
import { v3Kinds } from '../../../src/protocol/v3/kinds.gen.ts';
import type { Sealing } from '../../../src/protocol/v3/sign-request.ts';
import { seededSource } from '../../../src/run/source.ts';
import { merchant } from '../../support/cli.ts';

export type V3KindName = keyof typeof v3Kinds;

/** Made anew: no private key lies about in the tree. */
const platformKey = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const V3_KEY = merchant.api_v3_key;
export const SERIAL = '5C9F3A21B7D04E6688AA00FF11223344556677E8';
export const credentials: V3Credentials = {
  appid: merchant.appid,
  mch_id: merchant.mch_id,
  api_v3_key: new Secret(V3_KEY),
  platform: { serial: SERIAL, ...platformKey },
};

/** 2026-01-01 12:00:00 in UTC+8. */
export const NOW = new Date(Date.UTC(2026, 0, 1, 4));
export const sealing: Sealing = {
  timestamp: String(NOW.getTime() / 1000),
  nonce: 'zz0Hx4BPQJ5M6vmHfveBOuTABJVjLjE6',
  request_id: '08F78BB5AF0610D302189F99DD5C20BA56F89845-0',
};

/** A notification of the test merchant, made at {@link NOW}. */
export function build(name: V3KindName, fields: Overrides = {}, seed = 'test') {
  return buildNotification({
    kind: v3Kinds[name],
    fields,
    merchant: credentials,
    source: seededSource(seed),
  });
}

/** A request that carries it. */
export function sealed(name: V3KindName, fields: Overrides = {}, damage?: Damage): SignedRequest {
  return v3.seal(build(name, fields), credentials, { ...sealing, damage });
}

/** What the merchant's side makes of a request. */
export function received(request: SignedRequest, now = NOW): Verification {
  return v3.verify({ ...request, now }, credentials);
}

/** The steps that failed. */
export function failedSteps({ checks }: Verification): readonly string[] {
  return checks.filter(({ ok }) => !ok).map(({ step }) => step);
}

export function header({ headers }: SignedRequest, name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
