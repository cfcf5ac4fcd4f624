/** Which platform key is in force for API v3, and where each part of it came from. Nothing is read until it is loaded. */
import path from 'node:path';
import type { PlatformKeys } from '../../../platform/keys.ts';
import { isFile } from '../../../scenario/is-file.ts';
import { succeed, type Result } from '../../../scenario/problem.ts';
import type { Picker, Valued } from '../valued.ts';
import type { Env } from '../../context.ts';
import type { Profile } from '../profile.ts';
import { unsetNames } from '../references.ts';
import { beforeFolder, KEY_FILES, platformFolder } from './folder.ts';
import { loadDemoKeys, loadKeys } from './load-keys.ts';

/** What API v3 signs with. */
export interface V3Settings {
  /** Full paths. */
  readonly key_file: Valued<string> | undefined;
  readonly certificate_file: Valued<string> | undefined;
  readonly serial: Valued<string> | undefined;
  readonly public_key_id: Valued<string> | undefined;
  readonly mode: Valued<string> | undefined;
  /** What `keys new` made for the profile, when that is what is in force. */
  readonly made: Valued<string> | undefined;
  /** Where the private key comes from. */
  readonly from: string | undefined;
  /** Variables that the profile refers to here and the environment has not. */
  readonly unset: readonly string[];
  /** Whether it is the built-in merchant’s key. */
  readonly demo: boolean;
  /** Reads and checks the key, once. */
  readonly load: () => Result<PlatformKeys>;
  /** The same of the key before, where `keys new --rotate` has kept it. */
  readonly loadBefore: () => Result<PlatformKeys | undefined>;
}

/** Where they are looked for. */
export interface V3Sources {
  readonly pick: Picker;
  readonly root: string;
  readonly named: Valued<string> | undefined;
  readonly profile: Profile;
  readonly env: Env;
  /** Whether it is the built-in merchant, who has a key of its own and takes no other. */
  readonly demo: boolean;
}

/** Finds the platform key: the environment's or the profile's files, or else what `keys new` made. */
export function readV3({ pick, root, named, profile, env, demo }: V3Sources): V3Settings {
  const mode = pick('v3.mode', 'WXNOTIFY_V3_MODE');
  if (demo) return demoSettings(mode);
  const unset = unsetNames(Object.values(profile.v3 ?? {}), env);
  const key_file = inRoot(pick('v3.key_file', 'WXNOTIFY_V3_KEY_FILE'), root);
  const certificate_file = inRoot(pick('v3.certificate_file', 'WXNOTIFY_V3_CERTIFICATE_FILE'), root);
  const isOwn = [key_file, certificate_file, unset[0]].some((part) => part !== undefined);
  const said = {
    key_file,
    certificate_file,
    serial: pick('v3.serial', 'WXNOTIFY_V3_SERIAL'),
    public_key_id: pick('v3.public_key_id', 'WXNOTIFY_V3_PUBLIC_KEY_ID'),
    mode,
    made: isOwn ? undefined : madeKey(platformFolder(root, named?.value)),
    unset,
  };
  const made = said.made && beforeFolder(root, named?.value);
  return {
    ...said,
    from: key_file?.from ?? said.made?.from,
    demo,
    load: once(() => loadKeys(said)),
    loadBefore: once(() => loadKeptKey(made)),
  };
}

function demoSettings(mode: Valued<string> | undefined): V3Settings {
  const load = once(() => loadDemoKeys(mode));
  return { ...nothing, from: 'the demo merchant', mode, demo: true, load, loadBefore: noneBefore };
}

function loadKeptKey(folder: string | undefined): Result<PlatformKeys | undefined> {
  const made = folder === undefined ? undefined : madeKey(folder);
  return made ? loadKeys({ ...nothing, made }) : succeed(undefined);
}

const noneBefore: V3Settings['loadBefore'] = () => succeed(undefined);

const nothing = {
  key_file: undefined,
  certificate_file: undefined,
  serial: undefined,
  public_key_id: undefined,
  made: undefined,
  unset: [],
};

/** Somebody who has configured nothing, in a test. */
export const noV3: V3Settings = {
  ...nothing,
  from: undefined,
  mode: undefined,
  demo: false,
  load: () => loadKeys(nothing),
  loadBefore: noneBefore,
};

function madeKey(folder: string): Valued<string> | undefined {
  if (!isFile(path.join(folder, KEY_FILES.privateKey))) return undefined;
  return { value: folder, from: '`wxnotify keys new`' };
}

/** Names of files are relative to the configuration. */
function inRoot(file: Valued<string> | undefined, root: string): Valued<string> | undefined {
  return file && { ...file, value: path.resolve(root, file.value) };
}

function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => (kept ??= { value: read() }).value;
}
