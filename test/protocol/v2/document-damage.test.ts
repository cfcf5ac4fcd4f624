/** What happens to the XML itself: around the values, and to its bytes. */
import { describe, expect, test } from 'vitest';
import type { Damage, XmlDamage } from '../../../src/protocol/v2/damage.ts';
import { v2 } from '../../../src/protocol/v2/index.ts';
import { elements, expectedSign, openRefund } from '../../support/verifier.ts';
import { bodyOf, build, KEY, md5, text } from '../setup.ts';

const authentic = bodyOf('v2/payment');
const damaged = (damage: Damage, fields = {}): string => bodyOf('v2/payment', fields, { damage });
const bytesOf = (damage: Damage, fields = {}): Buffer =>
  Buffer.from(v2.seal(build('v2/payment', fields), md5, damage).body);
const middle = (xml: string): string => xml.slice('<xml>'.length, -'</xml>'.length);

describe('around the values', () => {
  test.each<{ title: string; damage: Damage; expected: string }>([
    { title: 'prolog', damage: { prolog: '<!DOCTYPE xml>' }, expected: `<!DOCTYPE xml>${authentic}` },
    { title: 'epilog', damage: { epilog: '\0' }, expected: `${authentic}\0` },
    { title: 'first', damage: { first: '<a/>' }, expected: `<xml><a/>${middle(authentic)}</xml>` },
    { title: 'last', damage: { last: '<a>' }, expected: `<xml>${middle(authentic)}<a></xml>` },
    { title: 'root', damage: { root: ['root', 'root'] }, expected: `<root>${middle(authentic)}</root>` },
    { title: 'mixed root', damage: { root: ['xml', 'XML'] }, expected: `<xml>${middle(authentic)}</XML>` },
    { title: 'around a body', damage: { body: 'x', prolog: 'p', epilog: 'e' }, expected: 'pxe' },
    { title: 'bytes: bom', damage: { bytes: 'bom' }, expected: `\uFEFF${authentic}` },
    { title: 'bytes: newline', damage: { bytes: 'newline' }, expected: `${authentic}\n` },
    { title: 'bytes: empty', damage: { bytes: 'empty' }, expected: '' },
    { title: 'bytes: truncate', damage: { bytes: 'truncate' }, expected: authentic.slice(0, authentic.length / 2) },
    { title: 'bytes, of all of it', damage: { body: '<x/>', epilog: 'abcd', bytes: 'truncate' }, expected: '<x/>' },
  ])('$title', ({ damage, expected }) => {
    expect(damaged(damage)).toBe(expected);
  }); // prettier-ignore

  test('markup stands in the place of the value that was signed', () => {
    const fields = { attach: 'abcLinux' };
    const whole = bodyOf('v2/payment', fields);
    const xml = damaged({ markup: { attach: 'abc&x;' } }, fields);
    expect(xml).toBe(whole.replace(/<attach>.*<\/attach>/, '<attach>abc&x;</attach>'));
    const signed = new Map(elements(whole)).get('sign');
    expect(signed).toBe(expectedSign(elements(whole), KEY));
    expect(xml).toContain(`<sign><![CDATA[${signed}]]></sign>`);
  });

  test('markup of a field named like a method of objects is its own', () => {
    expect(damaged({ markup: { attach: 'x' } }, { constructor: 'c' })).toContain(
      '<constructor><![CDATA[c]]>',
    );
  });
});

