/** The refund's cipher: round trip, key derivation, and everything that must not open. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/protocol/secret.ts';
import { aesKey, decrypt, encrypt } from '../../../src/protocol/v2/cipher.ts';
import { openRefund } from '../../support/verifier.ts';
import { KEY } from '../setup.ts';

const key = new Secret(KEY);
const other = new Secret('00000000000000000000000000000000');
const sealed = encrypt('<root><a>1</a></root>', key);
const bytes = Buffer.from(sealed, 'base64');

const unicode = fc.string({ unit: 'grapheme' });

describe('what opens', () => {
  test('any text comes back, under any key', () => {
    fc.assert(
      fc.property(unicode, fc.string(), (text, secret) => {
        expect(decrypt(encrypt(text, new Secret(secret)), new Secret(secret))).toBe(text);
      }),
    );
  });

  test('a second implementation opens it', () => {
    fc.assert(
      fc.property(unicode, (text) => {
        expect(openRefund(encrypt(text, key), KEY)).toBe(text);
      }),
    );
  });

  test.each([0, 15, 16, 17, 31, 32])('%i bytes are padded to whole blocks', (length) => {
    const ciphertext = Buffer.from(encrypt('x'.repeat(length), key), 'base64');
    expect(ciphertext.length).toBe((Math.floor(length / 16) + 1) * 16);
  });

  test('the AES key is the lower-case hexadecimal MD5 of the API key', () => {
    expect(aesKey(new Secret('')).toString('ascii')).toBe('d41d8cd98f00b204e9800998ecf8427e');
    expect(aesKey(new Secret('abc')).toString('ascii')).toBe('900150983cd24fb0d6963f7d28e17f72');
  });
});

describe('what does not open', () => {
  const withLast = (byte: (last: number) => number): string => {
    const copy = Buffer.from(bytes);
    copy[copy.length - 1] = byte(copy.at(-1) ?? 0) & 0xff;
    return copy.toString('base64');
  };

  test.each([
    { title: 'nothing', text: '' },
    { title: 'half a block', text: bytes.subarray(0, 8).toString('base64') },
    { title: 'a cut in the middle of a block', text: bytes.subarray(0, -8).toString('base64') },
    { title: 'one byte too few', text: bytes.subarray(0, -1).toString('base64') },
    { title: 'one byte too many', text: Buffer.concat([bytes, Buffer.from('x')]).toString('base64') },
    { title: 'without its last block', text: bytes.subarray(0, -16).toString('base64') },
    { title: 'a flipped bit in the last block', text: withLast((last) => last ^ 1) },
    { title: 'no base64 at all', text: '微信' },
    { title: 'the plaintext', text: '<root><a>1</a></root>' },
  ])('$title', ({ text }) => {
    expect(decrypt(text, key)).toBeUndefined();
  });

  test('another key', () => {
    expect(decrypt(sealed, other)).toBeUndefined();
  });

  test('what decrypts to bytes that are no UTF-8', () => {
    const blocks = Buffer.concat([bytes.subarray(16, 32), Buffer.from(encrypt('', key), 'base64')]);
    const noise = Buffer.from(blocks).fill(7, 0, 16);
    expect(decrypt(noise.toString('base64'), key)).toBeUndefined();
  });

  test('a changed key never yields the plaintext', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (text, secret) => {
        fc.pre(secret !== KEY);
        const plain = `<root>${text}</root>`;
        expect(decrypt(encrypt(plain, key), new Secret(secret))).not.toBe(plain);
      }),
    );
  });
});
