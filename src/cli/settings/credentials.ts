/** Settings → credentials. */
import type { V2Credentials } from '../../protocol/dialect.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import type { Credentials } from '../../run/credentials.ts';
import { v3CredentialsOf } from './v3/credentials.ts';
import { unchosenText, unsetText } from './references.ts';
import type { Settings } from './settings.ts';

/** The merchant's credentials, each read when a notification needs them. */
export function credentialsOf(settings: Settings): Credentials {
  return { v2: () => v2CredentialsOf(settings), v3: () => v3CredentialsOf(settings) };
}

/** The merchant's credentials for API v2, or everything that is missing of them. */
export function v2CredentialsOf(settings: Settings): Result<V2Credentials> {
  const { appid, mch_id, api_key, sign_type } = settings;
  if (appid && mch_id && api_key) {
    return succeed({
      appid: appid.value,
      mch_id: mch_id.value,
      api_key: api_key.value,
      api_v3_key: settings.api_v3_key?.value,
      sign_type: sign_type.value,
    });
  }
  const missing = [
    !appid && 'the appid (WXNOTIFY_APPID)',
    !mch_id && 'the merchant number (WXNOTIFY_MCH_ID)',
    !api_key && 'the API key (WXNOTIFY_API_KEY or WXNOTIFY_API_KEY_FILE)',
  ].filter((item) => item !== false);
  const fix =
    'Set them in the environment, in .env, or in a profile (`wxnotify init`). `--profile demo` uses the public demo merchant. `wxnotify config` shows what is set.';
  const problem: Problem = {
    code: 'no-credentials',
    message: `missing: ${missing.join(', ')}`,
    fix: `${unchosenText(settings.unchosen)}${unsetText(settings.unset.merchant)}${fix}`,
  };
  return fail(problem, ...settings.warnings.filter(({ code }) => code === 'unreadable'));
}
