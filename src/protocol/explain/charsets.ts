/** Text that becomes the wrong bytes. */
import { gbk } from '../gbk.ts';

/** Text → bytes. */
export type Encode = (text: string) => Uint8Array;

/** Other charsets that a text is turned into bytes with. */
export const charsets: readonly (readonly [detail: string, encode: Encode])[] = [
  ['GBK', (text) => gbk(text)],
  [
    'ISO-8859-1, ? for what it lacks',
    (text) => Buffer.from(text.replace(/[^\u0000-\u00FF]/gu, '?'), 'latin1'),
  ],
  ['ISO-8859-1, the low byte of each character', (text) => Buffer.from(text, 'latin1')],
  ['ASCII, ? for what it lacks', (text) => Buffer.from(text.replace(/[^\u0000-\u007F]/gu, '?'), 'latin1')],
  [
    'ASCII, ? for each unit of what it lacks',
    (text) => Buffer.from(text.replace(/[^\u0000-\u007F]/g, '?'), 'latin1'),
  ],
  ['UTF-16, little endian', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16, big endian', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['UTF-8 with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf8')],
];

/** Charsets that UTF-8 is taken for, before it is turned into bytes as UTF-8. */
export const misread: readonly (readonly [detail: string, encode: Encode])[] = [
  ['ISO-8859-1', (text) => Buffer.from(Buffer.from(text, 'utf8').toString('latin1'), 'utf8')],
  ['windows-1252', (text) => Buffer.from(windows1252(Buffer.from(text, 'utf8')), 'utf8')],
  ['GBK', (text) => reread(text, 'gbk')],
];

function reread(text: string, charset: string): Uint8Array {
  return Buffer.from(new TextDecoder(charset).decode(Buffer.from(text, 'utf8')), 'utf8');
}

/** What windows-1252 has from 0x80 to 0x9F. Node 20 takes it for ISO-8859-1, which has nothing there. */
const FROM_80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

function windows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009F]/g, (char) => FROM_80[char.charCodeAt(0) - 0x80] ?? char);
}
