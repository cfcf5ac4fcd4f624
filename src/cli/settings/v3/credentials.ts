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
    const before = v3.loadBefore();
    return succeed({ ...own, ...platformOf(keys.value, before.ok ? before.value : undefined) });
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

/** What the protocol knows of a platform key and of the one before: what is signed with, and all that is trusted. */
export function platformOf(
  keys: PlatformKeys,
  before?: PlatformKeys,
): Required<Pick<V3Credentials, 'platform' | 'also'>> {
  const { signer, publicKey, privateKey } = keys;
  const others = [...namesOf(keys), ...(before ? namesOf(before) : [])];
  return {
    platform: { serial: signer, publicKey, privateKey },
    also: others.filter(({ serial }) => serial !== signer),
  };
}

/** While a merchant goes from certificates to public keys, the platform signs under either name. */
function namesOf({ serial, publicKeyId, publicKey }: PlatformKeys): readonly PlatformKey[] {
  return [serial, publicKeyId].flatMap((name) => (name === undefined ? [] : [{ serial: name, publicKey }]));
}
