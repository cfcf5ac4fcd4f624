/** What is in force, and where each value came from: flag > environment > .env > profile > default. */
import path from 'node:path';
import type { SignType } from '../../protocol/dialect.ts';
import type { Secret } from '../../protocol/secret.ts';
import { succeed, type Place, type Problem, type Result } from '../../scenario/problem.ts';
import type { Cli, Env } from '../context.ts';
import { chooseProfile, loadProfile } from './choose-profile.ts';
import { hideAll, hideKeys } from './hide.ts';
import { readDotEnv, type DotEnv } from './dot-env.ts';
import { readKey, readV3Key } from './key.ts';
import { expand, referredTo, unsetNames } from './references.ts';
import { DEMO_PROFILE, type Picker, type Valued } from './valued.ts';
import type { CommonOptions } from '../options.ts';
import type { AuditText } from './audit/audit-settings.ts';
import { auditOf, profileText, readConfig, type ConfigFile, type Profile } from './profile.ts';
import { knownKeys } from './secrets.ts';
import { readV3, type V3Settings } from './v3/v3-settings.ts';

export interface Settings {
  readonly profile: Valued<string> | undefined;
  readonly config: string | undefined;
  readonly target: Valued<string> | undefined;
  /** Targets of single kinds; they give way to a flag or the environment. `undefined`: it is not known. */
  readonly targets: Readonly<Record<string, Valued<string> | undefined>>;
  readonly appid: Valued<string> | undefined;
  readonly mch_id: Valued<string> | undefined;
  readonly api_key: Valued<Secret> | undefined;
  /** Some v2 notifications are encrypted with it. */
  readonly api_v3_key: Valued<Secret> | undefined;
  /** What API v3 is signed with. */
  readonly v3: V3Settings;
  readonly sign_type: Valued<SignType>;
  readonly hosts: readonly string[];
  /** Values for the variables of scenarios, templates not filled in. */
  readonly vars: NonNullable<Profile['vars']>;
  /** Where one of them stands. */
  readonly varPlace: (name: string) => Place | undefined;
  /** How the merchant is audited, templates not filled in. */
  readonly audit: AuditText | undefined;
  readonly cacert: Valued<string> | undefined;
  readonly state: Valued<string> | undefined;
  /** The environment, `.env` included. */
  readonly env: Env;
  /** The folder of the configuration, or the working directory: `scenarios/` is looked for there. */
  readonly root: string;
  readonly warnings: readonly Problem[];
  /** Variables that the profile refers to and the environment has not. */
  readonly unset: { readonly merchant: readonly string[]; readonly target: readonly string[] };
  /** The profiles there are, when none of them is chosen. */
  readonly unchosen: readonly string[];
  /** Every profile of the configuration, templates not filled in. */
  readonly profiles: Readonly<Record<string, Profile>>;
}

/** Reads flags, environment, `.env` and configuration. */
export function readSettings(cli: Cli, flags: CommonOptions): Result<Settings> {
  const settings = readAll(cli, flags);
  if (settings.ok) {
    const { api_key, api_v3_key } = settings.value;
    for (const key of [api_key, api_v3_key]) if (key) cli.secrets.add(key.value.reveal());
  }
  return settings.ok
    ? succeed({ ...settings.value, warnings: settings.value.warnings.map(hideKeys) })
    : hideAll(settings.problems);
}

function readAll(cli: Cli, flags: CommonOptions): Result<Settings> {
  const config = readConfig(flags.config, cli.cwd);
  if (!config.ok) return config;
  const root = config.value?.folder ?? cli.cwd;
  const file = readDotEnv(cli.cwd, root);
  const dotEnv = weakerThan(cli.env, file);
  const env: Env = { ...dotEnv.values, ...cli.env };
  for (const key of knownKeys({ env: cli.env, dotEnv: file, config: config.value, root }))
    cli.secrets.add(key);
  const named = chooseProfile(flags, { env, config: config.value, dotEnv });
  const profile = loadProfile(named, config.value);
  if (!profile.ok) return profile;
  return succeed(merge({ flags, env, dotEnv, named, profile: profile.value, config: config.value, root }));
}

/** What the environment sets itself does not come from the file, even when both say the same. */
function weakerThan(env: Env, dotEnv: DotEnv): DotEnv {
  const own = Object.entries(dotEnv.values).filter(([name]) => env[name] === undefined);
  return { ...dotEnv, values: Object.fromEntries(own) };
}

interface Origins {
  readonly flags: CommonOptions;
  readonly env: Env;
  readonly dotEnv: DotEnv;
  readonly named: Valued<string> | undefined;
  readonly profile: Profile;
  readonly config: ConfigFile | undefined;
  readonly root: string;
}

