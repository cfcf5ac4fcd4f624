/** The API key: from the environment, a file or a profile; never from a flag, where others could see it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { masked, Secret } from '../../protocol/secret.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { ConfigFile, Profile } from './profile.ts';
import { DEMO_PROFILE, type Picker, type Valued } from './valued.ts';

export interface KeySources {
  readonly pick: Picker;
  readonly root: string;
  readonly profile: Profile;
  readonly named: Valued<string> | undefined;
  readonly config: ConfigFile | undefined;
}

/** A v2 API key has this many characters. */
const KEY_LENGTH = 32;

/** Finds the key; adds to `warnings` what looks wrong with it. */
export function readKey(sources: KeySources, warnings: Problem[]): Valued<Secret> | undefined {
  if (isLiteral(sources)) warnings.push(literalKey(sources));
  const found = findKey(sources, warnings);
  if (!found) return undefined;
  if (found.value.length !== KEY_LENGTH) warnings.push(oddKey(found));
  return { value: new Secret(found.value), from: found.from };
}

/** The environment's key, then a key file, then the profile's key. */
function findKey({ pick, root }: KeySources, warnings: Problem[]): Valued<string> | undefined {
  const key = pick('api_key', 'WXNOTIFY_API_KEY');
  const file = pick('api_key_file', 'WXNOTIFY_API_KEY_FILE');
  const fromProfile = key?.from.startsWith('profile') ?? true;
  return file && fromProfile ? readFile(file, root, warnings) : key;
}

function readFile(file: Valued<string>, root: string, warnings: Problem[]): Valued<string> | undefined {
  try {
    const value = readFileSync(path.resolve(root, file.value), 'utf8').trim();
    return { value, from: `file ${shownFile(file.value)} (${file.from})` };
  } catch {
    const message = `the API key’s file ${shownFile(file.value)} cannot be read`;
    warnings.push({ code: 'unreadable', message, fix: `It is named by ${file.from}.` });
    return undefined;
  }
}

/** A key in the place of a file's name is still a key. */
function shownFile(name: string): string {
  return /[0-9A-Za-z]{24,}/.test(name) ? masked : name;
}

function isLiteral({ profile, named }: KeySources): boolean {
  return profile.api_key !== undefined && !profile.api_key.includes('${') && named?.value !== DEMO_PROFILE;
}

function literalKey({ named, config }: KeySources): Problem {
  const place = ['profiles', named?.value ?? '', 'api_key'];
  return {
    code: 'bad-value',
    ...(config && { at: config.yaml.place(place) }),
    message: 'the API key stands in the configuration itself',
    fix: 'Write `api_key: ${env.WXNOTIFY_API_KEY}`, and put the key into the environment or .env.',
  };
}

function oddKey({ value, from }: Valued<string>): Problem {
  return {
    code: 'bad-value',
    message: `the API key from ${from} has ${value.length} characters; a v2 API key has ${KEY_LENGTH}`,
    fix: 'Copy it again, without spaces or quotes. The merchant console shows it only once.',
  };
}
