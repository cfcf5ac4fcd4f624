/** Settings → credentials for API v3. */
import type { PlatformKey, V3Credentials } from '../../../protocol/platform-key.ts';
import type { PlatformKeys } from '../../../platform/keys.ts';
import { fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import { unchosenText, unsetText } from '../references.ts';
import type { Settings } from '../settings.ts';

/** The merchant's credentials for API v3, or everything that is missing of them. */
export function v3CredentialsOf(settings: Settings): Result<V3Credentials> {
  const { appid, mch_id, api_v3_key, v3 } = settings;
  const keys = v3.load();
  if (appid && mch_id && api_v3_key && keys.ok) {
    const own = { appid: appid.value, mch_id: mch_id.value, api_v3_key: api_v3_key.value };
    return succeed({ ...own, platform: platformKeyOf(keys.value) });
  }
  const missing = missingOf(settings);
  const unreadable = settings.warnings.filter(({ code }) => code === 'unreadable');
  const unkeyed = keys.ok ? [] : keys.problems;
  const [first, ...rest] = [...(missing.length > 0 ? [problemOf(missing, settings)] : []), ...unkeyed];
  if (!first) throw new Error('nothing is missing, and there are no credentials');
  return fail(first, ...rest, ...unreadable);
}

function missingOf({ appid, mch_id, api_v3_key }: Settings): readonly string[] {
  return [
    !appid && 'the appid (WXNOTIFY_APPID)',
    !mch_id && 'the merchant number (WXNOTIFY_MCH_ID)',
    !api_v3_key && 'the APIv3 key (WXNOTIFY_API_V3_KEY or WXNOTIFY_API_V3_KEY_FILE)',
  ].filter((item) => item !== false);
}

function problemOf(missing: readonly string[], settings: Settings): Problem {
  const fix =
    'Set them in the environment, in .env, or in a profile (`wxnotify init`). `--profile demo` uses the public demo merchant. `wxnotify config` shows what is set.';
  return {
    code: 'no-credentials',
    message: `missing: ${missing.join(', ')}`,
    fix: `${unchosenText(settings.unchosen)}${unsetText(settings.unset.merchant)}${fix}`,
  };
}

/** What the protocol knows of a platform key. */
export function platformKeyOf({ signer, publicKey, privateKey }: PlatformKeys): PlatformKey {
  return { serial: signer, publicKey, privateKey };
}
