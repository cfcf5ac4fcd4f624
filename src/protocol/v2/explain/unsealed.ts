/** An encrypted part that is none: empty, not encrypted at all, or in another charset. */
import { readXml } from '../xml.ts';
import { right } from './cipher-recipe.ts';
import type { Explained } from '../../explain/mistake.ts';

/** What an odd part says, where it says something, and why it is odd. */
export interface Odd {
  readonly plaintext: string | undefined;
  readonly mistakes: Explained;
}

/** Tells of a part that no key would have to open; `undefined` when it is an ordinary one. */
export function unsealed(text: string): Odd | undefined {
  if (text.trim() === '') return { plaintext: undefined, mistakes: EMPTY };
  const plain = [text, right.decode(text).toString('utf8')].find(isXml);
  return plain === undefined ? undefined : { plaintext: plain, mistakes: NOT_ENCRYPTED };
}

/** Opens with the right key and mode, and is GBK: the padding has shown that nothing is missing. */
export function inGbk(text: string, key: string): Odd | undefined {
  let bytes: Buffer;
  try {
    bytes = right.open(right.decode(text), right.makeKey(key));
  } catch {
    return undefined;
  }
  const plain = new TextDecoder('gbk').decode(bytes);
  return isXml(plain) ? { plaintext: plain, mistakes: GBK } : undefined;
}

function isXml(text: string): boolean {
  return /^\s*<(\?xml|root|xml)\b/.test(text) && readXml(text.trim()).ok;
}

const EMPTY: Explained = [
  {
    code: 'no-req-info',
    title: 'req_info is empty',
    fix: 'Nobody vouches for a refund without it: refuse it.',
    detail: '',
  },
];

const NOT_ENCRYPTED: Explained = [
  {
    code: 'not-encrypted',
    title: 'req_info is not encrypted',
    fix: 'Encrypt it with AES-256-ECB, keyed by the MD5 of the API key; a merchant must refuse it as it is.',
    detail: '',
  },
];

const GBK: Explained = [
  {
    code: 'charset',
    title: 'What was encrypted is in another charset',
    fix: 'Turn the XML into bytes as UTF-8 before encrypting it.',
    detail: 'GBK',
  },
];
