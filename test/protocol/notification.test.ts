/** Building: defaults, overrides, what follows from what, and that a seed decides every byte. */
import { describe, expect, test } from 'vitest';
import type { Overrides } from '../../src/protocol/notification.ts';
import { rowOf, split } from '../../src/protocol/notification.ts';
import { v2 } from '../../src/protocol/v2/index.ts';
import { kinds } from '../../src/protocol/kinds.gen.ts';
import { bodyOf, build, hmac, type BuildOptions, type KindName } from './setup.ts';

const payment = (fields: Overrides = {}, options: BuildOptions = {}) => build('v2/payment', fields, options).fields; // prettier-ignore
const refund = (fields: Overrides = {}, options: BuildOptions = {}) => build('v2/refund', fields, options).fields; // prettier-ignore

describe('defaults', () => {
  test('of a payment', () => {
    expect(payment()).toEqual({
      return_code: 'SUCCESS',
      appid: 'wx2421b1c4370ec43b',
      mch_id: '10000100',
      nonce_str: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      result_code: 'SUCCESS',
      openid: expect.stringMatching(/^o[\w-]{27}$/) as string,
      is_subscribe: 'Y',
      trade_type: 'JSAPI',
      bank_type: 'OTHERS',
      total_fee: '100',
      fee_type: 'CNY',
      cash_fee: '100',
      transaction_id: expect.stringMatching(/^42000\d{5}20260101\d{10}$/) as string,
      out_trade_no: expect.stringMatching(/^WXN20260101120000\d{10}$/) as string,
      time_end: '20260101120000',
    });
  });

  test('of a refund', () => {
    expect(refund()).toEqual({
      return_code: 'SUCCESS',
      appid: 'wx2421b1c4370ec43b',
      mch_id: '10000100',
      nonce_str: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      transaction_id: expect.stringMatching(/^\d{28}$/) as string,
      out_trade_no: expect.stringMatching(/^[\w-]{1,32}$/) as string,
      refund_id: expect.stringMatching(/^50000\d{5}20260101\d{11}$/) as string,
      out_refund_no: expect.stringMatching(/^[\w-]{1,64}$/) as string,
      total_fee: '100',
      settlement_total_fee: '100',
      refund_fee: '100',
      settlement_refund_fee: '100',
      refund_status: 'SUCCESS',
      success_time: '2026-01-01 12:00:00',
      refund_recv_accout: '支付用户零钱',
      refund_account: 'REFUND_SOURCE_UNSETTLED_FUNDS',
      refund_request_source: 'API',
    });
  });

  test.each(['a', 'b', 'c', 'deadbeef-1767225599', 'deadbeef-1767225600'])(
    'have their forms (seed %s)',
    (seed) => {
      const fields = { ...payment({}, { seed }), ...refund({}, { seed }) };
      expect(fields['transaction_id']).toMatch(/^\d{28}$/);
      expect(fields['refund_id']).toMatch(/^\d{29}$/);
      expect(fields['out_trade_no']).toMatch(/^[0-9A-Za-z_\-|*@]{1,32}$/);
      expect(fields['nonce_str']?.length).toBe(32);
    },
  );

  test.each([
    ['deadbeef-1767196799', '20251231235959', '2025-12-31 23:59:59'],
    ['deadbeef-1767196800', '20260101000000', '2026-01-01 00:00:00'],
    ['deadbeef-1709136000', '20240229000000', '2024-02-29 00:00:00'],
  ])('are of the moment in the seed %s, in UTC+8', (seed, time_end, success_time) => {
    expect(payment({}, { seed })).toMatchObject({ time_end });
    expect(refund({}, { seed })).toMatchObject({ success_time });
    expect(payment({}, { seed })['transaction_id']?.slice(10, 18)).toBe(time_end.slice(0, 8));
  });
});

describe('overrides', () => {
  test.each<{ title: string; fields: Overrides; expected: Record<string, string | undefined> }>([
    { title: 'a value', fields: { attach: 'x' }, expected: { attach: 'x' } },
    { title: 'a field of no table', fields: { brand_new: '1' }, expected: { brand_new: '1' } },
    { title: 'null leaves out', fields: { openid: null }, expected: { openid: undefined } },
    { title: 'empty leaves out', fields: { openid: '' }, expected: { openid: undefined } },
    { title: 'what follows: cash_fee', fields: { total_fee: '7' }, expected: { cash_fee: '7' } },
    { title: 'what follows: an APP payer', fields: { trade_type: 'APP' }, expected: { is_subscribe: 'N' } },
    { title: 'what follows: a failure', fields: { result_code: 'FAIL' }, expected: { err_code: 'SYSTEMERROR', err_code_des: '系统错误', return_code: 'SUCCESS' } }, // prettier-ignore
    { title: 'a failure of one’s own', fields: { result_code: 'FAIL', err_code: 'NOTENOUGH', err_code_des: null }, expected: { err_code: 'NOTENOUGH', err_code_des: undefined } }, // prettier-ignore
    { title: 'a sub-merchant', fields: { sub_appid: 'wx1' }, expected: { sub_is_subscribe: 'N' } },
    {
      title: 'a contradiction stays',
      fields: { total_fee: '100', cash_fee: '1' },
      expected: { cash_fee: '1' },
    },
    { title: 'zero', fields: { total_fee: '0' }, expected: { total_fee: '0', cash_fee: '0' } },
  ])('$title', ({ fields, expected }) => {
    const built = payment(fields);
    for (const [name, value] of Object.entries(expected)) expect([name, built[name]]).toEqual([name, value]);
  });

  test('a failed communication has nothing else', () => {
    expect(payment({ return_code: 'FAIL', return_msg: 'no' })).toEqual({
      return_code: 'FAIL',
      return_msg: 'no',
    });
  });

  test.each(['constructor', 'toString', 'hasOwnProperty'])('a name like %s is a name', (name) => {
    expect(payment()[name]).toBe(({} as Record<string, unknown>)[name]);
    expect(Object.entries(payment({ [name]: 'x' }))).toContainEqual([name, 'x']);
    expect(rowOf(kinds['v2/payment'], name)).toBeUndefined();
  });
});

