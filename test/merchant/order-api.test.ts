/** The order API over HTTP: what a flow needs to place orders and look at the books. */
import { expect, onTestFinished, test } from 'vitest';
import { demoCredentials } from '../../src/merchant/demo.ts';
import { startMerchant } from '../../src/merchant/server.ts';

async function shop() {
  const running = await startMerchant({ credentials: demoCredentials });
  onTestFinished(() => running.close());
  const { origin } = new URL(running.url);
  const ask = async (method: string, path: string, json?: unknown) => {
    const answer = await fetch(`${origin}${path}`, { method, ...(json !== undefined && { body: JSON.stringify(json) }) }); // prettier-ignore
    return { status: answer.status, json: await answer.json() };
  };
  return { ...running, ask };
}

const placed = {
  out_trade_no: 'A1',
  total_fee: 990,
  currency: 'CNY',
  state: 'CREATED',
  transaction_id: null,
  paid_count: 0,
  refunded: 0,
  refunds: [],
};

test('an order is placed, shown, and closed once', async () => {
  const { ask } = await shop();
  const wish = { out_trade_no: 'A1', total_fee: 990 };
  expect(await ask('POST', '/orders', wish)).toEqual({ status: 201, json: placed });
  expect(await ask('POST', '/orders', wish)).toMatchObject({ status: 409 });
  expect(await ask('GET', '/orders/A1?now')).toEqual({ status: 200, json: placed });
  expect(await ask('POST', '/orders/A1/close')).toEqual({
    status: 200,
    json: { ...placed, state: 'CLOSED' },
  });
  expect(await ask('POST', '/orders/A1/close')).toEqual({
    status: 409,
    json: { error: 'the order is CLOSED' },
  });
});

test('what was paid and refunded is shown', async () => {
  const { ask, orders } = await shop();
  const names = { out_trade_no: 'A1', transaction_id: 'T1' };
  orders.place('A1', 990);
  orders.pay({ ...names, total_fee: 990 });
  orders.refund({ ...names, out_refund_no: 'R1', refund_fee: 300 });
  orders.refund({ ...names, out_refund_no: '__proto__', refund_fee: 690 });
  expect((await ask('GET', '/orders/A1')).json).toEqual({
    ...placed,
    state: 'REFUNDED',
    transaction_id: 'T1',
    paid_count: 1,
    refunded: 990,
    refunds: [
      { out_refund_no: 'R1', refund_fee: 300 },
      { out_refund_no: '__proto__', refund_fee: 690 },
    ],
  });
});

test('a number is chosen when none is given, and one that must be encoded is found', async () => {
  const { ask } = await shop();
  const { json } = await ask('POST', '/orders', { total_fee: 1, currency: 'USD' });
  expect(json).toMatchObject({ out_trade_no: expect.stringMatching(/^SHOP\w{16}$/) as unknown, currency: 'USD' }); // prettier-ignore
  await ask('POST', '/orders', { total_fee: 1, out_trade_no: 'a/b|c*' });
  expect(await ask('GET', '/orders/a%2Fb%7Cc*')).toMatchObject({ status: 200 });
});

test.each<[method: string, path: string, json: unknown, status: number]>([
  ['GET', '/orders/B1', undefined, 404],
  ['POST', '/orders/B1/close', undefined, 404],
  ['GET', '/orders/%', undefined, 404],
  ['GET', '/orders/%E0%A4%A', undefined, 404],
  ['GET', '/orders/', undefined, 404],
  ['GET', '/orders/A1/%', undefined, 404],
  ['POST', '/orders/A1/pay', { total_fee: 1 }, 404],
  ['POST', '/orders/A1/close/now', undefined, 404],
  ['GET', '/orders/A1/constructor', undefined, 404],
  ['GET', '/orders/A1/close', undefined, 405],
  ['DELETE', '/orders/A1', undefined, 405],
  ['GET', '/orders', undefined, 405],
  ['POST', '/orders', undefined, 400],
  ['POST', '/orders', null, 400],
  ['POST', '/orders', { total_fee: '1' }, 400],
  ['POST', '/orders', { total_fee: -1 }, 400],
  ['POST', '/orders', { total_fee: 0.5 }, 400],
  ['POST', '/orders', { total_fee: 1, out_trade_no: '' }, 400],
  ['POST', '/orders', { total_fee: 1, currency: {} }, 400],
])('%s %s %j: %i', async (method, path, json, status) => {
  const { ask, orders } = await shop();
  orders.place('A1', 990);
  expect(await ask(method, path, json)).toEqual({ status, json: { error: expect.any(String) as string } });
  expect(orders.all()).toHaveLength(1);
});

test('a path that only begins like it is a notify_url', async () => {
  const { url } = await shop();
  const answer = await fetch(new URL('/orders-paid', url), { method: 'POST', body: '<xml></xml>' });
  expect(await answer.text()).toContain('FAIL');
});
