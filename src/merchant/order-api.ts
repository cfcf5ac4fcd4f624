/** The merchant's own API, with which a scenario places orders and looks at the books: JSON over HTTP. */
import type { Order, Orders } from './orders.ts';

/** A request to the API. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly json: object;
}

/**
 * `POST /orders` places one (`{total_fee, out_trade_no?, currency?}`), `GET /orders/NUMBER` shows it,
 * `POST /orders/NUMBER/close` closes one that is not paid. `undefined` when the path is another.
 */
export function orderApi(
  request: ApiRequest,
  orders: Orders,
  newNumber: () => string,
): ApiAnswer | undefined {
  const [, number, action] = /^\/orders(?:\/([^/?]+))?(?:\/(close))?$/.exec(request.path) ?? [];
  if (!request.path.startsWith('/orders')) return undefined;
  if (number === undefined)
    return request.method === 'POST' ? place(request.body, orders, newNumber) : wrongMethod;
  const order = orders.get(decodeURIComponent(number));
  if (!order) return { status: 404, json: { error: 'there is no such order' } };
  if (action === 'close' && request.method === 'POST') return close(order, orders);
  return action === undefined && request.method === 'GET' ? { status: 200, json: shown(order) } : wrongMethod;
}

const wrongMethod: ApiAnswer = { status: 405, json: { error: 'not with this method' } };

function place(body: string, orders: Orders, newNumber: () => string): ApiAnswer {
  const wish = parsed(body);
  const { total_fee, out_trade_no = newNumber(), currency = 'CNY' } = wish;
  if (!Number.isInteger(total_fee) || Number(total_fee) < 0 || typeof out_trade_no !== 'string') {
    return { status: 400, json: { error: 'total_fee must be a whole number of fen, out_trade_no a text' } };
  }
  if (orders.get(out_trade_no)) return { status: 409, json: { error: 'there is such an order already' } };
  orders.place(out_trade_no, Number(total_fee), String(currency));
  const order = orders.get(out_trade_no);
  return { status: 201, json: order ? shown(order) : {} };
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(body) ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function close(order: Order, orders: Orders): ApiAnswer {
  if (!orders.close(order.out_trade_no))
    return { status: 409, json: { error: `the order is ${order.state}` } };
  return { status: 200, json: shown({ ...order, state: 'CLOSED' }) };
}

function shown({
  out_trade_no,
  total_fee,
  currency,
  state,
  transaction_id,
  paid_count,
  refunded,
}: Order): object {
  return {
    out_trade_no,
    total_fee,
    currency,
    state,
    transaction_id: transaction_id ?? null,
    paid_count,
    refunded,
  };
}
