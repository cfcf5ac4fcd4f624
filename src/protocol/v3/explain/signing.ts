/** Why a signature verifies, or does not. */
import type { Explained } from '../../explain/mistake.ts';
import { PROBE } from '../damage/signature.ts';
import type { Values } from '../verify.ts';
import type { About, KnownKey } from './mistake.ts';
import { digestOf, messageOf, rightRecipe, type Recipe } from './recipe.ts';
import { findMistakes, signatureTables } from './search.ts';
import { explainSerial } from './serial.ts';
import { misshapen, openSignature, signedWithPss, type Signed } from './signature.ts';

/** What is signed. */
export interface Message {
  readonly values: Values;
  readonly body: Uint8Array;
  readonly about: About;
}

/** The keys that may have signed. */
export interface Keys {
  readonly platform: KnownKey | undefined;
  readonly otherPlatforms: readonly KnownKey[];
}

/** What is known of the digest that was signed. */
export interface Signing {
  /** Of the right message; `undefined` when the headers do not say its moment. */
  readonly computed: string | undefined;
  /** In the signature, where a known key opens it; or of what somebody's code verifies. */
  readonly received: string | null;
  readonly signed_by: string | null;
  readonly diagnoses: readonly Explained[];
}

/** Explains the signature of a message. */
export function explainSignature({ values, body, about }: Message, keys: Keys): Signing {
  const { signature } = values;
  const right = recipeOf(values, body);
  const computed = right && digestOf(messageOf(right));
  const none: Signing = { computed, received: null, signed_by: null, diagnoses: [] };
  if (signature === undefined || signature.startsWith(PROBE)) return none;
  const { platform, otherPlatforms } = keys;
  const all = platform ? [platform, ...otherPlatforms] : otherPlatforms;
  const signed = openSignature(signature, all);
  const named = explainName(values, keys, signed?.by);
  if (!signed) return { ...none, diagnoses: unopened(signature, { all, right, named, platform }) };
  const { by, digest } = signed;
  const key = listed([...otherKey(by, platform), ...named]);
  return {
    computed,
    received: digest,
    signed_by: by.name,
    diagnoses: [...key, ...explainDigest(signed, right, about)],
  };
}

function recipeOf({ timestamp, nonce }: Values, body: Uint8Array): Recipe | undefined {
  return timestamp === undefined || nonce === undefined ? undefined : rightRecipe({ timestamp, nonce }, body);
}

function explainName(
  { serial }: Values,
  { platform, otherPlatforms }: Keys,
  by: KnownKey | undefined,
): Explained {
  return serial === undefined || !platform
    ? []
    : explainSerial(serial, { platform, others: otherPlatforms, by });
}

interface Unopened {
  readonly all: readonly KnownKey[];
  readonly right: Recipe | undefined;
  readonly named: Explained;
  readonly platform: KnownKey | undefined;
}

/** No known key has made it: it is damaged, of another padding, or of another key. */
function unopened(signature: string, { all, right, named, platform }: Unopened): readonly Explained[] {
  if (!platform) return [];
  const damaged = misshapen(signature);
  if (damaged.length > 0) return [damaged];
  const pss = right ? signedWithPss(messageOf(right), signature, all) : [];
  return listed(pss.length > 0 ? pss : named);
}

/** The key is known: is what it signed the message? */
function explainDigest(
  { digest, algorithm, mistakes }: Signed,
  right: Recipe | undefined,
  about: About,
): readonly Explained[] {
  const hashed = algorithm === 'sha256' ? mistakes : [...mistakes, { ...OTHER_HASH, detail: algorithm }];
  if (!right || digestOf(messageOf(right), algorithm) === digest) return listed(hashed);
  const found = findMistakes({ digest, algorithm, tables: signatureTables }, right, about);
  return (found.length > 0 ? found : [[CHANGED]]).map((one) => [...one, ...hashed]);
}

function otherKey(by: KnownKey, platform: KnownKey | undefined): Explained {
  return !platform || by === platform ? [] : [{ ...OTHER_KEY, detail: by.name }];
}

function listed(explained: Explained): readonly Explained[] {
  return explained.length === 0 ? [] : [explained];
}

const CHANGED = {
  code: 'message-changed',
  title: 'The key is the right one, and it has signed another message',
  fix: 'Body, timestamp or nonce are not what was signed, and in no way that is known: compare this capture with the bytes that arrived.',
  detail: '',
};

const OTHER_HASH = {
  code: 'other-hash',
  title: 'It was signed with another hash than SHA-256',
  fix: 'The platform uses SHA-256 with RSA (SHA256withRSA).',
};

const OTHER_KEY = {
  code: 'other-platform-key',
  title: 'It was signed with another key than the one in force here',
  fix: 'Trust the key of the sender that you expect, and only that: a stand-in key never belongs into production.',
};
