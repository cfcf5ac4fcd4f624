/** A merchant as a test has it: in plain text. */
import * as v from 'valibot';
import type { SignType, V2Credentials } from '../protocol/dialect.ts';
import { Secret } from '../protocol/secret.ts';
import type { Problem } from '../scenario/problem.ts';
import { nearest } from '../scenario/suggest.ts';
import { check, fields, signType } from './check.ts';
import { InputError } from './input-error.ts';

/** A merchant, its keys as text. */
export interface MerchantOptions {
  /** `wx…`, 18 characters. */
  readonly appid: string;
  /** Digits. */
  readonly mch_id: string;
  /** The API key (API v2), 32 characters. */
  readonly api_key: string;
  /** The APIv3 key, 32 bytes: `v2/payscore-…` are encrypted with it. It is another key than the API key. */
  readonly api_v3_key?: string | undefined;
  /** How notifications are signed whose kind or fields name no algorithm. MD5 unless given. */
  readonly sign_type?: SignType | undefined;
}

const NEEDED = ['appid', 'mch_id', 'api_key'] as const;

const text = v.optional(v.string('text'));
const others = { api_v3_key: text, sign_type: v.optional(signType) };
const schema = v.object({ merchant: v.looseObject(others) });

/**
 * The same with the keys hidden.
 *
 * @throws InputError when something is missing or no text
 */
export function toCredentials(merchant: MerchantOptions | undefined): V2Credentials {
  const given: Partial<MerchantOptions> = merchant ?? {};
  const missing = NEEDED.filter((name) => typeof given[name] !== 'string' || given[name] === '');
  if (missing.length > 0) throw new InputError(missing.map(missingProblem));
  check(schema, { merchant }, { hidden: true });
  requireSpelling(given);
  const { appid, mch_id, api_key, api_v3_key, sign_type = 'MD5' } = given as MerchantOptions;
  check(v.object({ merchant: fields }), { merchant: { appid, mch_id } });
  const v3Key = api_v3_key === undefined ? undefined : new Secret(api_v3_key);
  return { appid, mch_id, api_key: new Secret(api_key), api_v3_key: v3Key, sign_type };
}

/** A merchant may be somebody’s own configuration, with more in it: only what is nearly a name that is not there is a mistake. */
function requireSpelling(merchant: object): void {
  const absent = Object.keys(others).filter((name) => !Object.hasOwn(merchant, name));
  for (const key of Object.keys(merchant)) {
    const meant = [...NEEDED, ...Object.keys(others)].includes(key) ? undefined : nearest(key, absent);
    if (meant === undefined) continue;
    const fix = `Did you mean \`${meant}\`?`;
    throw new InputError([{ code: 'unknown-key', message: `the merchant has a \`${key}\``, fix }]);
  }
}

function missingProblem(name: string): Problem {
  const fix = 'A merchant is { appid, mch_id, api_key }, each of them text.';
  return { code: 'no-credentials', message: `the merchant has no ${name}`, fix };
}
