/** A merchant as a test has it → credentials, the keys hidden. */
import * as v from 'valibot';
import type { Owner, V2Credentials } from '../protocol/dialect.ts';
import type { V3Credentials } from '../protocol/platform-key.ts';
import { Secret } from '../protocol/secret.ts';
import type { Credentials } from '../run/credentials.ts';
import { fail, succeed, type Problem, type Result } from '../scenario/problem.ts';
import { nearest } from '../scenario/suggest.ts';
import { check, fields, signType } from './check.ts';
import { InputError } from './input-error.ts';
import type { MerchantOptions } from './merchant.ts';
import { platformSchema } from './v3/check-platform.ts';
import { readPlatform } from './v3/read-platform.ts';

type Given = Partial<MerchantOptions>;

const text = v.optional(v.string('text'));
const keys = {
  api_key: text,
  api_v3_key: text,
  platform: v.optional(platformSchema),
  sign_type: v.optional(signType),
};
const KEYS = Object.keys(keys) as (keyof typeof keys)[];
const schema = v.object({ merchant: v.looseObject(keys) });

/**
 * The credentials of a merchant, each version’s asked for when a notification needs them.
 *
 * @throws InputError when something is not of its type, or misspelt
 */
export function credentialsOf(merchant: MerchantOptions | undefined): Credentials {
  const given: Given = merchant ?? {};
  check(schema, { merchant: given }, { hidden: true });
  requireSpelling(given);
  const { appid, mch_id } = given;
  check(v.object({ merchant: fields }), { merchant: { appid, mch_id } });
  return { v2: () => v2CredentialsOf(given), v3: () => v3CredentialsOf(given) };
}

/**
 * Whose notifications they are, whatever the version.
 *
 * @throws InputError when that is missing
 */
export function ownerOf(merchant: MerchantOptions | undefined): Owner {
  const given: Given = merchant ?? {};
  const missing = missingOf(given, ['appid', 'mch_id'], V2);
  if (missing) throw new InputError(missing);
  const { appid = '', mch_id = '' } = given;
  return { appid, mch_id };
}

/**
 * What must be there.
 *
 * @throws InputError when it is not
 */
export function needed<T>(result: Result<T>): T {
  if (!result.ok) throw new InputError(result.problems);
  return result.value;
}

const V2 = 'A merchant is { appid, mch_id, api_key }, each of them text.';
const V3 =
  'A merchant of API v3 is { appid, mch_id, api_v3_key, platform }: platform is `demo`, or a key of your own, { private_key, certificate }.';

function v2CredentialsOf(given: Given): Result<V2Credentials> {
  const missing = missingOf(given, ['appid', 'mch_id', 'api_key'], V2);
  if (missing) return fail(...missing);
  const { appid = '', mch_id = '', api_key = '', api_v3_key, sign_type = 'MD5' } = given;
  const v3Key = api_v3_key === undefined ? undefined : new Secret(api_v3_key);
  return succeed({ appid, mch_id, api_key: new Secret(api_key), api_v3_key: v3Key, sign_type });
}

/** What AES-256 takes, in bytes. */
const KEY_LENGTH = 32;

function v3CredentialsOf(given: Given): Result<V3Credentials> {
  const { appid = '', mch_id = '', api_v3_key = '', platform } = given;
  const missing = missingOf(given, ['appid', 'mch_id', 'api_v3_key', 'platform'], V3);
  if (missing || platform === undefined) return fail(...(missing ?? [missingProblem('platform', V3)]));
  const length = Buffer.byteLength(api_v3_key);
  if (length !== KEY_LENGTH) {
    const message = `the merchant’s api_v3_key has ${length} bytes, and not ${KEY_LENGTH}`;
    return fail({ code: 'no-credentials', message, fix: 'It is the APIv3 key, and not the API key.' });
  }
  const read = readPlatform(platform);
  if (!read.ok) return read;
  const { signer: serial, publicKey, privateKey } = read.value;
  const key = { serial, publicKey, privateKey };
  return succeed({ appid, mch_id, api_v3_key: new Secret(api_v3_key), platform: key });
}

/** A merchant may be somebody’s own configuration, with more in it: only what is nearly a name that is not there is a mistake. */
function requireSpelling(merchant: Given): void {
  const known: readonly string[] = ['appid', 'mch_id', ...KEYS];
  const absent = KEYS.filter((name) => merchant[name] === undefined);
  for (const key of Object.keys(merchant)) {
    const meant = known.includes(key) ? undefined : nearest(key, absent);
    if (meant === undefined) continue;
    const fix = `Did you mean \`${meant}\`?`;
    throw new InputError([{ code: 'unknown-key', message: `the merchant has a \`${key}\``, fix }]);
  }
}

type Problems = readonly [Problem, ...Problem[]];

function missingOf(
  given: Given,
  names: readonly (keyof MerchantOptions)[],
  fix: string,
): Problems | undefined {
  const isThere = (name: keyof MerchantOptions): boolean =>
    name === 'platform' ? given[name] !== undefined : typeof given[name] === 'string' && given[name] !== '';
  const [first, ...rest] = names.filter((name) => !isThere(name)).map((name) => missingProblem(name, fix));
  return first && [first, ...rest];
}

function missingProblem(name: string, fix: string): Problem {
  return { code: 'no-credentials', message: `the merchant has no ${name}`, fix };
}
