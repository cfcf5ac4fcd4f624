/** Credentials that belong to nobody: for the built-in merchant, or when they are asked for by name. */
import type { V2Credentials } from '../protocol/dialect.ts';
import { Secret } from '../protocol/secret.ts';

/** The official documents' own placeholders, and keys that are public by design. */
export const demoCredentials = {
  appid: 'wx8888888888888888',
  mch_id: '1900000109',
  api_key: new Secret('WXNOTIFYdemoKEYneverUSEthisLIVE1'),
  api_v3_key: new Secret('WXNOTIFYdemoV3KEYneverUSEitLIVE2'),
  sign_type: 'MD5',
} as const satisfies V2Credentials;
