/** Why an encrypted part opens, or does not: every known mistake is tried, alone and two together. */
import { decipher, plaintextOf, right, type KeyMaker, type Open, type Option } from './cipher-recipe.ts';
import type { OtherKey } from './mistake.ts';
import { keyMakers, modes, repairs } from './mistakes/cipher.ts';
import { oddBase64, type Decode } from '../../explain/base64.ts';
import { misspellings } from '../../explain/misspellings.ts';
import type { Explained, Found } from '../../explain/mistake.ts';
import { inGbk, unsealed } from './unsealed.ts';

/** What an encrypted part says, and what was wrong with it on the way. */
export interface Opening {
  /** The XML in it; `undefined` when nothing opens it. */
  readonly plaintext: string | undefined;
  /** Empty when it opens as it should. */
  readonly mistakes: Explained;
}

/** Opens `req_info` with the right recipe, or finds the mistakes with which it opens. */
export function explainReqInfo(text: string, key: string, otherKeys: readonly OtherKey[]): Opening {
  const plaintext = plaintextOf(right.open, right.decode(text), right.makeKey(key));
  if (plaintext !== undefined) return { plaintext, mistakes: odd(text) };
  return (
    unsealed(text) ??
    inGbk(text, key) ??
    searched(text, key, otherKeys) ?? { plaintext: undefined, mistakes: damaged(text, key) }
  );
}

interface Choice<T> {
  readonly value: T;
  readonly mistake?: Found;
}

function searched(text: string, key: string, otherKeys: readonly OtherKey[]): Opening | undefined {
  const decodes = choices<Decode>(right.decode, repairs);
  const keys = [{ value: key }, ...spellings(key), ...others(otherKeys)];
  const makers = choices<KeyMaker>(right.makeKey, keyMakers);
  const opens = choices<Open>(right.open, modes);
  for (const count of [1, 2]) {
    for (const way of waysOf([decodes, keys, makers, opens], count)) {
      const [decode, secret, make, open] = way as [
        Choice<Decode>,
        Choice<string>,
        Choice<KeyMaker>,
        Choice<Open>,
      ];
      const plaintext = attempt({ text, decode, secret, make, open });
      if (plaintext === undefined) continue;
      return { plaintext, mistakes: way.flatMap(({ mistake }) => (mistake ? [mistake] : [])) };
    }
  }
  return undefined;
}

interface Attempt {
  readonly text: string;
  readonly decode: Choice<Decode>;
  readonly secret: Choice<string>;
  readonly make: Choice<KeyMaker>;
  readonly open: Choice<Open>;
}

function attempt({ text, decode, secret, make, open }: Attempt): string | undefined {
  return plaintextOf(open.value, decode.value(text), make.value(secret.value));
}

/** Every choice of one of each with exactly `count` mistakes. */
function* waysOf(
  parts: readonly (readonly Choice<unknown>[])[],
  count: number,
): Generator<readonly Choice<unknown>[]> {
  const [first, ...rest] = parts;
  if (!first) {
    if (count === 0) yield [];
    return;
  }
  for (const choice of first) {
    const left = count - (choice.mistake ? 1 : 0);
    if (left < 0) continue;
    for (const way of waysOf(rest, left)) yield [choice, ...way];
  }
}

function choices<T>(usual: T, options: readonly Option<T>[]): readonly Choice<T>[] {
  return [{ value: usual }, ...options.map(({ value, ...mistake }) => ({ value, mistake }))];
}

function spellings(key: string): readonly Choice<string>[] {
  return misspellings.flatMap(({ spellings: all, code, title, fix }) =>
    all(key)
      .filter(([, value]) => value !== key)
      .map(([detail, value]) => ({ value, mistake: { code, title, fix, detail } })),
  );
}

function others(otherKeys: readonly OtherKey[]): readonly Choice<string>[] {
  return otherKeys.map(({ name, code, key }) => ({
    value: key,
    mistake: {
      code,
      title:
        code === 'v3-key'
          ? 'The APIv3 key was used in the place of the API key'
          : 'It was encrypted for another merchant or profile',
      fix: 'req_info is encrypted with the API key (API v2) of the merchant it is for.',
      detail: name,
    },
  }));
}

