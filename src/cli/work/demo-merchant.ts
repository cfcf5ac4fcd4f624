/** The demo merchant’s credentials, of both versions. */
import { demoCredentials } from '../../merchant/demo.ts';
import type { V3Credentials } from '../../protocol/platform-key.ts';
import type { Credentials } from '../../run/credentials.ts';
import { succeed } from '../../scenario/problem.ts';
import { platformOf } from '../settings/v3/credentials.ts';
import { loadDemoKeys } from '../settings/v3/load-keys.ts';

/** What is built for nobody in particular is built for the demo merchant. */
export const demoMerchant: Credentials = {
  v2: () => succeed(demoCredentials),
  v3: () => succeed(demoV3Credentials()),
};

/** The demo merchant, and the platform’s stand-in key that is built in. */
export function demoV3Credentials(): V3Credentials {
  const keys = loadDemoKeys(undefined);
  if (!keys.ok) throw new Error('the demo key cannot be read');
  const { appid, mch_id, api_v3_key } = demoCredentials;
  return { appid, mch_id, api_v3_key, ...platformOf(keys.value) };
}
