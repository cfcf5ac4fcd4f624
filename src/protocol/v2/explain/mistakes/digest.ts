/** The digest written differently. */
import { variants, type Mistake } from '../mistake.ts';

export const digestMistakes: readonly Mistake[] = [
  {
    code: 'digest-form',
    title: 'The digest was written in another form',
    fix: 'Write it in hexadecimal, in upper case, whole.',
    part: 'spell',
    recipes: (right) =>
      variants(
        [
          ['base64', (digest: Buffer) => digest.toString('base64')],
          ['base64 for URLs', (digest: Buffer) => digest.toString('base64url')],
          [
            'base64 of the hexadecimal',
            (digest: Buffer) => Buffer.from(digest.toString('hex')).toString('base64'),
          ],
          [
            'base64 of the upper-case hexadecimal',
            (digest: Buffer) => Buffer.from(digest.toString('hex').toUpperCase()).toString('base64'),
          ],
          ['with - between the bytes', (digest: Buffer) => separated(digest, '-')],
          [
            'with - between the bytes, in lower case',
            (digest: Buffer) => separated(digest, '-').toLowerCase(),
          ],
          ['with : between the bytes', (digest: Buffer) => separated(digest, ':')],
          [
            'with : between the bytes, in lower case',
            (digest: Buffer) => separated(digest, ':').toLowerCase(),
          ],
          ['0x before it', (digest: Buffer) => `0x${digest.toString('hex').toUpperCase()}`],
          ['0x before it, in lower case', (digest: Buffer) => `0x${digest.toString('hex')}`],
          [
            'each byte with its sign extended, as Integer.toHexString does',
            (digest: Buffer) => Array.from(digest, signExtended).join('').toUpperCase(),
          ],
          ['the middle 16 characters', (digest: Buffer) => digest.toString('hex').slice(8, 24).toUpperCase()],
          ['the first 32 characters', (digest: Buffer) => digest.toString('hex').slice(0, 32).toUpperCase()],
          [
            'without leading zeros',
            (digest: Buffer) => digest.toString('hex').replace(/^0+/, '').toUpperCase(),
          ],
          [
            'without leading zeros of each byte',
            (digest: Buffer) =>
              Array.from(digest, (byte) => byte.toString(16))
                .join('')
                .toUpperCase(),
          ],
        ],
        (spell) => ({ ...right, spell }),
      ),
  },
];

function separated(digest: Buffer, separator: string): string {
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(separator);
}

function signExtended(byte: number): string {
  return byte < 0x80 ? byte.toString(16) : `ffffff${byte.toString(16)}`;
}
