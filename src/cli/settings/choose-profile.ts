/** Which profile is in force, and what is in it. */
import { demoCredentials } from '../../merchant/demo.ts';
import { fail, succeed, type Result } from '../../scenario/problem.ts';
import { suggest } from '../../scenario/suggest.ts';
import type { Env } from '../context.ts';
import type { CommonOptions } from '../options.ts';
import type { DotEnv } from './dot-env.ts';
import type { ConfigFile, Profile } from './profile.ts';
import { DEMO_PROFILE, type Valued } from './valued.ts';

/** Where a profile may be named. */
interface Choice {
  readonly env: Env;
  readonly config: ConfigFile | undefined;
  readonly dotEnv: DotEnv;
}

/** The profile of the flag, the environment, or the configuration. */
export function chooseProfile(
  flags: CommonOptions,
  { env, config, dotEnv }: Choice,
): Valued<string> | undefined {
  if (flags.profile !== undefined) return { value: flags.profile, from: '--profile' };
  const variable = env['WXNOTIFY_PROFILE'];
  if (variable !== undefined && variable !== '') {
    const file = dotEnv.values['WXNOTIFY_PROFILE'] === variable ? dotEnv.file : 'environment';
    return { value: variable, from: `${file} (WXNOTIFY_PROFILE)` };
  }
  return config?.profile === undefined ? undefined : { value: config.profile, from: config.yaml.file };
}

/** The profile of that name: one's own, or the built-in merchant. */
export function loadProfile(
  named: Valued<string> | undefined,
  config: ConfigFile | undefined,
): Result<Profile> {
  if (!named) return succeed({});
  const own = config?.profiles ?? {};
  if (Object.hasOwn(own, named.value)) return succeed(own[named.value] ?? {});
  if (named.value === DEMO_PROFILE) return succeed(demoProfile());
  return fail({
    code: 'unknown-profile',
    message: `there is no profile \`${named.value}\` (${named.from})`,
    fix: config
      ? suggest(named.value, [...Object.keys(own), DEMO_PROFILE])
      : 'There is no wxnotify.yaml here or above; `wxnotify init` writes one. `demo` is built in.',
  });
}

function demoProfile(): Profile {
  const { appid, mch_id, api_key, api_v3_key, sign_type } = demoCredentials;
  return { appid, mch_id, api_key: api_key.reveal(), api_v3_key: api_v3_key.reveal(), sign_type };
}
