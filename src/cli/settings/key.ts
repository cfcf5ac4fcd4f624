/** The API key: from the environment, a file or a profile; never from a flag, where others could see it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { masked, Secret } from '../../protocol/secret.ts';
import type { Problem } from '../../scenario/problem.ts';
import { isFile } from '../../scenario/is-file.ts';
import type { ConfigFile, Profile } from './profile.ts';
import { apiV3KeyFile } from './v3/folder.ts';
import { DEMO_PROFILE, type Picker, type Valued } from './valued.ts';

export interface KeySources {
  readonly pick: Picker;
  readonly root: string;
  readonly profile: Profile;
  readonly named: Valued<string> | undefined;
  readonly config: ConfigFile | undefined;
}

/** Which of a merchant's keys. */
interface KeyNames {
  readonly key: 'api_key' | 'api_v3_key';
  readonly file: 'api_key_file' | 'api_v3_key_file';
  readonly variable: string;
  readonly title: string;
  readonly kind: string;
}

const API_KEY: KeyNames = {
  key: 'api_key',
  file: 'api_key_file',
  variable: 'WXNOTIFY_API_KEY',
  title: 'API key',
  kind: 'a v2 API key',
};

const API_V3_KEY: KeyNames = {
  key: 'api_v3_key',
  file: 'api_v3_key_file',
  variable: 'WXNOTIFY_API_V3_KEY',
  title: 'APIv3 key',
  kind: 'an APIv3 key',
};

/** Either key has this many characters. */
const KEY_LENGTH = 32;

/** Finds the API key; adds to `warnings` what looks wrong with it. */
export function readKey(sources: KeySources, warnings: Problem[]): Valued<Secret> | undefined {
  return readNamed(sources, API_KEY, warnings);
}

/** Finds the APIv3 key, with which some v2 notifications are encrypted. */
export function readV3Key(sources: KeySources, warnings: Problem[]): Valued<Secret> | undefined {
  return readNamed(sources, API_V3_KEY, warnings);
}

function readNamed(sources: KeySources, names: KeyNames, warnings: Problem[]): Valued<Secret> | undefined {
  if (isLiteral(sources, names)) warnings.push(literalKey(sources, names));
  const found = findKey(sources, names, warnings);
  if (!found) return undefined;
  if (found.value.length !== KEY_LENGTH) warnings.push(oddKey(found, names));
  return { value: new Secret(found.value), from: found.from };
}

/** The environment's key, then a key file, then the profile's key. */
function findKey(sources: KeySources, names: KeyNames, warnings: Problem[]): Valued<string> | undefined {
  const { pick, root } = sources;
  const key = pick(names.key, names.variable);
  const file = pick(names.file, `${names.variable}_FILE`) ?? (key ? undefined : madeKey(sources, names));
  const fromProfile = key?.from.startsWith('profile') ?? true;
  if (!file || !fromProfile) return key;
  const read = readFile(file, root);
  if (!read) warnings.push(unreadableKey(file, names));
  return read;
}

/** What `keys new --api-v3-key` made is in force where no other key is. */
function madeKey({ root, named }: KeySources, { key }: KeyNames): Valued<string> | undefined {
  const file = apiV3KeyFile(root, named?.value);
  if (key !== 'api_v3_key' || !isFile(file)) return undefined;
  return { value: path.relative(root, file), from: '`wxnotify keys new`' };
}

function readFile(file: Valued<string>, root: string): Valued<string> | undefined {
  try {
    const value = readFileSync(path.resolve(root, file.value), 'utf8').trim();
    return { value, from: `file ${shownFile(file.value)} (${file.from})` };
  } catch {
    return undefined;
  }
}

function unreadableKey({ value, from }: Valued<string>, { title }: KeyNames): Problem {
  const message = `the ${title}’s file ${shownFile(value)} cannot be read`;
  return { code: 'unreadable', message, fix: `It is named by ${from}.` };
}

/** A key in the place of a file's name is still a key. */
function shownFile(name: string): string {
  return /[0-9A-Za-z]{24,}/.test(name) ? masked : name;
}

function isLiteral({ profile, named }: KeySources, { key }: KeyNames): boolean {
  return profile[key] !== undefined && !profile[key].includes('${') && named?.value !== DEMO_PROFILE;
}

function literalKey({ named, config }: KeySources, { key, variable, title }: KeyNames): Problem {
  const place = ['profiles', named?.value ?? '', key];
  return {
    code: 'bad-value',
    ...(config && { at: config.yaml.place(place) }),
    message: `the ${title} stands in the configuration itself`,
    fix: `Write \`${key}: \${env.${variable}}\`, and put the key into the environment or .env.`,
  };
}

function oddKey({ value, from }: Valued<string>, { title, kind }: KeyNames): Problem {
  return {
    code: 'field-rule',
    message: `the ${title} from ${from} has ${value.length} characters; ${kind} has ${KEY_LENGTH}`,
    fix: 'Copy it again, without spaces or quotes. The merchant console shows it only once.',
  };
}
