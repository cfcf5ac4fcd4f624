/** A captured message and a key: what was signed, what should have been, and which known mistake is in between. */
import type { Check, Fields, Kind, KindId, Pair, SignType, V2Credentials } from '../../dialect.ts';
import { masked } from '../../secret.ts';
import { payment } from '../kinds/payment.ts';
import { recogniseKind } from '../recognise.ts';
import { verify } from '../verify.ts';
import { readXml } from '../xml.ts';
import type { Explained } from '../../explain/mistake.ts';
import type { About, OtherKey } from './mistake.ts';
import { explainReqInfo } from './open.ts';
import { rightRecipe, signatureOf, textOf, type Recipe } from './recipe.ts';
import { findMistakes, isSame } from './search.ts';

/** What is to be explained, and with what. */
export interface Question {
  /** The message, as text. */
  readonly text: string;
  /** `appid` and `mch_id` are the message's own where they are not known. */
  readonly credentials: V2Credentials;
  readonly otherKeys: readonly OtherKey[];
  /** A signature that somebody else's code computed for this message: explained in the place of the message's own. */
  readonly computed?: string | undefined;
}

/** Everything about a message that is XML. */
export interface Explanation {
  readonly kind: KindId;
  /** Whether a sound handler takes it: form, signature, decryption, merchant. */
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** The elements as they were read; what is encrypted is opened. */
  readonly fields: Fields;
  /** What should be signed, the key masked; `null` for a kind without a signature. */
  readonly string_to_sign: string | null;
  readonly received: string | null;
  readonly signatures: readonly Signature[];
  /** What explains the failure: each is one explanation, of one mistake or two together. */
  readonly diagnoses: readonly Explained[];
}

export interface Signature {
  readonly type: SignType;
  readonly computed: string;
  readonly matches: boolean;
}

/** Explains a message; or says why it is no XML. */
export function explain(question: Question): Explanation | { readonly why: string } {
  const xml = readXml(question.text.trim());
  if (!xml.ok) return { why: xml.why };
  const fields = Object.fromEntries(xml.pairs);
  const kind = recogniseKind(fields) ?? payment;
  const verified = verify(Buffer.from(question.text, 'utf8'), question.credentials);
  const message: Message = { kind, pairs: xml.pairs, fields };
  const signing = kind.seal === 'encrypted' ? unsigned : explainSignature(message, question);
  const known = Object.keys(verified.fields).length > 0 ? verified.fields : fields;
  const opening = explainOpening(message, question) ?? { fields: known, diagnoses: [] };
  const diagnoses = [
    ...repeated(xml.pairs),
    ...nestedIn(xml.nested ?? []),
    ...signing.diagnoses,
    ...opening.diagnoses,
  ];
  return {
    kind: kind.id,
    ok: verified.ok && diagnoses.length === 0,
    checks: verified.checks,
    fields: opening.fields,
    ...signing,
    diagnoses,
  };
}

interface Message {
  readonly kind: Kind;
  readonly pairs: readonly Pair[];
  readonly fields: Fields;
}

type Signing = Pick<Explanation, 'string_to_sign' | 'received' | 'signatures' | 'diagnoses'>;

const unsigned: Signing = { string_to_sign: null, received: null, signatures: [], diagnoses: [] };

function explainSignature({ kind, pairs, fields }: Message, question: Question): Signing {
  const { credentials, otherKeys, computed } = question;
  const key = credentials.api_key.reveal();
  const received = computed ?? fields['sign'] ?? '';
  const type = expectedType(kind, fields, { received: fields['sign'] ?? received, credentials });
  const recipe = rightRecipe(pairs, key, type);
  const signatures = (['MD5', 'HMAC-SHA256'] as const).map((each): Signature => {
    const own = signatureOf(rightRecipe(pairs, key, each));
    return { type: each, computed: own, matches: own === received };
  });
  const about: About = { pairs, kind, type, otherKeys };
  return {
    string_to_sign: textOf(recipe, masked),
    received: received === '' ? null : received,
    signatures,
    diagnoses:
      received === ''
        ? [NO_SIGN]
        : [...diagnose(received, recipe, about), ...misnamed(fields, question, kind)],
  };
}

