/** The reference merchant: verifies, compares, credits once. Over real HTTP where concurrency matters. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildNotification, readAckV2, type NotificationOptions } from '../../src/index.ts';
import { startMerchant, type MerchantOptions, type Seen } from '../../src/merchant/server.ts';
import { Secret } from '../../src/protocol/secret.ts';
import { merchant } from '../support/cli.ts';

const credentials = {
  ...merchant,
  api_key: new Secret(merchant.api_key),
  api_v3_key: new Secret(merchant.api_v3_key),
  sign_type: 'MD5',
} as const;
const order = { out_trade_no: 'A1', total_fee: 990, transaction_id: '4200000015201711256947025404' };

async function shop(options: Partial<MerchantOptions> = {}) {
  const running = await startMerchant({ credentials, ...options });
  onTestFinished(() => running.close());
  running.orders.place('A1', 990);
  return running;
}

function body(kind: 'v2/payment' | 'v2/refund', options: Partial<NotificationOptions> = {}): string {
  const fields = { ...order, ...options.fields };
  return buildNotification(kind, { merchant, ...options, fields }).body;
}

async function post(url: string, text: string) {
  const answer = await fetch(url, { method: 'POST', body: text });
  return readAckV2(answer.status, await answer.text());
}

describe('payments', () => {
  test('fifty copies at once are all acknowledged, and credited once', async () => {
    const { url, orders } = await shop();
    const text = body('v2/payment');
    const acks = await Promise.all(Array.from({ length: 50 }, () => post(url, text)));
    expect(acks.every(({ as }) => as === 'SUCCESS')).toBe(true);
    expect(orders.get('A1')).toMatchObject({ state: 'PAID', paid_count: 1 });
  });

  test.each([
    ['another amount', { fields: { total_fee: 1 } }, 'the amount is not the order’s'],
    ['another currency', { fields: { fee_type: 'USD' } }, 'the currency is not the order’s'],
    ['an amount that is none', { fields: { total_fee: '9.9', cash_fee: '9.9' } }, 'total_fee is no amount'],
    ['an unknown order', { fields: { out_trade_no: 'B1' } }, 'there is no such order'],
    ['another app', { fields: { appid: 'wx0000000000000000' } }, /^appid=wx0000000000000000, and ours is/],
    ['another merchant', { fields: { mch_id: '10000101' } }, /^mch_id=10000101, and ours is/],
    ['another key', { merchant: { ...merchant, api_key: '0'.repeat(32) } }, 'MD5 does not match'],
  ])('%s is refused', async (_, options, message) => {
    const { url, orders } = await shop();
    expect(await post(url, body('v2/payment', options))).toEqual({
      as: 'FAIL',
      message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
    });
    expect(orders.get('A1')).toMatchObject({ state: 'CREATED', paid_count: 0 });
  });

  test('a failed payment is acknowledged, and not credited', async () => {
    const { url, orders } = await shop();
    expect(await post(url, body('v2/payment', { fields: { result_code: 'FAIL' } }))).toMatchObject({
      as: 'SUCCESS',
    });
    expect(orders.get('A1')).toMatchObject({ state: 'CREATED', paid_count: 0 });
  });

  test('a paid order is not paid again by another transaction', async () => {
    const { url, orders } = await shop();
    await post(url, body('v2/payment'));
    const other = body('v2/payment', { fields: { transaction_id: '4200000015201711256947025405' } });
    expect(await post(url, other)).toMatchObject({ as: 'FAIL' });
    expect(orders.get('A1')).toMatchObject({ paid_count: 1 });
  });
});

describe('refunds', () => {
  const refund = (fields: Record<string, string | number>) => body('v2/refund', { fields });

  test('parts add up, copies count once, more than was paid is refused', async () => {
    const { url, orders } = await shop();
    await post(url, body('v2/payment'));
    const part = refund({ out_refund_no: 'R1', refund_fee: 300 });
    await Promise.all(Array.from({ length: 10 }, () => post(url, part)));
    expect(orders.get('A1')).toMatchObject({
      state: 'PAID',
      refunded: 300,
      refunds: [{ out_refund_no: 'R1', refund_fee: 300 }],
    });
    expect(await post(url, refund({ out_refund_no: 'R2', refund_fee: 691 }))).toEqual({
      as: 'FAIL',
      message: 'more is refunded than was paid',
    });
    expect(await post(url, refund({ out_refund_no: 'R2', refund_fee: 690 }))).toMatchObject({
      as: 'SUCCESS',
    });
    expect(orders.get('A1')).toMatchObject({ state: 'REFUNDED', refunded: 990 });
  });

  test('before the payment it is refused', async () => {
    const { url } = await shop();
    expect(await post(url, refund({ refund_fee: 1 }))).toEqual({
      as: 'FAIL',
      message: 'the order is not paid',
    });
  });

  test.each(['CHANGE', 'REFUNDCLOSE'])('%s moves no money', async (refund_status) => {
    const { url, orders } = await shop();
    await post(url, body('v2/payment'));
    expect(await post(url, refund({ refund_status }))).toMatchObject({ as: 'SUCCESS' });
    expect(orders.get('A1')).toMatchObject({ state: 'PAID', refunded: 0 });
  });

  test('another key is refused', async () => {
    const { url } = await shop();
    const forged = body('v2/refund', { merchant: { ...merchant, api_key: '0'.repeat(32) } });
    expect(await post(url, forged)).toMatchObject({
      as: 'FAIL',
      message: expect.stringContaining('req_info') as string,
    });
  });
});

describe('over HTTP', () => {
  test('only POST, and nothing huge', async () => {
    const { url } = await shop();
    expect((await fetch(url)).status).toBe(405);
    const huge = await fetch(url, { method: 'POST', body: 'x'.repeat(2 ** 20 + 1) }).then(
      ({ status }) => status,
      () => 413, // the connection may be cut while the rest is still being sent
    );
    expect(huge).toBe(413);
  });

  test.each([
    [{ answer: 'fail' as const }, { as: 'FAIL', message: 'told to fail' }],
    [
      { status: 500 },
      { as: 'INVALID', message: 'HTTP 500, where only 200 counts; its body says SUCCESS (OK)' },
    ],
  ])('misbehaves on request: %o', async (misbehaviour, ack) => {
    const { url } = await shop({ misbehaviour });
    expect(await post(url, body('v2/payment'))).toEqual(ack);
  });

  test('loses answers on request, after booking', async () => {
    const seen: Seen[] = [];
    const { url, orders } = await shop({
      misbehaviour: { flaky: 0.5 },
      dice: () => (seen.length === 0 ? 0.49 : 0.5),
      onNotification: (one) => seen.push(one),
    });
    const text = body('v2/payment');
    await expect(post(url, text)).rejects.toThrow();
    expect(await post(url, text)).toMatchObject({ as: 'SUCCESS' });
    expect(seen.map(({ answered }) => answered)).toEqual(['cut', 200]);
    expect(orders.get('A1')).toMatchObject({ paid_count: 1 });
  });

  test('takes an unknown order for a new one when told to', async () => {
    const { url, orders } = await shop({ adopt: true });
    expect(await post(url, body('v2/refund', { fields: { out_trade_no: 'B7' } }))).toMatchObject({
      as: 'SUCCESS',
    });
    expect(orders.get('B7')).toMatchObject({ state: 'REFUNDED', paid_count: 1 });
  });
});
