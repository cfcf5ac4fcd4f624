/**
 * What is in a signature. RSA shows it to whoever has the public key: the digest of what was signed. So a wrong key and a
 * changed message are told apart for certain.
 */
import { constants, createVerify, publicDecrypt } from 'node:crypto';
import { base64Repairs, oddBase64, type Decode } from '../../explain/base64.ts';
import type { Explained } from '../../explain/mistake.ts';
import type { KnownKey } from './mistake.ts';

/** A signature that one of the known keys has made. */
export interface Signed {
  readonly by: KnownKey;
  /** A name that Node knows. */
  readonly algorithm: string;
  /** Of what was signed, in lower-case hexadecimal. */
  readonly digest: string;
  /** What happened to the signature on the way. */
  readonly mistakes: Explained;
}

/** Opens a signature with the first key that fits, as it stands or repaired. */
export function openSignature(signature: string, keys: readonly KnownKey[]): Signed | undefined {
  for (const { decode, mistakes } of spellings(signature)) {
    const bytes = decode(signature);
    for (const by of keys) {
      const found = opened(bytes, by);
      if (found) return { by, ...found, mistakes };
    }
  }
  return undefined;
}

/** Why a signature cannot be one, whoever has made it. */
export function misshapen(signature: string): Explained {
  const bytes = Buffer.from(signature, 'base64').length;
  if (bytes === SIZE) return [];
  return [{ ...DAMAGED, detail: `it has ${bytes} bytes, and RSA with 2048 bits makes ${SIZE}` }];
}

/** Whether one of the keys has signed the message with the other padding of RSA. */
export function signedWithPss(message: Uint8Array, signature: string, keys: readonly KnownKey[]): Explained {
  const by = keys.find(({ publicKey }) => {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const key = { key: publicKey, padding, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
    return createVerify('RSA-SHA256').update(message).verify(key, signature, 'base64');
  });
  return by ? [PSS] : [];
}

/** In bytes, of RSA with 2048 bits. */
const SIZE = 256;

const DAMAGED = {
  code: 'signature-damaged',
  title: 'The signature was changed on the way',
  fix: 'Take Wechatpay-Signature as it stands in the header, and decode it as base64 once.',
};

const PSS = {
  code: 'other-padding',
  title: 'It was signed with the padding PSS',
  fix: 'Use RSASSA-PKCS1-v1_5, which libraries call SHA256withRSA or RSA-SHA256.',
  detail: '',
};

interface Spelling {
  readonly decode: Decode;
  readonly mistakes: Explained;
}

function spellings(signature: string): readonly Spelling[] {
  const odd = oddBase64(signature);
  const asItStands: Spelling = {
    decode: (text) => Buffer.from(text, 'base64'),
    mistakes: odd === undefined ? [] : [{ ...DAMAGED, detail: odd }],
  };
  const repaired = base64Repairs.map(([detail, decode]) => ({ decode, mistakes: [{ ...DAMAGED, detail }] }));
  return [asItStands, ...repaired];
}

/** What stands before the digest (RFC 8017 §9.2, note 1). */
const PREFIXES: readonly (readonly [algorithm: string, prefix: string])[] = [
  ['sha256', '3031300d060960864801650304020105000420'],
  ['sha1', '3021300906052b0e03021a05000414'],
  ['sha512', '3051300d060960864801650304020305000440'],
  ['sha384', '3041300d060960864801650304020205000430'],
  ['md5', '3020300c06082a864886f70d020505000410'],
];

function opened(
  signature: Buffer,
  { publicKey }: KnownKey,
): Pick<Signed, 'algorithm' | 'digest'> | undefined {
  let content: string;
  try {
    const padding = constants.RSA_PKCS1_PADDING;
    content = publicDecrypt({ key: publicKey, padding }, signature).toString('hex');
  } catch {
    return undefined;
  }
  const [algorithm, prefix = ''] = PREFIXES.find(([, start]) => content.startsWith(start)) ?? [];
  return algorithm === undefined ? undefined : { algorithm, digest: content.slice(prefix.length) };
}
