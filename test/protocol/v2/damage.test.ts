/** Damage: each member does what it says, after signing, and nothing else. */
import { describe, expect, test } from 'vitest';
import { v2 } from '../../../src/protocol/v2/index.ts';
import { ciphertextDamages, signDamages, type Damage } from '../../../src/protocol/v2/damage.ts';
import { elements, expectedSign, openRefund } from '../../support/verifier.ts';
import { bodyOf, build, hmac, KEY, md5, text } from '../setup.ts';

const OTHER = '00000000000000000000000000000000';
const authentic = elements(bodyOf('v2/payment'));
const signature = new Map(authentic).get('sign') ?? '';

const damaged = (damage: Damage): [string, string][] => elements(bodyOf('v2/payment', {}, { damage }));
const without = (...names: string[]) => authentic.filter(([name]) => !names.includes(name));
const withValue = (field: string, value: string) =>
  authentic.map(([name, old]): [string, string] => [name, name === field ? value : old]);

describe('the elements', () => {
  test.each<{ title: string; damage: Damage; expected: [string, string][] }>([
    { title: 'nothing', damage: {}, expected: authentic },
    { title: 'change', damage: { change: { total_fee: '1' } }, expected: withValue('total_fee', '1') },
    { title: 'change to nothing', damage: { change: { fee_type: '' } }, expected: withValue('fee_type', '') },
    { title: 'change sign', damage: { change: { sign: 'X' } }, expected: withValue('sign', 'X') },
    { title: 'drop', damage: { drop: ['openid', 'mch_id'] }, expected: without('openid', 'mch_id') },
    { title: 'drop sign', damage: { drop: ['sign'] }, expected: without('sign') },
    { title: 'add, at the end', damage: { add: { b: '1', a: '2' } }, expected: [...authentic, ['b', '1'], ['a', '2']] }, // prettier-ignore
    { title: 'sign: drop', damage: { sign: 'drop' }, expected: without('sign') },
    { title: 'sign: blank', damage: { sign: 'blank' }, expected: withValue('sign', '') },
    { title: 'sign: lower-case', damage: { sign: 'lower-case' }, expected: withValue('sign', signature.toLowerCase()) }, // prettier-ignore
  ])('$title', ({ damage, expected }) => {
    expect(damaged(damage)).toEqual(expected);
  });

  test('sign: break changes the last digit alone', () => {
    const broken = new Map(damaged({ sign: 'break' })).get('sign') ?? '';
    expect(broken.slice(0, -1)).toBe(signature.slice(0, -1));
    expect(broken).not.toBe(signature);
    expect([signDamages.break('A0'), signDamages.break('A1'), signDamages.break('AF')]).toEqual(['A1', 'A0', 'A0']); // prettier-ignore
  });

  test.each([
    { twice: null, second: '100' },
    { twice: '1', second: '1' },
    { twice: '', second: '' },
  ])('duplicate with $twice stands beside the first', ({ twice, second }) => {
    const names = damaged({ duplicate: { total_fee: twice } });
    const at = names.findIndex(([name]) => name === 'total_fee');
    expect(names.slice(at, at + 2)).toEqual([['total_fee', '100'], ['total_fee', second]]); // prettier-ignore
    expect(names.length).toBe(authentic.length + 1);
  });

  test('together: drop, change, duplicate, add', () => {
    const damage: Damage = { drop: ['openid'], change: { total_fee: '7' }, duplicate: { total_fee: null }, add: { z: '9' } }; // prettier-ignore
    const result = damaged(damage);
    expect(result.filter(([name]) => ['openid', 'total_fee', 'z'].includes(name))).toEqual([['total_fee', '7'], ['total_fee', '7'], ['z', '9']]); // prettier-ignore
    expect(new Map(result).get('sign')).toBe(signature);
  });

  test('a field named like a method of objects is left alone', () => {
    const fields = { constructor: 'c', toString: 's' };
    const damage: Damage = { change: { total_fee: '1' }, duplicate: { fee_type: null } };
    const body = bodyOf('v2/payment', fields, { damage });
    expect(elements(body).filter(([name]) => Object.hasOwn(fields, name))).toEqual(Object.entries(fields));
  });
});

