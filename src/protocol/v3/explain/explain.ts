/** A captured notification of API v3 and keys: what was signed, what should have been, and which known mistake is in between. */
import type { Check, Fields, KindId, Owner, V3Kind } from '../../dialect.ts';
import type { Explained } from '../../explain/mistake.ts';
import type { Secret } from '../../secret.ts';
import { validateNotification } from '../../validate.ts';
import { ENVELOPE } from '../envelope.ts';
import { readJson } from '../json.ts';
import { recogniseKind } from '../recognise.ts';
import { MERCHANTS, readHeaders, verify, type Trust, type Values } from '../verify.ts';
import { explainClock, judgedAt, toldUnjudged, type Clock } from './clock.ts';
import { explainHeaders } from './headers.ts';
import type { About, KnownKey, OtherSecret } from './mistake.ts';
import { explainOwn, type Own } from './own.ts';
import { utf8 } from './opening.ts';
import { digestOf, messageOf, rightRecipe } from './recipe.ts';
import { explainResource, type Opening } from './resource.ts';
import { explainSignature, type Message, type Signing } from './signing.ts';

/** What is to be explained, and with what. */
export interface Question {
  readonly method: string | null;
  readonly url: string | null;
  readonly headers: About['headers'];
  /** As it came, byte for byte. */
  readonly body: Uint8Array;
  readonly clock: Clock;
  /** What is not known, the message says itself. */
  readonly owner: { readonly [Key in keyof Owner]?: Owner[Key] | undefined };
  /** The key that is in force; without, the signature is not explained. */
  readonly platform: KnownKey | undefined;
  readonly otherPlatforms: readonly KnownKey[];
  /** Without, the resource is not opened. */
  readonly api_v3_key: Secret | undefined;
  readonly otherKeys: readonly OtherSecret[];
  /** What somebody else's code verifies, or the digest of that: explained in the place of the signature. */
  readonly own?: Own | undefined;
}

/** Everything about a notification. */
export interface Explanation {
  /** `null` when it is of no kind that is known. */
  readonly kind: KindId | null;
  /** Whether a sound handler takes it: headers, moment, signature, form, resource, merchant. */
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** Envelope and resource, as far as it opens. */
  readonly fields: Fields;
  /** What should be signed; `null` when the headers do not say with which moment. */
  readonly string_to_sign: string | null;
  /** SHA-256 of what was signed or verified, as far as it is known. */
  readonly received: string | null;
  /** SHA-256 of what should be signed. */
  readonly signatures: readonly {
    readonly type: 'SHA-256';
    readonly computed: string;
    readonly matches: boolean;
  }[];
  /** Whose key made the signature; `null` when no known one has. */
  readonly signed_by: string | null;
  /** What the resource was opened with, or should be. */
  readonly opening: ResourceFacts | null;
  /** Steps that were not checked, because there is no key for them. */
  readonly unchecked: readonly ('sign' | 'decrypt')[];
  /** What the kind's table does not allow, for whom it may concern. */
  readonly table: readonly string[];
  /** What explains the failure: each is one explanation, of one mistake or several together. */
  readonly diagnoses: readonly Explained[];
}

/** What takes part in opening a resource. */
export interface ResourceFacts {
  /** Of the APIv3 key; `null` when there is none. */
  readonly key_bytes: number | null;
  readonly nonce: string | null;
  readonly associated_data: string | null;
  /** Ciphertext and tag, in bytes. */
  readonly bytes: number;
}

/** Explains a notification. */
export function explain(question: Question): Explanation {
  const { headers, body, clock, own } = question;
  const { values } = readHeaders({ headers });
  const envelope = readJson(utf8(body) ?? '') ?? {};
  const opening = explainOpening(envelope, question, values.nonce);
  const message: Message = { values, body, about: { ...question, envelope, plaintext: opening.plaintext } };
  const signing = own ? explainOwn(own, message) : explainSignature(message, question);
  const fields = fieldsOf(envelope, opening);
  const kind = recogniseKind(fields);
  const { checks } = verify(
    { headers, body, now: judgedAt(values.timestamp, clock) },
    trusting(question, { kind, fields, values }),
  );
  const diagnoses = own ? signing.diagnoses : allOf(question, { values, signing, opening });
  const signatures = signaturesOf(signing);
  const isRight = own ? signatures.every(({ matches }) => matches) : checks.every(({ ok }) => ok);
  return {
    kind: kind?.id ?? null,
    ok: isRight && diagnoses.length === 0,
    checks: toldUnjudged(checks, clock),
    fields,
    string_to_sign: shown(values, body),
    received: signing.received,
    signatures,
    signed_by: signing.signed_by,
    opening: factsOf(envelope, question),
    unchecked: uncheckedOf(question),
    table: broken(kind, fields, opening),
    diagnoses,
  };
}

