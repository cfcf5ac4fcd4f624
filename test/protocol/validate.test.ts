/** Field tables as judges: what is said about each broken rule, and that defaults break none. */
import { describe, expect, test } from 'vitest';
import { kinds } from '../../src/protocol/kinds.gen.ts';
import type { Overrides } from '../../src/protocol/notification.ts';
import { validateNotification } from '../../src/protocol/validate.ts';
import { build, type KindName } from './setup.ts';

const found = (kind: KindName, fields: Overrides) =>
  validateNotification(build(kind, fields)).map(({ field, rule, message }) => [field, rule, message]);

describe('no problem', () => {
  test.each(Object.keys(kinds) as KindName[])('with the defaults of %s', (kind) => {
    expect(found(kind, {})).toEqual([]);
  });

  const attach = '微'.repeat(42);
  test.each<Overrides>([
    { result_code: 'FAIL' },
    { return_code: 'FAIL', return_msg: 'no' },
    { attach: `${attach}x` },
    { total_fee: '0' },
    { total_fee: '9999999999' },
    { time_end: '20240229235959' },
    { out_trade_no: 'aZ09_-|*@' },
    { total_fee: '300', coupon_fee_0: '100', coupon_type_0: 'NO_CASH', coupon_id_0: '1' },
    { cash_fee: '1', cash_fee_type: 'USD' },
  ])('in a payment with %j', (fields) => {
    expect(found('v2/payment', fields)).toEqual([]);
  });
});

describe('a payment', () => {
  test.each<[Overrides, string, string, RegExp]>([
    [{ openid: null }, 'openid', 'required', /^openid is required, and is missing$/],
    [{ openId: 'x' }, 'openId', 'unknown', /^openId is no field of v2\/payment/],
    [{ coupon_id_x: '1' }, 'coupon_id_x', 'unknown', /no field/],
    [{ coupon_id_00: '1' }, 'coupon_id_00', 'unknown', /no field/],
    [{ nonce_str: 'x'.repeat(33) }, 'nonce_str', 'length', /has 33 characters, and at most 32/],
    [{ attach: '微'.repeat(43) }, 'attach', 'length', /has 129 bytes, and at most 127/],
    [{ err_code_des: '😀'.repeat(129) }, 'err_code_des', 'length', /has 129 characters, and at most 128/],
    [{ coupon_count: 'x' }, 'coupon_count', 'type', /is "x", which is not a whole number/],
    [{ total_fee: '1.00', cash_fee: '1' }, 'total_fee', 'type', /is "1.00", which is not an amount in fen/],
    [{ total_fee: '-1', cash_fee: '-1' }, 'total_fee', 'type', /is "-1"/],
    [{ total_fee: '0100' }, 'total_fee', 'type', /is "0100"/],
    [{ total_fee: '1e2', cash_fee: '100' }, 'total_fee', 'type', /is "1e2"/],
    [
      { time_end: '20260230120000' },
      'time_end',
      'type',
      /is "20260230120000", which is not a time as yyyyMMddHHmmss/,
    ],
    [{ time_end: '20230229000000' }, 'time_end', 'type', /not a time/],
    [{ time_end: '20260101250000' }, 'time_end', 'type', /not a time/],
    [{ time_end: '2026-01-01' }, 'time_end', 'type', /not a time/],
    [{ trade_type: 'H5' }, 'trade_type', 'values', /is "H5", not one of JSAPI, NATIVE, APP, MWEB, MICROPAY$/],
    [{ sign_type: 'SHA1' }, 'sign_type', 'values', /is "SHA1", not one of MD5, HMAC-SHA256/],
    [{ appid: 'wx1' }, 'appid', 'form', /is "wx1", which is not wx and 16/],
    [{ out_trade_no: '订单' }, 'out_trade_no', 'form', /is not letters, digits/],
    [{ transaction_id: '42' }, 'transaction_id', 'form', /is not 28 digits/],
    [{ fee_type: 'cny' }, 'fee_type', 'form', /is not three capitals/],
    [{ attach: ' x' }, 'attach', 'space', /begins or ends with white space/],
    [{ attach: 'x\n' }, 'attach', 'space', /begins or ends with white space/],
    [{ cash_fee: '99' }, 'cash_fee', 'sum', /cash_fee is 99, and total_fee minus coupon_fee is 100/],
    [
      { coupon_fee: '101', cash_fee: '0' },
      'coupon_fee',
      'sum',
      /coupon_fee is 101, more than total_fee \(100\)/,
    ],
    [
      { coupon_fee_0: '10', coupon_fee: '11' },
      'coupon_fee',
      'sum',
      /coupon_fee is 11, and the coupons add up to 10/,
    ],
    [
      { coupon_fee_0: '10', coupon_fee: null },
      'coupon_fee',
      'sum',
      /coupon_fee is missing, and the coupons add up to 10/,
    ],
    [
      { coupon_fee_0: '10', coupon_count: '2' },
      'coupon_count',
      'sum',
      /coupon_count is 2, and 1 coupons are present/,
    ],
    [{ coupon_count: '1' }, 'coupon_count', 'sum', /coupon_count is 1, and 0 coupons/],
    [{ settlement_total_fee: '101' }, 'settlement_total_fee', 'sum', /is 101, more than total_fee \(100\)/],
  ])('%j', (fields, field, rule, message) => {
    // prettier-ignore
    expect(found('v2/payment', fields)).toContainEqual([field, rule, expect.stringMatching(message)]);
  });

  test('one problem a field, the first rule that it breaks', () => {
    expect(found('v2/payment', { trade_type: 'X'.repeat(17) })).toEqual([
      ['trade_type', 'length', 'trade_type has 17 characters, and at most 16 are allowed'],
    ]);
  });

  test('long values are cut in the message', () => {
    const [problem] = found('v2/payment', { out_trade_no: '订'.repeat(32) });
    expect(problem?.[2]?.length).toBeLessThan(200);
  });

  test('each says where the rule comes from', () => {
    for (const fields of [{ openid: null }, { x: '1' }, { total_fee: 'x' }, { cash_fee: '9' }]) {
      for (const { source } of validateNotification(build('v2/payment', fields))) expect(source).not.toBe('');
    }
  });
});

describe('a refund', () => {
  test.each<[Overrides, string, string, RegExp]>([
    [{ refund_id: null }, 'refund_id', 'required', /is required/],
    [{ appid: null }, 'appid', 'required', /is required/],
    [{ refund_recv_account: 'x' }, 'refund_recv_account', 'unknown', /no field of v2\/refund/],
    [{ refund_status: 'FAIL' }, 'refund_status', 'values', /not one of SUCCESS, CHANGE, REFUNDCLOSE/],
    [{ success_time: '2026-02-30 00:00:00' }, 'success_time', 'type', /not a time as yyyy-MM-dd HH:mm:ss/],
    [{ success_time: '20260101000000' }, 'success_time', 'type', /not a time/],
    [{ refund_fee: '101' }, 'refund_fee', 'sum', /refund_fee is 101, more than total_fee \(100\)/],
  ])('%j', (fields, field, rule, message) => {
    expect(found('v2/refund', fields)).toContainEqual([field, rule, expect.stringMatching(message)]);
  });
});
