/** Other orders: what is an order's own is found by comparing, and made anew. */
import { describe, expect, test } from 'vitest';
import type { Field, Kind } from '../../src/protocol/dialect.ts';
import { createOrders } from '../../src/protocol/fresh.ts';
import { kinds } from '../../src/protocol/kinds.gen.ts';
import type { Overrides, Wish } from '../../src/protocol/notification.ts';
import { validateNotification } from '../../src/protocol/validate.ts';
import { prepareCopies } from '../../src/protocol/v2/copies.ts';
import { v2 } from '../../src/protocol/v2/index.ts';
import { seededSource } from '../../src/run/source.ts';
import { streamSource } from '../../src/run/prepare/stream.ts';
import { build, md5, type KindName } from './setup.ts';

function wish(kind: Kind, fields: Overrides = {}, seed = 'test'): Wish {
  return { kind, fields, merchant: md5, source: seededSource(seed) };
}

const ordersOf = (wanted: Wish) => createOrders(wanted, streamSource(wanted.source.fork('orders')));

describe('an order’s own fields', () => {
  test.each<[KindName, readonly string[]]>([
    ['v2/payment', ['nonce_str', 'openid', 'transaction_id', 'out_trade_no']],
    ['v2/refund', ['nonce_str', 'transaction_id', 'out_trade_no', 'refund_id', 'out_refund_no']],
    ['v2/combined-payment', ['nonce_str', 'combine_openid', 'combine_out_trade_no', 'sub_order_list']],
  ])('%s', (kind, names) => {
    expect([...ordersOf(wish(kinds[kind])).names].sort()).toEqual([...names].sort());
  });

  test('not what is given, nor what stays as it is', () => {
    const { names } = ordersOf(
      wish(kinds['v2/payment'], { out_trade_no: 'MINE-1', openid: null, attach: 'a' }),
    );
    expect([...names].sort()).toEqual(['nonce_str', 'transaction_id']);
  });

  test('nothing, when all is given', () => {
    const { fields } = build('v2/payment');
    const orders = ordersOf(wish(kinds['v2/payment'], fields));
    expect(orders.names).toEqual([]);
    expect(orders.next()).toEqual([]);
  });
});

describe.each(Object.keys(kinds) as KindName[])('orders of %s', (kind) => {
  const orders = ordersOf(wish(kinds[kind]));
  const base = build(kind);

  test('are as valid as the first, and authentic', () => {
    const copy = prepareCopies(base, orders.names, md5);
    for (let count = 0; count < 50; count++) {
      const values = orders.next();
      const fields = Object.fromEntries(orders.names.map((name, index) => [name, values[index] ?? '']));
      expect(validateNotification({ ...base, fields: { ...base.fields, ...fields } })).toEqual(
        validateNotification(base),
      );
      const verified = v2.verify(copy(values), { ...md5, sign_type: base.sign_type });
      expect(verified).toMatchObject({ ok: true, fields });
    }
  });

  test('have every value of their own', () => {
    const seen = orders.names.map(() => new Set<string>());
    for (let count = 0; count < 20_000; count++)
      for (const [index, value] of orders.next().entries()) seen[index]?.add(value);
    const distinct = Object.fromEntries(orders.names.map((name, index) => [name, seen[index]?.size]));
    expect(distinct).toEqual(Object.fromEntries(orders.names.map((name) => [name, 20_000])));
  });
});

test('the same seed makes the same orders, another one others', () => {
  const three = (seed: string): readonly (readonly string[])[] => {
    const orders = ordersOf(wish(kinds['v2/payment'], {}, seed));
    return [orders.next(), orders.next(), orders.next()];
  };
  expect(three('a')).toEqual(three('a'));
  expect(three('a')).not.toEqual(three('b'));
});

describe('fields that are made of others', () => {
  const field = (name: string, make: NonNullable<Field['make']>): Field => ({
    ...{ name, title: name, type: 'string', max: 99, required: true, doc: '' },
    make,
  });
  const kind: Kind = {
    ...kinds['v2/payment'],
    fields: [
      field('copy', ({ get }) => `of ${get('number')}, ${get('fixed')}`),
      field('number', ({ source }) => Buffer.from(source.bytes(8)).toString('hex')),
      field('fixed', () => 'x'),
      field('chicken', ({ get, source }) => `${get('egg')} ${Buffer.from(source.bytes(8)).toString('hex')}`),
      field('egg', ({ get, source }) => `${get('chicken')} ${Buffer.from(source.bytes(8)).toString('hex')}`),
    ],
  };

  test('see the values of the same order', () => {
    const orders = ordersOf(wish(kind));
    expect(orders.names).toEqual(['copy', 'number', 'chicken', 'egg']);
    const [[copy, number], [other]] = [orders.next(), orders.next()];
    expect(copy).toBe(`of ${number}, x`);
    expect(other).not.toBe(copy);
  });

  test('that ask for each other both see nothing', () => {
    const [, , chicken, egg] = ordersOf(wish(kind)).next();
    expect(egg).toMatch(/^undefined [0-9a-f]{16}$/);
    expect(chicken).toMatch(/^undefined [0-9a-f]{16} [0-9a-f]{16}$/);
  });
});
