/** Why a resource opens, or does not: every known mistake is tried, alone and together. */
import { TAG } from '../../aead.ts';
import { base64Repairs, oddBase64 } from '../../explain/base64.ts';
import type { Explained, Found } from '../../explain/mistake.ts';
import { misspellings } from '../../explain/misspellings.ts';
import type { Fields } from '../../dialect.ts';
import type { OtherSecret } from './mistake.ts';
import * as words from './mistakes/resource.ts';
import { KEY_LENGTH, NONCE_LENGTH, open, peek, utf8, type Sealed } from './opening.ts';

/** An envelope, and what may open it. */
export interface Closed {
  /** Its fields, not prefixed. */
  readonly envelope: Fields;
  readonly key: string;
  readonly otherKeys: readonly OtherSecret[];
  /** That of the header. */
  readonly nonce: string | undefined;
}

/** What a resource says, and what was wrong with it on the way. */
export interface Opening {
  /** `undefined` when nothing opens it. */
  readonly plaintext: string | undefined;
  /** Empty when it opens as it should, or nothing explains why it does not. */
  readonly mistakes: Explained;
}

/** Opens a resource, or finds the mistakes with which it opens. */
export function explainResource(closed: Closed): Opening {
  const { envelope, key } = closed;
  const ciphertext = envelope['resource.ciphertext'] ?? '';
  const bytes = Buffer.from(ciphertext, 'base64');
  const plaintext = open({
    bytes,
    key: Buffer.from(key),
    nonce: nonceIn(envelope),
    associated_data: dataIn(envelope),
  });
  if (plaintext !== undefined) return { plaintext, mistakes: [...odd(ciphertext), ...notJson(plaintext)] };
  if (isJson(ciphertext)) return { plaintext: ciphertext, mistakes: [words.NOT_ENCRYPTED] };
  const { plaintext: found, mistakes } = searched(closed) ?? {
    plaintext: undefined,
    mistakes: unusable(closed),
  };
  return { plaintext: found, mistakes };
}

function nonceIn(envelope: Fields): string {
  return envelope['resource.nonce'] ?? '';
}

function dataIn(envelope: Fields): string {
  return envelope['resource.associated_data'] ?? '';
}

interface Choice<T> {
  readonly value: T;
  readonly mistake?: Found;
}

type Keyed = Omit<Sealed, 'associated_data'>;

/** What opens it for certain; or else what it says although something of it is damaged. */
function searched(closed: Closed): Opening | undefined {
  const found: Unsure[] = [];
  for (const { value: sealed, mistakes: before } of waysInto(closed)) {
    const plain = peek(sealed);
    if (!plain) continue;
    const opening = bound(sealed, closed.envelope) ?? withoutItsTag(plain);
    const all = { ...opening, mistakes: [...before, ...opening.mistakes] };
    if (opening.doubt === 0) return all;
    found.push(all);
  }
  return found.sort((a, b) => a.doubt - b.doubt)[0];
}

/** An opening, and how much of it is not certain. */
interface Unsure extends Opening {
  readonly doubt: 0 | 1 | 2;
}

/** Every key with every nonce and every way to decode. */
function* waysInto(closed: Closed): Generator<{ readonly value: Keyed; readonly mistakes: Explained }> {
  const ciphertext = closed.envelope['resource.ciphertext'] ?? '';
  for (const key of keysOf(closed)) {
    for (const nonce of noncesOf(closed)) {
      for (const decode of decodes) {
        const value = { bytes: decode.value(ciphertext), key: key.value, nonce: nonce.value };
        const mistakes = [key, nonce, decode].flatMap(({ mistake }) => (mistake ? [mistake] : []));
        yield { value, mistakes };
      }
    }
  }
}

/** Key and nonce are right: it opens with this or other associated data. */
function bound(sealed: Keyed, envelope: Fields): Unsure | undefined {
  const choices: readonly Choice<string>[] = [{ value: dataIn(envelope) }, ...otherData(envelope)];
  for (const { value, mistake } of choices) {
    const plaintext = open({ ...sealed, associated_data: value });
    if (plaintext !== undefined) return { plaintext, mistakes: mistake ? [mistake] : [], doubt: 0 };
  }
  return undefined;
}

/** Key and nonce are right, and the tag is not. */
function withoutItsTag(plain: Buffer): Unsure {
  const whole = utf8(plain);
  if (whole !== undefined && isJson(whole)) return { plaintext: whole, mistakes: [words.NO_TAG], doubt: 1 };
  const text = utf8(plain.subarray(0, -TAG));
  if (text !== undefined && isJson(text)) return { plaintext: text, mistakes: [words.OTHER_TAG], doubt: 1 };
  return { plaintext: undefined, mistakes: [{ ...words.DAMAGED, detail: damageIn(plain) }], doubt: 2 };
}