function merge(origins: Origins): Settings {
  const { flags, env, config, root, profile, named } = origins;
  const profiles = config?.profiles ?? {};
  const warnings: Problem[] = dotEnvProblems(origins.dotEnv);
  const pick = createPicker(origins);
  const target = pick('target', 'WXNOTIFY_TARGET', flags.target);
  const appid = pick('appid', 'WXNOTIFY_APPID');
  const mch_id = pick('mch_id', 'WXNOTIFY_MCH_ID');
  const keys = { pick, root, profile, named, config };
  warnings.push(...outranked({ target, appid, mch_id }, origins));
  const overridden = target !== undefined && !target.from.startsWith('profile');
  return {
    profile: named,
    config: config?.file,
    target,
    targets: overridden ? {} : kindTargets(origins),
    appid,
    mch_id,
    api_key: readKey(keys, warnings),
    api_v3_key: readV3Key(keys, warnings),
    v3: readV3({ pick, root, named, profile, env, demo: isDemo(origins) }),
    sign_type: signType(pick, warnings),
    hosts: [
      ...new Set([...(profile.hosts ?? []).map((host) => expand(host, env) ?? host), ...ownHosts(origins)]),
    ],
    vars: { ...profile.vars },
    varPlace: (name) => config?.yaml.place(['profiles', named?.value ?? '', 'vars', name]),
    audit: auditOf(config, named?.value),
    cacert: inFolder(pick('cacert', 'WXNOTIFY_CACERT'), root),
    state:
      flags.state === undefined
        ? fromEnv(origins, 'WXNOTIFY_STATE')
        : { value: flags.state, from: '--state' },
    env,
    root,
    warnings,
    unset: {
      merchant: unsetNames([profile.appid, profile.mch_id, profile.api_key], env),
      target: unsetNames([profile.target, ...Object.values(profile.targets ?? {})], env),
    },
    unchosen: unchosenOf(named, profiles),
    profiles,
  };
}

function unchosenOf(named: Valued<string> | undefined, profiles: Settings['profiles']): readonly string[] {
  return named ? [] : Object.keys(profiles);
}

/** A profile that was asked for, and that the environment overrules, surprises. */
function outranked(
  values: Readonly<Record<'target' | 'appid' | 'mch_id', Valued<string> | undefined>>,
  { flags, named, profile, env }: Origins,
): readonly Problem[] {
  if (flags.profile === undefined || named?.value === DEMO_PROFILE) return [];
  return (['target', 'appid', 'mch_id'] as const).flatMap((key): readonly Problem[] => {
    const text = profile[key];
    const found = values[key];
    if (text === undefined || !found || found.from.startsWith('--') || expand(text, env) === found.value)
      return [];
    const message = `the ${key} of profile ${flags.profile ?? ''} is overruled by ${found.from}`;
    return [{ code: 'bad-value', message, fix: 'Take it out there, or write it into profiles only.' }];
  });
}

/** A file that a profile names is beside the configuration. */
function inFolder(file: Valued<string> | undefined, root: string): Valued<string> | undefined {
  return file?.from.startsWith('profile') ? { ...file, value: path.resolve(root, file.value) } : file;
}

function createPicker(origins: Origins): Picker {
  return (key, variable, flag) => {
    if (flag !== undefined) return { value: flag, from: `--${key}` };
    const demo = isDemo(origins) ? profileText(origins.profile, key) : undefined;
    if (demo !== undefined) return { value: demo, from: 'the demo merchant' };
    const set = fromEnv(origins, variable);
    if (set) return set;
    const text = profileText(origins.profile, key);
    const value = text === undefined ? undefined : expand(text, origins.env);
    return value === undefined ? undefined : { value, from: profileOrigin(origins, text) };
  };
}

/** The demo merchant is asked for by name, and as a whole: it never mixes with the environment's credentials. */
function isDemo({ named, config }: Origins): boolean {
  return named?.value === DEMO_PROFILE && !Object.hasOwn(config?.profiles ?? {}, DEMO_PROFILE);
}

function profileOrigin({ named }: Origins, text: string | undefined): string {
  const through = referredTo(text ?? '');
  return `profile ${named?.value ?? ''}${through === undefined ? '' : ` (${through})`}`;
}

function fromEnv({ env, dotEnv }: Origins, variable: string): Valued<string> | undefined {
  const value = env[variable];
  if (value === undefined || value === '') return undefined;
  const file = dotEnv.values[variable] === value && dotEnv.file !== '' ? dotEnv.file : 'environment';
  return { value, from: `${file} (${variable})` };
}

function signType(pick: Picker, warnings: Problem[]): Valued<SignType> {
  const found = pick('sign_type', 'WXNOTIFY_SIGN_TYPE');
  if (found?.value === 'MD5' || found?.value === 'HMAC-SHA256')
    return { value: found.value, from: found.from };
  if (found) {
    const message = `sign_type (${found.from}) is not known; MD5 is used`;
    warnings.push({ code: 'bad-value', message, fix: 'Write MD5 or HMAC-SHA256.' });
  }
  return { value: 'MD5', from: 'default' };
}

function kindTargets(origins: Origins): Settings['targets'] {
  const entries = Object.entries(origins.profile.targets ?? {}).map(([kind, text]) => {
    const value = expand(text, origins.env);
    return [kind, value === undefined ? undefined : { value, from: profileOrigin(origins, text) }] as const;
  });
  return Object.fromEntries(entries);
}

/** Says where, and not what: it may be a secret. */
function dotEnvProblems({ file, wrongLines, unreadable }: DotEnv): Problem[] {
  if (unreadable !== undefined)
    return [
      { code: 'unreadable', message: `cannot read .env: ${unreadable}`, fix: 'Check its permissions.' },
    ];
  const fix = 'Write NAME=value, or # before a comment; the line after it may be lost as well.';
  return wrongLines.map((line) => ({
    code: 'bad-value',
    at: { file, line, col: 1 },
    message: 'not NAME=value',
    fix,
  }));
}

/** A profile's own targets, and the endpoints that are audited, are hosts that it names. */
function ownHosts({ profile, env, config, named }: Origins): readonly string[] {
  const endpoints = auditOf(config, named?.value)?.form.endpoints ?? {};
  const urls = [profile.target, ...Object.values(profile.targets ?? {}), ...Object.values(endpoints)];
  return urls.flatMap((url) => {
    const full = url === undefined ? undefined : expand(url, env);
    return full !== undefined && URL.canParse(full) ? [new URL(full).hostname.replace(/^\[|\]$/g, '')] : [];
  });
}
