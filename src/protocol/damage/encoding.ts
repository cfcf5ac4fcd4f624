import { gbk } from '../gbk.ts';
import type { Deed } from './deed.ts';

/** Which bytes a text can become, other than UTF-8. */
export const encodings = {
  gbk: {
    words: 'The text is in GBK: Chinese characters are other bytes',
    damage: (text) => gbk(text),
  },
  'utf-16': {
    words: 'The text is in UTF-16, little endian, with a byte order mark',
    damage: (text): Uint8Array => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  },
  'latin-1': {
    words: 'The text is in ISO-8859-1, with ? for what that lacks',
    damage: (text): Uint8Array => Buffer.from(text.replace(/[^\u0000-\u00FF]/gu, '?'), 'latin1'),
  },
  'cut-utf-8': {
    words: 'Each character above U+007F lacks its last byte, which UTF-8 does not allow',
    damage: (text) => withoutLastBytes(text),
  },
} satisfies Record<string, Deed<(text: string) => Uint8Array>>;

/** A character of two to four bytes loses the last of them. */
function withoutLastBytes(text: string): Uint8Array {
  const characters = Array.from(text, (character) => Buffer.from(character, 'utf8'));
  return Buffer.concat(characters.map((bytes) => (bytes.length > 1 ? bytes.subarray(0, -1) : bytes)));
}