describe('the bytes', () => {
  const fields = { attach: '余额é' };
  const whole = bodyOf('v2/payment', fields);

  test.each([
    { encoding: 'gbk', decoder: 'gbk', reads: whole },
    { encoding: 'utf-16', decoder: 'utf-16le', reads: whole },
    { encoding: 'latin-1', decoder: 'latin1', reads: whole.replace('余额', '??') },
  ] as const)('$encoding', ({ encoding, decoder, reads }) => {
    const bytes = bytesOf({ encoding }, fields);
    expect(new TextDecoder(decoder).decode(bytes)).toBe(reads);
    expect(bytes.equals(Buffer.from(whole))).toBe(false);
  });

  test('utf-16 says its byte order', () => {
    expect([...bytesOf({ encoding: 'utf-16' }).subarray(0, 4)]).toEqual([0xff, 0xfe, 0x3c, 0x00]);
  });

  test('cut-utf-8 is not UTF-8, and ASCII stays', () => {
    const bytes = bytesOf({ encoding: 'cut-utf-8' }, fields);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
    expect(bytes.length).toBe(Buffer.byteLength(whole) - 3);
    expect(bytesOf({ encoding: 'cut-utf-8' }).equals(Buffer.from(authentic))).toBe(true);
  });
});

describe('what is encrypted', () => {
  const plain = (inner?: XmlDamage): string => {
    const xml = bodyOf('v2/refund', {}, { damage: inner && { inner } });
    return openRefund(new Map(elements(xml)).get('req_info') ?? '', KEY);
  };
  const whole = plain();

  test.each<{ title: string; inner: XmlDamage; expected: string }>([
    { title: 'another root', inner: { root: ['xml', 'xml'] }, expected: whole.replaceAll('root>', 'xml>') },
    { title: 'another text', inner: { body: 'hello' }, expected: 'hello' },
    { title: 'nothing', inner: { body: '' }, expected: '' },
    { title: 'a prolog', inner: { prolog: '<!DOCTYPE root>' }, expected: `<!DOCTYPE root>${whole}` },
    { title: 'half of it', inner: { bytes: 'truncate' }, expected: whole.slice(0, whole.length / 2) },
    { title: 'markup', inner: { markup: { refund_fee: '&x;' } }, expected: whole.replace(/<refund_fee>.*<\/refund_fee>/, '<refund_fee>&x;</refund_fee>') },
  ])('$title', ({ inner, expected }) => {
    expect(plain(inner)).toBe(expected);
  }); // prettier-ignore

  test('what stands around it is left alone', () => {
    const outer = (damage?: Damage) => elements(bodyOf('v2/refund', {}, { damage })).filter(([name]) => name !== 'req_info'); // prettier-ignore
    expect(outer({ inner: { body: 'x' } })).toEqual(outer());
  });

  test('empty, garbage and not base64', () => {
    const reqInfo = (damage: Damage): string => new Map(elements(bodyOf('v2/refund', {}, { damage }))).get('req_info') ?? ''; // prettier-ignore
    const [right, garbage] = [reqInfo({}), reqInfo({ ciphertext: 'garbage' })];
    expect(reqInfo({ ciphertext: 'empty' })).toBe('');
    expect(reqInfo({ ciphertext: 'not-base64' })).toBe('*'.repeat(right.length));
    expect(Buffer.from(garbage, 'base64').length).toBe(Buffer.from(right, 'base64').length);
    expect(() => openRefund(garbage, KEY)).toThrow();
  });
});

describe('the signature', () => {
  const sign = (damage: Damage): string =>
    /<sign><!\[CDATA\[(.*)\]\]><\/sign>/.exec(damaged(damage))?.[1] ?? '';
  const right = sign({});

  test.each([
    { sign: 'truncate', expected: right.slice(0, 16) },
    { sign: 'extend', expected: `${right}0` },
    { sign: 'pad', expected: ` ${right} ` },
  ] as const)('$sign', ({ sign: how, expected }) => {
    expect(sign({ sign: how })).toBe(expected);
  });

  test('with an empty key', () => {
    const pairs = elements(damaged({ key: '' }));
    expect(new Map(pairs).get('sign')).toBe(expectedSign(pairs, ''));
  });

  test('array-like', () => {
    expect(damaged({ markup: { sign: '<item>0</item>' } })).toContain('<sign><item>0</item></sign>');
    expect(text(Buffer.from(damaged({ first: '<sign>0</sign>' })))).toMatch(
      /^<xml><sign>0<\/sign>.*<sign><!/s,
    );
  });
});
