/** What arrived, of either version, and whether it is what it says. */
import type { Check, V2Credentials, Verification } from '../protocol/dialect.ts';
import type { V3Credentials } from '../protocol/platform-key.ts';
import { v2 } from '../protocol/v2/index.ts';
import { v3 } from '../protocol/v3/index.ts';
import type { Received } from '../protocol/v3/verify.ts';

export type { Received } from '../protocol/v3/verify.ts';

/** What a merchant verifies with. */
export interface MerchantKeys {
  /** Who has no API key refuses what comes by API v2. */
  readonly v2: V2Credentials | undefined;
  /** Who has no key of the platform refuses what comes by API v3. */
  readonly v3: V3Credentials | undefined;
}

/** Verifies by the rules of the version. */
export function verifyReceived(received: Received, keys: MerchantKeys): Verification {
  if (isV3Message(received)) return keys.v3 ? v3.verify(received, keys.v3) : NO_PLATFORM_KEY;
  return keys.v2 ? v2.verify(received.body, keys.v2) : NO_API_KEY;
}

/** Whether its headers say that it is a notification of API v3, or was one. */
export function isV3Message({ headers }: Pick<Received, 'headers'>): boolean {
  return headers.some(
    ([name, value]) =>
      /^wechatpay-/i.test(name) || (/^content-type$/i.test(name) && /^application\/json\b/i.test(value)),
  );
}

const NO_PLATFORM_KEY = refused('serial', 'API v3, and this merchant has no key of the platform');
const NO_API_KEY = refused('sign', 'API v2, and this merchant has no API key');

function refused(step: Check['step'], saw: string): Verification {
  return { ok: false, checks: [{ step, ok: false, saw }], fields: {}, kind: undefined };
}