describe('coupons', () => {
  const two = { total_fee: '1000', coupon_type_0: 'CASH', coupon_fee_0: '150', coupon_type_1: 'NO_CASH', coupon_fee_1: '100' }; // prettier-ignore

  test.each<{ title: string; fields: Overrides; expected: Record<string, string | undefined> }>([
    { title: 'none', fields: {}, expected: { coupon_fee: undefined, coupon_count: undefined, settlement_total_fee: undefined, cash_fee: '100' } }, // prettier-ignore
    { title: 'one of each type', fields: two, expected: { coupon_fee: '250', coupon_count: '2', cash_fee: '750', settlement_total_fee: '900' } }, // prettier-ignore
    { title: 'prepaid only', fields: { total_fee: '100', coupon_type_0: 'CASH', coupon_fee_0: '30' }, expected: { coupon_fee: '30', cash_fee: '70', settlement_total_fee: undefined } }, // prettier-ignore
    { title: 'the whole amount', fields: { total_fee: '30', coupon_type_0: 'NO_CASH', coupon_fee_0: '30' }, expected: { cash_fee: '0', settlement_total_fee: '0' } }, // prettier-ignore
    { title: 'a sum of one’s own', fields: { ...two, coupon_fee: '200' }, expected: { coupon_fee: '200', cash_fee: '800' } }, // prettier-ignore
  ])('$title', ({ fields, expected }) => {
    const built = payment(fields);
    for (const [name, value] of Object.entries(expected)) expect([name, built[name]]).toEqual([name, value]);
  });
});

describe('refunds', () => {
  test.each([
    ['SUCCESS', '2026-01-01 12:00:00'],
    ['CHANGE', undefined],
    ['REFUNDCLOSE', undefined],
  ])('%s has success_time %s', (refund_status, success_time) => {
    expect(refund({ refund_status })['success_time']).toBe(success_time);
  });

  test('amounts follow', () => {
    expect(refund({ total_fee: '900', refund_fee: '300' })).toMatchObject({ total_fee: '900', settlement_total_fee: '900', refund_fee: '300', settlement_refund_fee: '300' }); // prettier-ignore
  });

  test('the envelope is outside, everything else inside', () => {
    const { outer, inner } = split(build('v2/refund', { sub_mch_id: '1', cash_refund_fee: '5' }));
    expect(Object.keys(outer).sort()).toEqual(['appid', 'mch_id', 'nonce_str', 'return_code', 'sub_mch_id']);
    expect(Object.keys(inner)).toHaveLength(14);
    expect(inner).toHaveProperty('cash_refund_fee', '5');
  });
});

describe('sign_type', () => {
  const strong = { sign_type: 'HMAC-SHA256' } as const;

  test.each<{
    title: string;
    fields: Overrides;
    options: BuildOptions;
    named: string | undefined;
    type: string;
  }>([
    { title: 'MD5 is not named', fields: {}, options: {}, named: undefined, type: 'MD5' },
    { title: 'HMAC-SHA256 is named', fields: {}, options: strong, named: 'HMAC-SHA256', type: 'HMAC-SHA256' },
    { title: 'null leaves the name out, not the algorithm', fields: { sign_type: null }, options: strong, named: undefined, type: 'HMAC-SHA256' }, // prettier-ignore
    { title: 'the field decides', fields: { sign_type: 'HMAC-SHA256' }, options: {}, named: 'HMAC-SHA256', type: 'HMAC-SHA256' }, // prettier-ignore
    {
      title: 'the field decides for MD5',
      fields: { sign_type: 'MD5' },
      options: strong,
      named: 'MD5',
      type: 'MD5',
    },
  ])('$title', ({ fields, options, named, type }) => {
    const notification = build('v2/payment', fields, options);
    expect(notification.fields['sign_type']).toBe(named);
    expect(v2.seal(notification, hmac).signing?.type).toBe(type);
  });
});

describe('seeds', () => {
  test.each(Object.keys(kinds) as KindName[])('decide every byte of %s', (kind) => {
    expect(bodyOf(kind, {}, { seed: 'x' })).toBe(bodyOf(kind, {}, { seed: 'x' }));
    expect(bodyOf(kind, {}, { seed: 'x' })).not.toBe(bodyOf(kind, {}, { seed: 'y' }));
  });

  test('generated values differ between seeds and between fields', () => {
    const names = ['nonce_str', 'openid', 'transaction_id', 'out_trade_no'];
    const values = ['a', 'b', 'c'].flatMap((seed) => names.map((name) => payment({}, { seed })[name]));
    expect(new Set(values).size).toBe(12);
  });

  test.each<Overrides>([
    { openid: 'x' },
    { nonce_str: null },
    { brand_new: '1' },
    { sub_appid: 'wx1' },
    { coupon_fee_0: '1' },
  ])('%j shifts no other generated value', (fields) => {
    const random = ['nonce_str', 'openid', 'transaction_id', 'out_trade_no', 'time_end'];
    const left = random.filter((name) => !Object.hasOwn(fields, name));
    const pick = (from: Readonly<Record<string, string>>) => left.map((name) => from[name]);
    expect(pick(payment(fields))).toEqual(pick(payment()));
  });
});
