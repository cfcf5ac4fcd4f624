/** What arrived, of either version, and whether it is what it says. */
import type { V2Credentials, V3Credentials, Verification } from '../protocol/dialect.ts';
import { v2 } from '../protocol/v2/index.ts';
import { v3 } from '../protocol/v3/index.ts';
import type { Received } from '../protocol/v3/verify.ts';

export type { Received } from '../protocol/v3/verify.ts';

/** What a merchant verifies with. */
export interface MerchantKeys {
  readonly v2: V2Credentials;
  /** Who has no key of the platform refuses what comes by API v3. */
  readonly v3: V3Credentials | undefined;
}

/** Verifies by the rules of the version. */
export function verifyReceived(received: Received, keys: MerchantKeys): Verification {
  if (!isV3Message(received)) return v2.verify(received.body, keys.v2);
  return keys.v3 ? v3.verify(received, keys.v3) : NO_KEY;
}

/** Whether its headers say that it is a notification of API v3, or was one. */
export function isV3Message({ headers }: Pick<Received, 'headers'>): boolean {
  return headers.some(
    ([name, value]) =>
      /^wechatpay-/i.test(name) || (/^content-type$/i.test(name) && /^application\/json\b/i.test(value)),
  );
}

const NO_KEY: Verification = {
  ok: false,
  checks: [{ step: 'serial', ok: false, saw: 'API v3, and this merchant has no key of the platform' }],
  fields: {},
  kind: undefined,
};
