/** Answers that are no plain acknowledgement: the order of native mode one, and `code` in the place of `return_code`. */
import { describe, expect, test } from 'vitest';
import { kinds } from '../../../src/protocol/kinds.gen.ts';
import { readAck } from '../../../src/protocol/v2/ack.ts';
import { expectedSign } from '../../support/verifier.ts';
import { merchant } from '../../support/cli.ts';
import { KEY, md5 } from '../setup.ts';

type Order = Record<string, string>;

const order: Order = {
  return_code: 'SUCCESS',
  appid: merchant.appid,
  mch_id: merchant.mch_id,
  nonce_str: 'ibuaiVcKdpRxkhJA',
  prepay_id: 'wx201410272009395522657a690389285100',
  result_code: 'SUCCESS',
};

const signed = (fields: Order, type = 'MD5'): Order => ({
  ...fields,
  sign: expectedSign(Object.entries(fields), KEY, type),
});

const xml = (fields: Order): string =>
  `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}</xml>`;

const read = (fields: Order, known = true) =>
  readAck(
    { status: 200, headers: {}, body: Buffer.from(xml(fields)), truncated: false },
    kinds['v2/native-call'],
    known ? md5 : undefined,
  );

const without = (fields: Order, name: string): Order =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));

describe('the order that answers a call of native mode one', () => {
  test.each([['MD5'], ['HMAC-SHA256']])('signed with %s', (type) => {
    expect(read(signed(order, type))).toEqual({
      as: 'SUCCESS',
      message: `prepay_id ${order['prepay_id'] ?? ''}`,
    });
  });

  test.each([
    ['a refusal', { ...order, result_code: 'FAIL', err_code_des: 'sold out' }, 'FAIL', 'sold out'],
    ['a refusal as communication', { return_code: 'FAIL', return_msg: 'no' }, 'FAIL', 'no'],
    ['a plain acknowledgement', { return_code: 'SUCCESS', return_msg: 'OK' }, 'INVALID', /no result_code/],
    ['no prepay_id', signed(without(order, 'prepay_id')), 'INVALID', /no prepay_id/],
    ['an empty nonce_str', signed({ ...order, nonce_str: '' }), 'INVALID', /no nonce_str/],
    ['no sign', order, 'INVALID', /no sign/],
    ['a wrong sign', { ...signed(order), prepay_id: 'wx1' }, 'INVALID', /sign does not match/],
    [
      'the sign of another key',
      { ...order, sign: expectedSign(Object.entries(order), 'x') },
      'INVALID',
      /sign/,
    ],
    ['a lower-case sign', { ...order, sign: (signed(order)['sign'] ?? '').toLowerCase() }, 'INVALID', /sign/],
    ['another merchant’s', signed({ ...order, mch_id: '1' }), 'INVALID', /mch_id is 1/],
    ['another app’s', signed({ ...order, appid: 'wx1' }), 'INVALID', /appid is wx1/],
  ] as [string, Order, string, string | RegExp][])('%s', (_, fields, as, message) => {
    const ack = read(fields);
    expect(ack.as).toBe(as);
    expect(ack.message).toMatch(message);
  });

  test('without a key, its form is all that is judged', () => {
    expect(read({ ...order, sign: 'X' }, false).as).toBe('SUCCESS');
  });
});

test.each([
  ['<xml><code>SUCCESS</code><message>OK</message></xml>', 'SUCCESS', 'OK'],
  ['<xml><return_code>SUCCESS</return_code></xml>', 'SUCCESS', ''],
  ['<xml><code>FAIL</code><message>no</message></xml>', 'FAIL', 'no'],
])('a pay-score event is answered with %s', (body, as, message) => {
  const answer = { status: 200, headers: {}, body: Buffer.from(body), truncated: false };
  expect(readAck(answer, kinds['v2/payscore-check'])).toEqual({ as, message });
  if (body.includes('<code>')) expect(readAck(answer, kinds['v2/payment']).as).toBe('INVALID');
});