interface Known {
  readonly kind: V3Kind | undefined;
  readonly fields: Fields;
  readonly values: Values;
}

/** Whose it is and by what name the key is known, it says itself where nobody else does. */
function trusting({ owner, api_v3_key, platform }: Question, { kind, fields, values }: Known): Trust {
  const names = kind ? kind.owner : { mch_id: MERCHANTS.find((name) => fields[name] !== undefined) };
  const own = (name = ''): string => fields[name] ?? MISSING;
  return {
    appid: owner.appid ?? own(kind?.owner.appid),
    mch_id: owner.mch_id ?? own(names.mch_id),
    api_v3_key,
    platform: platform && { serial: serialOf(platform, values), publicKey: platform.publicKey },
  };
}

function serialOf({ serials }: KnownKey, { serial = '' }: Values): string {
  return serials[0] ?? serial;
}

const MISSING = '(missing)';

interface Parts {
  readonly values: Values;
  readonly signing: Signing;
  readonly opening: Opening;
}

function allOf(question: Question, { values, signing, opening }: Parts): readonly Explained[] {
  const { headers, clock } = question;
  const found = [
    ...explainHeaders(headers),
    ...listed(values.timestamp === undefined ? [] : explainClock(values.timestamp, clock)),
    ...signing.diagnoses,
    ...listed(opening.mistakes),
  ];
  return [...found, ...listed(formOf(question, found))];
}

function listed(explained: Explained): readonly Explained[] {
  return explained.length === 0 ? [] : [explained];
}

function shown({ timestamp, nonce }: Values, body: Uint8Array): string | null {
  if (timestamp === undefined || nonce === undefined) return null;
  return Buffer.from(messageOf(rightRecipe({ timestamp, nonce }, body))).toString('utf8');
}

function signaturesOf({ computed, received }: Signing): Explanation['signatures'] {
  return computed === undefined ? [] : [{ type: 'SHA-256', computed, matches: computed === received }];
}

function explainOpening(envelope: Fields, question: Question, nonce: string | undefined): Opening {
  const { api_v3_key, otherKeys } = question;
  if (!api_v3_key || envelope['resource.ciphertext'] === undefined)
    return { plaintext: undefined, mistakes: [] };
  return explainResource({ envelope, key: api_v3_key.reveal(), otherKeys, nonce });
}

function fieldsOf(envelope: Fields, { plaintext }: Opening): Fields {
  const { 'resource.ciphertext': _, ...rest } = envelope;
  const outer = Object.entries(rest).map(([name, value]) => [`${ENVELOPE}${name}`, value] as const);
  return { ...(plaintext !== undefined && readJson(plaintext)), ...Object.fromEntries(outer) };
}

function uncheckedOf({ platform, api_v3_key }: Question): Explanation['unchecked'] {
  return [...(platform ? [] : (['sign'] as const)), ...(api_v3_key ? [] : (['decrypt'] as const))];
}

function factsOf(envelope: Fields, { api_v3_key }: Question): ResourceFacts | null {
  const ciphertext = envelope['resource.ciphertext'];
  if (ciphertext === undefined) return null;
  return {
    key_bytes: api_v3_key ? Buffer.byteLength(api_v3_key.reveal()) : null,
    nonce: envelope['resource.nonce'] ?? null,
    associated_data: envelope['resource.associated_data'] ?? null,
    bytes: Buffer.from(ciphertext, 'base64').length,
  };
}

function broken(kind: V3Kind | undefined, fields: Fields, { plaintext }: Opening): readonly string[] {
  if (!kind || plaintext === undefined) return [];
  return validateNotification({ kind, fields, sign_type: 'MD5' }).map(({ message }) => message);
}

/** A body that is no JSON needs saying only where nothing else explains it. */
function formOf({ body }: Question, others: readonly Explained[]): Explained {
  const text = utf8(body);
  if (others.length > 0 && digestOf(body) !== EMPTY) return [];
  if (body.length === 0) return [{ ...NOT_JSON, detail: 'it is empty' }];
  if (text === undefined) return [{ ...NOT_JSON, detail: 'it is not UTF-8' }];
  if (readJson(text)) return [];
  const isCut = text.trimStart().startsWith('{') && !text.trimEnd().endsWith('}');
  return [
    {
      ...NOT_JSON,
      detail: isCut ? 'it stops in the middle' : `it begins with ${JSON.stringify(text.slice(0, 20))}`,
    },
  ];
}

const EMPTY = digestOf(Buffer.alloc(0));

const NOT_JSON = {
  code: 'not-json',
  title: 'The body is no JSON object with each name once',
  fix: 'Was it cut, or read before by something else? A whole notification goes from { to }.',
};
