/** Every key that is known here, in force or not: none of them is ever printed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Env } from '../context.ts';
import { isFile } from '../../scenario/is-file.ts';
import { type DotEnv } from './dot-env.ts';
import type { ConfigFile } from './profile.ts';
import { expand } from './references.ts';
import { apiV3KeyFile } from './v3/folder.ts';

export interface KeyPlaces {
  readonly env: Env;
  /** As it stands in the file, overruled or not. */
  readonly dotEnv: DotEnv;
  readonly config: ConfigFile | undefined;
  /** What names of files are relative to. */
  readonly root: string;
}

/** The keys of the environment, of `.env`, and of all profiles. */
export function knownKeys({ env, dotEnv, config, root }: KeyPlaces): readonly string[] {
  const profiles = Object.values(config?.profiles ?? {});
  const overruled: Env = { ...env, ...dotEnv.values };
  const texts = [
    ...['WXNOTIFY_API_KEY', 'WXNOTIFY_API_V3_KEY'].map((name) => `\${env.${name}}`),
    ...profiles.flatMap(({ api_key, api_v3_key }) => [api_key, api_v3_key]),
  ];
  const files = [
    ...['WXNOTIFY_API_KEY_FILE', 'WXNOTIFY_API_V3_KEY_FILE'].map((name) => `\${env.${name}}`),
    ...profiles.flatMap(({ api_key_file, api_v3_key_file }) => [api_key_file, api_v3_key_file]),
  ];
  const made = [undefined, ...Object.keys(config?.profiles ?? {})].map((name) => apiV3KeyFile(root, name));
  const keys = [{ ...dotEnv.values, ...env }, overruled].flatMap((all) => [
    ...texts.map((text) => text && expand(text, all)),
    ...files.map((text) => keyIn(text, all, root)),
  ]);
  return [...keys, ...made.map((file) => keyIn(file, env, root))].filter(
    (key): key is string => key !== undefined && key !== '',
  );
}

/** The key that a profile has, in force or not. */
export function profileKey(
  { api_key, api_key_file }: Partial<Record<'api_key' | 'api_key_file', string | undefined>>,
  env: Env,
  root: string,
): string | undefined {
  return keyIn(api_key_file, env, root) ?? (api_key === undefined ? undefined : expand(api_key, env));
}

/** The key in a file, when it is one: a pipe can be read once, by whoever needs its key. */
function keyIn(text: string | undefined, env: Env, root: string): string | undefined {
  const file = text && expand(text, env);
  if (file === undefined || file === '') return undefined;
  try {
    const full = path.resolve(root, file);
    return isFile(full) ? readFileSync(full, 'utf8').trim() : undefined;
  } catch {
    return undefined;
  }
}
