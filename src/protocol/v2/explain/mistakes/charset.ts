/** Text that became the wrong bytes. */
import { gbk } from '../../../gbk.ts';
import { variants, type Mistake } from '../mistake.ts';

type Encode = (text: string) => Uint8Array;

export const charsetMistakes: readonly Mistake[] = [
  {
    code: 'charset',
    title: 'The string to sign was in another charset',
    fix: 'Turn it into bytes as UTF-8 before hashing, whatever the platform’s default charset is.',
    part: 'encode',
    recipes: (right) => variants(CHARSETS, (encode) => ({ ...right, encode })),
  },
  {
    code: 'mojibake',
    title: 'UTF-8 was read as another charset before signing',
    fix: 'Read the request body as UTF-8; check the default charset of the server and of the JSON or XML reader.',
    part: 'encode',
    recipes: (right) => variants(MISREAD, (encode) => ({ ...right, encode })),
  },
];

const CHARSETS: readonly (readonly [string, Encode])[] = [
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

const MISREAD: readonly (readonly [string, Encode])[] = [
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
