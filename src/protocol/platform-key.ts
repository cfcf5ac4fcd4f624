/** The key that the platform signs with, or its stand-in, and what a v3 merchant shares with it. */
import type { KeyObject } from 'node:crypto';
import type { Owner } from './dialect.ts';
import type { Secret } from './secret.ts';

/** What a v3 merchant shares with the platform, and knows of it. */
export interface V3Credentials extends Owner {
  /** The APIv3 key, 32 characters. */
  readonly api_v3_key: Secret;
  /** What is signed with. */
  readonly platform: PlatformKey;
  /** What the merchant trusts besides: the same key under its other name, and the one before while keys change. */
  readonly also?: readonly PlatformKey[];
}

/** The platform's key, or its stand-in. A `KeyObject` is parsed once, and shows nothing of the key when it is printed. */
export interface PlatformKey {
  /** The certificate's serial in upper-case hexadecimal, or `PUB_KEY_ID_…`. */
  readonly serial: string;
  readonly publicKey: KeyObject;
  /** Who only verifies has none. */
  readonly privateKey?: KeyObject | undefined;
}