/** Where it stops to be text. */
function damageIn(plain: Buffer): string {
  const text = plain.subarray(0, -TAG).toString('utf8');
  const at = text.search(/[\u0000-\u001f\ufffd]/);
  return at === -1
    ? 'its end is missing'
    : `it is readable up to byte ${Buffer.byteLength(text.slice(0, at))}`;
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

const decodes: readonly Choice<(text: string) => Buffer>[] = [
  { value: (text) => Buffer.from(text, 'base64') },
  {
    value: (text) => Buffer.from(text, 'latin1'),
    mistake: undecoded('not decoded: its characters as bytes'),
  },
  ...base64Repairs.map(([detail, value]) => ({ value, mistake: undecoded(detail) })),
];

function undecoded(detail: string): Found {
  return { ...words.BASE64, detail };
}

function odd(ciphertext: string): Explained {
  const detail = oddBase64(ciphertext);
  return detail === undefined ? [] : [undecoded(detail)];
}

function notJson(plaintext: string): Explained {
  return isJson(plaintext) ? [] : [words.NOT_JSON];
}

function keysOf({ key, otherKeys }: Closed): readonly Choice<Buffer>[] {
  const spelt = misspellings.flatMap(({ spellings, code, title, fix }) =>
    spellings(key).map(([detail, value]) => ({
      value: Buffer.from(value),
      mistake: { code, title, fix, detail },
    })),
  );
  const others = otherKeys.map(({ name, code, key: other }) => ({
    value: Buffer.from(other),
    mistake: { ...(code === 'v2-key' ? words.V2_KEY : words.OTHER_KEY), detail: name },
  }));
  return [{ value: Buffer.from(key) }, ...spelt, ...encodedKeys(key), ...others];
}

/** A key that was decoded although it is text, or is here as what decodes to it. */
function encodedKeys(key: string): readonly Choice<Buffer>[] {
  const decoded: readonly (readonly [string, Buffer])[] = [
    ['hexadecimal', Buffer.from(key, 'hex')],
    ['base64', Buffer.from(key, 'base64')],
  ];
  return decoded.map(([detail, value]) => ({ value, mistake: { ...words.ENCODED_KEY, detail } }));
}

function noncesOf({ envelope, nonce }: Closed): readonly Choice<string>[] {
  const stated = nonceIn(envelope);
  const others: readonly (readonly [string, string])[] = [
    ['its first 12 characters', stated.slice(0, 12)],
    ['without the white space around it', stated.trim()],
  ];
  const headers = (nonce === undefined ? [] : [nonce, nonce.slice(0, 12)]).map((value) => ({
    value,
    mistake: words.HEADER_NONCE,
  }));
  return [
    { value: stated },
    ...headers,
    ...others.map(([detail, value]) => ({ value, mistake: { ...words.OTHER_NONCE, detail } })),
  ];
}

/** What the encryption may have been bound to. */
function otherData(envelope: Fields): readonly Choice<string>[] {
  const stated = envelope['resource.associated_data'];
  const names = [envelope['resource.original_type'], ...BOUND, stated?.trim(), stated?.toLowerCase()];
  const known = [...new Set(names.filter((name): name is string => name !== undefined && name !== stated))];
  return known.map((value) => ({
    value,
    mistake: { ...words.OTHER_DATA, detail: dataDetail(value, stated) },
  }));
}

const BOUND = [
  '',
  'transaction',
  'refund',
  'certificate',
  'payscore',
  'combine',
  'null',
  'undefined',
  'None',
  '""',
  '{}',
];

function dataDetail(value: string, stated: string | undefined): string {
  const was = value === '' ? 'none' : `\`${value}\``;
  const is = stated === undefined ? 'not there' : stated === '' ? 'empty' : `\`${stated}\``;
  return `it was encrypted with ${was}, and the field is ${is}`;
}

/** Nothing opens it, and that can be seen from what there is. */
function unusable({ envelope, key, otherKeys }: Closed): Explained {
  const ciphertext = envelope['resource.ciphertext'] ?? '';
  if (ciphertext === '') return [{ ...words.DAMAGED, detail: 'it is empty' }];
  const length = Buffer.byteLength(key);
  if (length !== KEY_LENGTH) return [{ ...words.KEY_SIZE, detail: `it has ${length}` }];
  const same = otherKeys.find((other) => other.code === 'v2-key' && other.key === key);
  if (same)
    return [
      {
        ...words.V2_KEY,
        title: 'The key that is set as the APIv3 key is the API key of API v2',
        detail: same.name,
      },
    ];
  const nonce = Buffer.byteLength(nonceIn(envelope));
  return nonce === NONCE_LENGTH
    ? []
    : [{ ...words.OTHER_NONCE, detail: `it has ${nonce} characters, and ${NONCE_LENGTH} are usual` }];
}