function diagnose(received: string, recipe: Recipe, about: About): readonly Explained[] {
  const right = signatureOf(recipe);
  if (right === received) return [];
  const spelling = spelt(received);
  if (isSame(right, received)) return [spelling];
  const found = findMistakes(received, recipe, about);
  return found.map((mistakes) => [
    ...mistakes,
    ...(mistakes.some(({ code }) => code === 'digest-form') ? [] : spelling),
  ]);
}

/** A sound handler refuses a message that names an unknown algorithm, or a weaker one than was agreed. */
function misnamed(fields: Fields, { credentials, computed }: Question, kind: Kind): readonly Explained[] {
  const named = fields[kind.names_algorithm];
  const agreed = kind.sign_type ?? credentials.sign_type;
  if (computed !== undefined || named === undefined || named === '') return [];
  if (named === 'HMAC-SHA256' || named === agreed) return [];
  return [
    named === 'MD5'
      ? [{ ...WEAKER, detail: `MD5, and ${agreed} is agreed` }]
      : [{ ...UNKNOWN, detail: named }],
  ];
}

const WEAKER = {
  code: 'weaker-algorithm',
  title: 'The message names a weaker algorithm than the one that was agreed',
  fix: 'The sender must not choose: refuse it. If MD5 is right after all, set WXNOTIFY_SIGN_TYPE (or sign_type) to it.',
};
const UNKNOWN = {
  code: 'unknown-algorithm',
  title: 'The message names an algorithm that there is not',
  fix: 'Write MD5 or HMAC-SHA256, exactly so.',
};

/** The algorithm that the message names; without a name, HMAC-SHA256 can be told by its length. */
function expectedType(
  kind: Kind,
  fields: Fields,
  { received, credentials }: { received: string; credentials: V2Credentials },
): SignType {
  const named = fields[kind.names_algorithm];
  if (named === 'MD5' || named === 'HMAC-SHA256') return named;
  if (kind.sign_type) return kind.sign_type;
  return received.trim().length === 64 ? 'HMAC-SHA256' : credentials.sign_type;
}

const NO_SIGN: Explained = [
  {
    code: 'no-sign',
    title: 'There is no sign in the message',
    fix: 'Nobody vouches for it: refuse it. Several SDKs take a message without sign; check for it first.',
    detail: '',
  },
];

/** What is wrong with how a signature is written, whatever it was computed from. */
function spelt(received: string): Explained {
  const mistakes: Explained[number][] = [];
  const bare = received.trim();
  if (bare !== received) {
    const fix = 'Write it without white space around it.';
    mistakes.push({
      code: 'sign-space',
      title: 'There is white space around the signature',
      fix,
      detail: '',
    });
  }
  if (/^[0-9a-fA-F]+$/.test(bare) && bare !== bare.toUpperCase()) {
    const fix = 'Write the digest in upper case: nearly every SDK refuses lower case.';
    mistakes.push({ code: 'lower-case-digest', title: 'The signature is in lower case', fix, detail: '' });
  }
  return mistakes;
}

function repeated(pairs: readonly Pair[]): readonly Explained[] {
  const names = pairs.map(([name]) => name);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  return twice.map((name) => [
    {
      code: 'field-repeated',
      title: 'A field is there more than once',
      fix: 'The platform never sends that: what is verified may not be what is read. Refuse it.',
      detail: name,
    },
  ]);
}

function nestedIn(names: readonly string[]): readonly Explained[] {
  return names.map((name) => [
    {
      code: 'nested-elements',
      title: 'An element has elements in it',
      fix: 'The platform sends text only; receivers sign and read what is inside in different ways. Refuse it.',
      detail: name,
    },
  ]);
}

function explainOpening(
  { kind, fields }: Message,
  { credentials, otherKeys }: Question,
): { fields: Fields; diagnoses: readonly Explained[] } | undefined {
  if (kind.envelope?.cipher !== 'aes-256-ecb') return undefined;
  const { [kind.envelope.into]: hidden = '', ...outer } = fields;
  const { plaintext, mistakes } = explainReqInfo(hidden, credentials.api_key.reveal(), otherKeys);
  const inner = plaintext === undefined ? undefined : readXml(plaintext.trim());
  return {
    fields: { ...outer, ...(inner?.ok === true && Object.fromEntries(inner.pairs)) },
    diagnoses: mistakes.length === 0 ? [] : [mistakes],
  };
}
