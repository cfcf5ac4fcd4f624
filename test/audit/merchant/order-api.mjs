/** What the shop itself calls: make an order, look at it, close it. */
import { Refusal } from './refusal.mjs';

/** @returns {Promise<{ status: number, json: object }>} */
export async function callOrderApi(orders, { method, path, body }) {
  if (method === 'POST' && path === '/orders') {
    const { amount } = JSON.parse(body);
    const fen = Number(amount);
    if (!Number.isSafeInteger(fen) || fen < 1) throw new Refusal('amount must be whole fen');
    return { status: 201, json: { id: await orders.create(fen) } };
  }
  const [, id, close] = /^\/orders\/([^/]+)(\/close)?$/.exec(path) ?? [];
  if (close && method === 'POST') {
    await orders.close(id);
    return { status: 200, json: {} };
  }
  const order = !close && method === 'GET' ? await orders.find(id) : undefined;
  if (!order) throw new Refusal('there is no such order', 404);
  const { status, paid_count, refunded } = order;
  return { status: 200, json: { status, paid_count, refunded } };
}