describe('the signature', () => {
  test('another key', () => {
    const fields = damaged({ key: OTHER });
    expect(new Map(fields).get('sign')).toBe(expectedSign(fields, OTHER));
    expect(fields.filter(([name]) => name !== 'sign')).toEqual(without('sign'));
  });

  test('another algorithm, unnamed', () => {
    const fields = damaged({ sign_type: 'HMAC-SHA256' });
    expect(new Map(fields).get('sign')).toBe(expectedSign(fields, KEY, 'HMAC-SHA256'));
    expect(new Map(fields).has('sign_type')).toBe(false);
  });

  test('MD5 under the name of HMAC-SHA256', () => {
    const request = v2.seal(build('v2/payment', {}, { sign_type: 'HMAC-SHA256' }), hmac, {
      sign_type: 'MD5',
    });
    const fields = elements(text(request.body));
    expect(new Map(fields).get('sign_type')).toBe('HMAC-SHA256');
    expect(new Map(fields).get('sign')).toBe(expectedSign(fields, KEY, 'MD5'));
    expect(request.signing?.type).toBe('MD5');
  });
});

describe('the encrypted part', () => {
  const reqInfo = (damage: Damage = {}): string =>
    new Map(elements(bodyOf('v2/refund', {}, { damage }))).get('req_info') ?? '';
  const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
  const whole = bytes(reqInfo());

  test('another key', () => {
    expect(openRefund(reqInfo({ key: OTHER }), OTHER)).toBe(openRefund(reqInfo(), KEY));
    expect(() => openRefund(reqInfo({ key: OTHER }), KEY)).toThrow();
  });

  test('break flips one bit of the last byte', () => {
    const broken = bytes(reqInfo({ ciphertext: 'break' }));
    expect(broken.subarray(0, -1).equals(whole.subarray(0, -1))).toBe(true);
    expect((broken.at(-1) ?? 0) ^ (whole.at(-1) ?? 0)).toBe(1);
  });

  test('truncate takes half a block', () => {
    expect(bytes(reqInfo({ ciphertext: 'truncate' })).equals(whole.subarray(0, -8))).toBe(true);
    expect(bytes(ciphertextDamages.truncate(whole.toString('base64'))).length % 16).toBe(8);
  });

  test('the envelope can be damaged too', () => {
    const fields = elements(
      bodyOf('v2/refund', {}, { damage: { drop: ['appid'], change: { req_info: 'AAAA' } } }),
    );
    expect(fields.map(([name]) => name)).toEqual(['return_code', 'mch_id', 'nonce_str', 'req_info']);
    expect(new Map(fields).get('req_info')).toBe('AAAA');
  });
});

describe('the request', () => {
  const seal = (damage?: Damage) => v2.seal(build('v2/payment'), md5, damage);
  const platform = [['User-Agent', 'Mozilla/4.0'], ['Accept', '*/*'], ['Content-Type', 'text/xml'], ['Pragma', 'no-cache']]; // prettier-ignore

  test('is the platform’s without damage', () => {
    expect(seal()).toMatchObject({ method: 'POST', headers: platform });
  });

  test('another method', () => {
    expect(seal({ method: 'PUT' })).toMatchObject({ method: 'PUT', headers: platform });
  });

  test('another body, as UTF-8', () => {
    expect(text(seal({ body: '余额 <' }).body)).toBe('余额 <');
    expect(text(seal({ body: '' }).body)).toBe('');
  });

  test('headers are replaced whatever their case, added, and taken out', () => {
    const { headers } = seal({ headers: { 'content-type': 'application/json', 'X-New': '1', Accept: null } });
    expect(headers).toEqual([['User-Agent', 'Mozilla/4.0'], ['Pragma', 'no-cache'], ['content-type', 'application/json'], ['X-New', '1']]); // prettier-ignore
  });

  test('damage never shows the key in what was signed', () => {
    expect(seal({ key: OTHER }).signing?.string_to_sign).toMatch(/&key=\*{8}$/);
    expect(JSON.stringify(seal({ key: OTHER }).signing)).not.toContain(OTHER);
  });
});
