/** The library face, as a test of somebody's handler uses it. */
import { expect, test } from 'vitest';
import { buildNotification, readAckV2, signV2, verifyV2 } from '../src/index.ts';
import { merchant } from './support/cli.ts';
import { elements, expectedSign, openRefund } from './support/verifier.ts';

test('builds a payment', () => {
  const { method, headers, body, fields } = buildNotification('v2/payment', {
    merchant,
    fields: { total_fee: 990, out_trade_no: 'A1', bank_type: null },
    seed: '42',
  });
  expect(method).toBe('POST');
  expect(headers).toMatchObject({ 'Content-Type': 'text/xml' });
  expect(fields).toMatchObject({ total_fee: '990', cash_fee: '990', out_trade_no: 'A1' });
  const sent = elements(body);
  expect(Object.fromEntries(sent)['sign']).toBe(expectedSign(sent, merchant.api_key));
  expect(sent.map(([name]) => name)).not.toContain('bank_type');
});

test('builds a refund', () => {
  const { body, fields } = buildNotification('v2/refund', { merchant, fields: { refund_fee: 30 } });
  const { req_info = '' } = Object.fromEntries(elements(body));
  expect(openRefund(req_info, merchant.api_key)).toContain('<refund_fee><![CDATA[30]]></refund_fee>');
  expect(verifyV2(body, merchant)).toMatchObject({ ok: true, kind: 'v2/refund', fields });
});

test('a seed makes it repeatable', () => {
  const build = (seed: string) => buildNotification('v2/payment', { merchant, seed }).body;
  expect(build('a')).toBe(build('a'));
  expect(build('a')).not.toBe(build('b'));
});

test('signs and verifies', () => {
  const fields = { appid: 'wxd930ea5d5a258f4f', mch_id: '10000100', device_info: '1000', body: 'test' };
  const sign = signV2({ ...fields, nonce_str: 'ibuaiVcKdpRxkhJA' }, merchant.api_key);
  expect(sign).toBe('9A0A8659F005D6984697E2CA0A9CF3B7'); // the official document's
  const { body } = buildNotification('v2/payment', { merchant });
  expect(verifyV2(body.replace(/(<sign><!\[CDATA\[)./, '$1_'), merchant)).toMatchObject({ ok: false });
});

test('reads acknowledgements', () => {
  expect(readAckV2(200, '<xml><return_code>SUCCESS</return_code></xml>')).toEqual({
    as: 'SUCCESS',
    message: '',
  });
  expect(readAckV2(200, '{"code":"SUCCESS"}')).toMatchObject({ as: 'INVALID' });
});

test('an unknown kind says what is known', () => {
  expect(() => buildNotification('v2/nope' as 'v2/payment', { merchant })).toThrow(
    /known: .*v2\/payment.*v2\/refund/,
  );
});
