/** What the shop itself calls: make an order, look at it, close it. */
import { Refusal } from './refusal.mjs';

/** @returns {Promise<{ status: number, json: object }>} */
export async function callOrderApi(orders, { method, path, body }) {
  if (method === 'POST' && path === '/orders')
    return { status: 201, json: { id: await orders.create(amountIn(body)) } };
  const [, id, close] = /^\/orders\/([^/]+)(\/close)?$/.exec(path) ?? [];
  if (close && method === 'POST') {
    await orders.close(id);
    return { status: 200, json: {} };
  }
  if (!id || close || method !== 'GET') throw new Refusal('there is nothing here', 404);
  return { status: 200, json: await orders.find(id) };
}

function amountIn(body) {
  const fen = Number(JSON.parse(body).amount);
  if (!Number.isSafeInteger(fen) || fen < 1) throw new Refusal('amount must be whole fen');
  return fen;
}
