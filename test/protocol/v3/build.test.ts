/** Fields of a v3 kind: what is nested, entries of lists, event types that go with states. */
import { describe, expect, test } from 'vitest';
import { rowOf } from '../../../src/protocol/notification.ts';
import { validateNotification } from '../../../src/protocol/validate.ts';
import { v3Kinds } from '../../../src/protocol/v3/kinds.gen.ts';
import { build } from './setup.ts';

describe('what is nested', () => {
  test('is set by its name with dots', () => {
    expect(build('v3/transaction', { 'amount.total': '7' }).fields).toMatchObject({ 'amount.total': '7', 'amount.payer_total': '7' }); // prettier-ignore
  });

  test('is left out as a whole', () => {
    const names = Object.keys(build('v3/transaction', { payer: null }).fields);
    expect(names.filter((name) => name.startsWith('payer'))).toEqual([]);
  });

  test('is replaced as a whole, but for what is named beside it', () => {
    const { fields } = build('v3/transaction', { amount: '{"total":1}', 'amount.currency': 'USD' });
    expect(Object.keys(fields).filter((name) => name.startsWith('amount'))).toEqual([
      'amount.currency',
      'amount',
    ]);
  });

  test('has its row by its name with numbers', () => {
    const kind = v3Kinds['v3/combined-transaction'];
    expect(rowOf(kind, 'sub_orders.3.amount.total_amount')?.type).toBe('fen');
    expect(rowOf(kind, 'sub_orders.0.promotion_detail.12.goods_detail.0.quantity')?.type).toBe('int');
    expect(rowOf(kind, 'sub_orders.x.mchid')).toBeUndefined();
  });

  test('may be empty: attach is, in captures', () => {
    expect(build('v3/transaction').fields['attach']).toBe('');
    expect(build('v3/transaction', { attach: null }).fields).not.toHaveProperty('attach');
  });
});

describe('lists', () => {
  const orders = (fields: Readonly<Record<string, string>>): readonly string[] =>
    Object.keys(fields).filter((name) => /^sub_orders\.\d+\.out_trade_no$/.test(name));

  test('have as many entries as the kind says, each with values of its own', () => {
    const { fields } = build('v3/combined-transaction');
    expect(orders(fields)).toEqual(['sub_orders.0.out_trade_no', 'sub_orders.1.out_trade_no']);
    expect(fields['sub_orders.0.out_trade_no']).not.toBe(fields['sub_orders.1.out_trade_no']);
  });

  test('have more when somebody names one', () => {
    const { fields } = build('v3/combined-transaction', { 'sub_orders.2.amount.total_amount': '9' });
    expect(orders(fields)).toHaveLength(3);
    expect(fields['sub_orders.2.amount.payer_amount']).toBe('9');
    expect(fields['sub_orders.1.amount.payer_amount']).toBe('100');
  });

  test('are empty unless somebody names an entry, which is then complete', () => {
    expect(Object.keys(build('v3/transaction').fields).join()).not.toContain('promotion_detail');
    const notification = build('v3/transaction', { 'promotion_detail.0.amount': '30' });
    expect(notification.fields).toMatchObject({
      'amount.payer_total': '70',
      'promotion_detail.0.scope': 'GLOBAL',
      'promotion_detail.0.merchant_contribute': '30',
    });
    expect(validateNotification(notification)).toEqual([]);
  });

  test('one of each order', () => {
    const name = 'sub_orders.1.promotion_detail.0.amount';
    const { fields } = build('v3/combined-transaction', { [name]: '30' });
    expect(fields).toMatchObject({ 'sub_orders.0.amount.payer_amount': '100', 'sub_orders.1.amount.payer_amount': '70' }); // prettier-ignore
  });

  test('are not as long as a mistyped number', () => {
    expect(
      orders(build('v3/combined-transaction', { 'sub_orders.99999999.mchid': '1' }).fields),
    ).toHaveLength(1000);
  });

  test('stand entry by entry', () => {
    const names = Object.keys(build('v3/combined-transaction').fields).filter((name) =>
      name.startsWith('sub_'),
    );
    expect(names).toEqual([...names].sort((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1])));
  });

  test('are checked entry by entry', () => {
    const notification = build('v3/combined-transaction', { 'sub_orders.1.transaction_id': null });
    expect(validateNotification(notification).map(({ message }) => message)).toEqual(['sub_orders.1.transaction_id is required, and is missing']); // prettier-ignore
  });
});

describe('the event type goes with the state', () => {
  test.each([
    { fields: { refund_status: 'CLOSED' }, event: 'REFUND.CLOSED', status: 'CLOSED' },
    { fields: { refund_status: 'ABNORMAL' }, event: 'REFUND.ABNORMAL', status: 'ABNORMAL' },
    { fields: { 'envelope.event_type': 'REFUND.CLOSED' }, event: 'REFUND.CLOSED', status: 'CLOSED' },
    { fields: { 'envelope.event_type': 'REFUND.CLOSED', refund_status: 'SUCCESS' }, event: 'REFUND.CLOSED', status: 'SUCCESS' },
    { fields: { refund_status: 'NEW' }, event: 'REFUND.SUCCESS', status: 'NEW' },
    { fields: {}, event: 'REFUND.SUCCESS', status: 'SUCCESS' },
  ])('$fields', ({ fields, event, status }) => {
    const built = build('v3/refund', fields).fields;
    expect(built).toMatchObject({ 'envelope.event_type': event, refund_status: status });
    expect(built['success_time'] === undefined).toBe(status !== 'SUCCESS');
  }); // prettier-ignore
});

test('an amount of a part is not more than of the whole', () => {
  const messages = validateNotification(build('v3/refund', { 'amount.refund': '101' })).map(
    ({ message }) => message,
  );
  expect(messages).toEqual([
    'amount.refund is 101, more than amount.total (100)',
    'amount.payer_refund is 101, more than amount.payer_total (100)',
  ]);
});