/** Base64 that opens here, because Node is lenient, and does not everywhere. */
function odd(text: string): Explained {
  const detail = oddBase64(text);
  return detail === undefined ? [] : [{ ...LENIENT, detail }];
}

const LENIENT = {
  code: 'base64-damaged',
  title: 'The base64 of req_info was changed on the way, and only lenient decoders take it',
  fix: 'Pass req_info on exactly as it stands in the XML.',
};

const BLOCK = 16;

const LOST = {
  code: 'base64-damaged',
  title: 'The base64 of req_info was damaged on the way, and cannot be repaired',
  fix: 'Pass req_info on exactly as it stands in the XML.',
};

/** Of some thousand characters of base64, each of the 64 is there: one that is not was lost. */
function lostCharacters(text: string): string | undefined {
  if (text.length < 600 || !/^[A-Za-z0-9+/=\s]*$/.test(text) || /^[0-9a-f\s]*$/i.test(text)) return undefined;
  if (!/[A-Z]/.test(text)) return 'it is in lower case';
  if (!/[a-z]/.test(text)) return 'it is in upper case';
  if (!text.includes('+')) return 'every + is missing';
  return text.includes('/') ? undefined : 'every / is missing';
}

const NOT_XML: Explained = [
  {
    code: 'not-xml',
    title: 'It decrypts as it should, and what is in it is no well-formed XML',
    fix: 'Encrypt `<root>…</root>`, its values in CDATA or escaped.',
    detail: '',
  },
];

/** Whether it decrypts to text, of whatever kind. */
function opens(bytes: Buffer, key: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(right.open(bytes, key));
    return text !== '' && !/[\u0000-\u0008\u000E-\u001F]/.test(text);
  } catch {
    return false;
  }
}

/** The right key, and bytes that are not what was encrypted: ECB shows which blocks are whole. */
function damaged(text: string, key: string): Explained {
  const bytes = right.decode(text);
  if (opens(bytes, right.makeKey(key))) return NOT_XML;
  const lost = lostCharacters(text);
  if (lost !== undefined) return [{ ...LOST, detail: lost }];
  const whole = bytes.subarray(0, bytes.length - (bytes.length % BLOCK));
  const title = 'The ciphertext is damaged; the key is right';
  const fix = 'Compare req_info with what arrived: something cut it or changed it.';
  const found = (detail: string): Explained => [{ code: 'ciphertext-damaged', title, fix, detail }];
  const readable = readableBlocks(whole, right.makeKey(key));
  if (readable.filter(Boolean).length * 2 <= readable.length) return []; // by accident, one in eight is
  if (whole.length !== bytes.length)
    return found(`${bytes.length} bytes, which is not a multiple of ${BLOCK}: it was cut`);
  const broken = readable.flatMap((isReadable, index) => (isReadable ? [] : [index + 1]));
  return found(
    broken.length === 0
      ? 'its end is missing'
      : `block ${broken.slice(0, 5).join(', ')} of ${readable.length}`,
  );
}

/** Which blocks of 16 bytes decrypt to what XML looks like. A wrong key gives none, but for an accident. */
function readableBlocks(bytes: Buffer, key: Buffer): readonly boolean[] {
  const plain = decipher('ecb', bytes, { key, padding: false });
  const count = plain.length / BLOCK;
  return Array.from({ length: count }, (_, index) => {
    const block = plain.subarray(index * BLOCK, (index + 1) * BLOCK);
    return (index === count - 1 ? withoutPadding(block) : block).every(isPrintable);
  });
}

function withoutPadding(block: Buffer): Buffer {
  const count = block.at(-1) ?? 0;
  const isPadded = count >= 1 && count <= BLOCK && block.subarray(-count).every((byte) => byte === count);
  return isPadded ? block.subarray(0, -count) : block;
}

/** Bytes above 127 belong to Chinese text, of which a block has little. */
function isPrintable(byte: number): boolean {
  return byte >= 0x20 || byte === 0x0a || byte === 0x0d;
}
