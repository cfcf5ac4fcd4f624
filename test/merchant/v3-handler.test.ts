/** The reference merchant and API v3: what is booked, once, and what is refused although it is authentic. */
import { describe, expect, test } from 'vitest';
import { handleNotification, type Handled } from '../../src/merchant/handler.ts';
import { createOrders, type Orders } from '../../src/merchant/orders.ts';
import { soundPractice } from '../../src/merchant/practice.ts';
import { soundRules } from '../../src/merchant/rules.ts';
import type { Overrides } from '../../src/protocol/notification.ts';
import type { Damage } from '../../src/protocol/v3/damage/damage.ts';
import { credentials, NOW, sealed, type V3KindName } from '../protocol/v3/setup.ts';

type Sent = readonly [kind: V3KindName, fields: Overrides, damage?: Damage];

/** A merchant with an order of 1.00. */
function shop(): { readonly orders: Orders; readonly take: (...sent: Sent) => Promise<Handled> } {
  const orders = createOrders(soundRules);
  orders.place('A1', 100, 'CNY');
  const handling = {
    keys: { v2: undefined, v3: credentials },
    orders,
    practice: soundPractice,
    adopt: false,
  };
  const take = async (...sent: Sent): Promise<Handled> =>
    handleNotification({ ...sealed(...sent), now: NOW }, handling);
  return { orders, take };
}

const paid = { out_trade_no: 'A1', transaction_id: 'T1', 'amount.total': '100' };

test('a payment is credited once, however often it comes', async () => {
  const { orders, take } = shop();
  expect(await take('v3/transaction', paid)).toMatchObject({ ok: true, booking: 'done' });
  expect(await take('v3/transaction', paid)).toMatchObject({ ok: true, booking: 'already' });
  expect(orders.get('A1')).toMatchObject({ state: 'PAID', paid_count: 1 });
});

test('a service provider’s payment and refund are booked too', async () => {
  const { orders, take } = shop();
  expect(await take('v3/partner-transaction', paid)).toMatchObject({ ok: true, booking: 'done' });
  const refund = { ...paid, out_refund_no: 'R1', 'amount.refund': '40' };
  expect(await take('v3/partner-refund', refund)).toMatchObject({ ok: true, booking: 'done' });
  expect(await take('v3/refund', refund)).toMatchObject({ ok: true, booking: 'already' });
  expect(orders.get('A1')).toMatchObject({ state: 'PAID', refunded: 40 });
});

test('of a combined payment all orders are booked, or none', async () => {
  const { orders, take } = shop();
  const two = {
    'sub_orders.0.out_trade_no': 'A1',
    'sub_orders.0.amount.total_amount': '100',
    'sub_orders.1.out_trade_no': 'A2',
    'sub_orders.1.amount.total_amount': '7',
  };
  expect(await take('v3/combined-transaction', two)).toMatchObject({ ok: false, booking: 'unknown-order' });
  expect(orders.get('A1')).toMatchObject({ state: 'CREATED' });
  orders.place('A2', 7, 'CNY');
  expect(await take('v3/combined-transaction', two)).toMatchObject({ ok: true, booking: 'done' });
  expect([orders.get('A1')?.state, orders.get('A2')?.state]).toEqual(['PAID', 'PAID']);
});

describe('authentic, and refused or not booked', () => {
  test.each<[string, Overrides, object]>([
    ['another amount', { 'amount.total': '1' }, { ok: false, booking: 'wrong-amount' }],
    ['another currency', { 'amount.currency': 'USD' }, { ok: false, booking: 'wrong-currency' }],
    ['an order that is not there', { out_trade_no: 'B' }, { ok: false, booking: 'unknown-order' }],
    ['a payment that is not done', { trade_state: 'CLOSED' }, { ok: true, booking: undefined }],
    [
      'an event that nobody knows here',
      { 'envelope.event_type': 'MCHTRANSFER.QQWALLETBILL.FINISHED' },
      {
        ok: false,
        message: 'authentic, and of a kind that is not known here: MCHTRANSFER.QQWALLETBILL.FINISHED',
      },
    ],
  ])('%s', async (_, fields, expected) => {
    const { orders, take } = shop();
    expect(await take('v3/transaction', { ...paid, ...fields })).toMatchObject(expected);
    expect(orders.get('A1')).toMatchObject({ state: 'CREATED', paid_count: 0 });
  });
});

test.each<Damage>([{ signature: 'probe' }, { timestamp: 'future' }, { resource: 'tag' }])(
  'refused: %o',
  async (damage) => {
    const { orders, take } = shop();
    expect(await take('v3/transaction', paid, damage)).toMatchObject({ ok: false, booking: undefined });
    expect(orders.get('A1')).toMatchObject({ state: 'CREATED' });
  },
);

test('a transaction pays one order', async () => {
  const { orders, take } = shop();
  orders.place('A2', 100, 'CNY');
  expect(await take('v3/transaction', paid)).toMatchObject({ booking: 'done' });
  expect(await take('v3/transaction', { ...paid, out_trade_no: 'A2' })).toMatchObject({
    ok: false,
    booking: 'used-transaction',
  });
  expect(orders.get('A2')).toMatchObject({ state: 'CREATED' });
});
