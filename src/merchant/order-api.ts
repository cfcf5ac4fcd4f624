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
  { method, path, body }: ApiRequest,
  orders: Orders,
  newNumber: () => string,
): ApiAnswer | undefined {
  const [, root, ...names] = path.replace(/\?.*$/s, '').split('/').map(decoded);
  if (root !== 'orders') return undefined;
  if (names.length === 0) return method === 'POST' ? place(body, orders, newNumber) : wrongMethod;
  const [number = '', ...rest] = names;
  const action = actions.get(rest.join('/'));
  const order = orders.get(number);
  if (!action || !order) return notThere(action ? 'there is no such order' : 'an order has no such page');
  return action.method === method ? action.answer(order, orders) : wrongMethod;
}

interface Action {
  readonly method: string;
  readonly answer: (order: Order, orders: Orders) => ApiAnswer;
}

/** By what stands behind the order's number. */
const actions: ReadonlyMap<string, Action> = new Map([
  ['', { method: 'GET', answer: (order) => ({ status: 200, json: shown(order) }) }],
  ['close', { method: 'POST', answer: close }],
]);

const wrongMethod: ApiAnswer = { status: 405, json: { error: 'not with this method' } };

function notThere(error: string): ApiAnswer {
  return { status: 404, json: { error } };
}

/** Percent-encoding that is malformed stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function place(body: string, orders: Orders, newNumber: () => string): ApiAnswer {
  const { total_fee, out_trade_no = newNumber(), currency = 'CNY' } = parsed(body);
  if (!isFen(total_fee)) return wrongWish('total_fee must be a whole number of fen');
  if (!isText(out_trade_no) || !isText(currency)) return wrongWish('out_trade_no and currency must be texts');
  if (orders.get(out_trade_no)) return { status: 409, json: { error: 'there is such an order already' } };
  orders.place(out_trade_no, total_fee, currency);
  const order = orders.get(out_trade_no);
  return { status: 201, json: order ? shown(order) : {} };
}

function wrongWish(error: string): ApiAnswer {
  return { status: 400, json: { error } };
}

function isFen(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
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

/** What is not known yet is shown as `null`, so that a JSONPath finds it. */
function shown(order: Order): object {
  return { ...order, transaction_id: order.transaction_id ?? null };
}
