/** Options → what the parts of `wxnotify run` work with. */
import type { Cli } from '../../cli/context.ts';
import { masker } from '../../cli/mask.ts';
import { homeFolder } from '../../cli/home.ts';
import { knownKeys } from '../../cli/settings/secrets.ts';
import type { Settings } from '../../cli/settings/settings.ts';
import { noV3 } from '../../cli/settings/v3/v3-settings.ts';
import type { Valued } from '../../cli/settings/valued.ts';
import { Secret } from '../../protocol/secret.ts';
import type { RunOptions } from './options.ts';

/** Somebody who cannot be asked, and to whom nothing is said. Keys of the environment are kept from everybody, too. */
export function createSilentCli({ cwd = process.cwd(), signal, merchant }: RunOptions): Cli {
  const silent = (): void => undefined;
  const { env } = process;
  const own = [merchant.api_key ?? '', merchant.api_v3_key ?? ''].filter((key) => key !== '');
  const secrets = new Set([...own, ...knownKeys({ env, dotEnv: NO_FILE, config: undefined, root: cwd })]);
  return {
    streams: process,
    env,
    cwd,
    signal: signal ? AbortSignal.any([signal]) : new AbortController().signal, // ours to set up
    interactive: false,
    home: homeFolder(),
    secrets,
    mask: (text) => masker([...secrets])(text),
    json: silent,
    out: silent,
    err: silent,
  };
}

const NO_FILE = { file: '', values: {}, wrongLines: [] };

/** What would be in force if somebody had configured it. */
export function settingsOf(options: RunOptions, cli: Cli): Settings {
  const { appid, mch_id, api_key, api_v3_key, sign_type = 'MD5' } = options.merchant;
  const { targets = {}, hosts = [], vars = {} } = options;
  const target = urlOf(options.target ?? (options.deliver && '/notify'), options);
  return {
    profile: undefined,
    config: undefined,
    target: target === undefined ? undefined : given(target),
    targets: Object.fromEntries(
      Object.entries(targets).map(([kind, text]) => [kind, given(urlOf(text, options) ?? text)]),
    ),
    appid: given(appid),
    mch_id: given(mch_id),
    api_key: secret(api_key),
    api_v3_key: secret(api_v3_key),
    v3: noV3,
    sign_type: given(sign_type),
    hosts,
    vars,
    varPlace: () => undefined,
    audit: undefined,
    cacert: undefined,
    state: undefined,
    env: cli.env,
    root: cli.cwd,
    warnings: [],
    unset: { merchant: [], target: [] },
    unchosen: [],
    profiles: {},
  };
}

/** Where a path is, when nothing is sent: some handlers look at the host. */
function urlOf(target: string | undefined, { deliver }: RunOptions): string | undefined {
  return deliver && target?.startsWith('/') ? `http://127.0.0.1${target}` : target;
}

function secret(key: string | undefined): Valued<Secret> | undefined {
  return key === undefined ? undefined : given(new Secret(key));
}

function given<T>(value: T): Valued<T> {
  return { value, from: 'run()' };
}
