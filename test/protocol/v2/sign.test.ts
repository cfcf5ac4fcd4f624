/** The v2 signature: which fields take part, in which order, and in which form. */
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pair, SignType } from '../../../src/protocol/dialect.ts';
import { Secret } from '../../../src/protocol/secret.ts';
import { sign, stringToSign } from '../../../src/protocol/v2/sign.ts';
import { expectedSign } from '../../support/verifier.ts';
import { KEY } from '../setup.ts';

const secret = new Secret(KEY);

describe('the string to sign', () => {
  const cases: { title: string; pairs: Pair[]; expected: string }[] = [
    { title: 'is sorted', pairs: [['b', '2'], ['a', '1'], ['c', '3']], expected: 'a=1&b=2&c=3&key=K' }, // prettier-ignore
    { title: 'has capitals before `_` before small letters', pairs: [['a', '1'], ['_', '2'], ['B', '3']], expected: 'B=3&_=2&a=1&key=K' }, // prettier-ignore
    {
      title: 'has a digit before a letter',
      pairs: [
        ['aa', '1'],
        ['a1', '2'],
      ],
      expected: 'a1=2&aa=1&key=K',
    },
    { title: 'has a prefix before what it begins', pairs: [['coupon_fee_0', '1'], ['coupon_fee', '2']], expected: 'coupon_fee=2&coupon_fee_0=1&key=K' }, // prettier-ignore
    { title: 'has coupon 10 before coupon 2', pairs: [['coupon_fee_2', '1'], ['coupon_fee_10', '2']], expected: 'coupon_fee_10=2&coupon_fee_2=1&key=K' }, // prettier-ignore
    { title: 'has `_` after capitals in the middle', pairs: [['a_b', '1'], ['aB', '2'], ['ab', '3']], expected: 'aB=2&a_b=1&ab=3&key=K' }, // prettier-ignore
    {
      title: 'has no empty values',
      pairs: [
        ['a', ''],
        ['b', '1'],
      ],
      expected: 'b=1&key=K',
    },
    { title: 'has 0', pairs: [['a', '0']], expected: 'a=0&key=K' },
    { title: 'has a lone space', pairs: [['a', ' ']], expected: 'a= &key=K' },
    {
      title: 'has no sign',
      pairs: [
        ['sign', 'X'],
        ['a', '1'],
      ],
      expected: 'a=1&key=K',
    },
    {
      title: 'has sign_type',
      pairs: [
        ['sign_type', 'MD5'],
        ['sign', 'X'],
      ],
      expected: 'sign_type=MD5&key=K',
    },
    { title: 'has Sign, which is another name', pairs: [['Sign', 'X']], expected: 'Sign=X&key=K' },
    { title: 'does not escape', pairs: [['a', 'x&y=z %20 +<>']], expected: 'a=x&y=z %20 +<>&key=K' },
    { title: 'does not trim', pairs: [['a', ' x\n']], expected: 'a= x\n&key=K' },
    { title: 'keeps unicode', pairs: [['a', '微信😀']], expected: 'a=微信😀&key=K' },
  ];

  test.each(cases)('$title', ({ pairs, expected }) => {
    expect(stringToSign(pairs, 'K')).toBe(expected);
  });

  test('leaves its input as it was', () => {
    const pairs: Pair[] = [['b', '1'], ['a', '2']]; // prettier-ignore
    stringToSign(pairs, 'K');
    expect(pairs.map(([name]) => name)).toEqual(['b', 'a']);
  });
});

describe('the signature', () => {
  test.each<{ type: SignType; length: number }>([
    { type: 'MD5', length: 32 },
    { type: 'HMAC-SHA256', length: 64 },
  ])('$type is $length capital hexadecimal digits', ({ type, length }) => {
    expect(sign([['a', '1']], secret, type)).toMatch(new RegExp(`^[0-9A-F]{${length}}$`));
  });

  test('is of UTF-8 bytes', () => {
    const bytes = Buffer.from(`attach=余额😀&key=${KEY}`, 'utf8');
    const md5 = createHash('md5').update(bytes).digest('hex').toUpperCase();
    const hmac = createHmac('sha256', KEY).update(bytes).digest('hex').toUpperCase();
    expect(sign([['attach', '余额😀']], secret, 'MD5')).toBe(md5);
    expect(sign([['attach', '余额😀']], secret, 'HMAC-SHA256')).toBe(hmac);
  });

  test('is the same in any order of the fields, and that of a second implementation', () => {
    const name = fc.stringMatching(/^[A-Za-z_][\w.-]{0,12}$/);
    const fields = fc.uniqueArray(fc.tuple(name, fc.string({ unit: 'grapheme' })), {
      selector: ([key]) => key,
    });
    const type = fc.constantFrom<SignType>('MD5', 'HMAC-SHA256');
    fc.assert(
      fc.property(fields, type, (pairs, algorithm) => {
        fc.pre(pairs.some(([key, value]) => key !== 'sign' && value !== ''));
        const expected = expectedSign(pairs, KEY, algorithm);
        expect(sign(pairs, secret, algorithm)).toBe(expected);
        expect(sign(pairs.toReversed(), secret, algorithm)).toBe(expected);
      }),
    );
  });
});
