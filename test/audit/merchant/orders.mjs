/** The order book: what an authentic notification does to an order. */
import { randomBytes } from 'node:crypto';
import { Refusal } from './refusal.mjs';
import { createStore } from './store.mjs';

/**
 * @typedef {object} Payment
 * @property {string} orderId
 * @property {string} transactionId
 * @property {number} total in fen
 * @property {string} currency
 *
 * @typedef {object} Refund
 * @property {string} orderId
 * @property {string} transactionId
 * @property {string} refundNo
 * @property {number} amount in fen
 */

export function createOrders() {
  const store = createStore();
  return {
    async create(amount) {
      const id = `SHOP${randomBytes(10).toString('hex')}`;
      await store.write({ id, amount, status: 'CREATED', refunded: 0, refunds: [] });
      return id;
    },
    /** The status of an order, and what the ledger has of it. */
    async find(id) {
      const order = await known(store, id, 404);
      const entries = store.booked(id);
      const back = entries.filter((amount) => amount < 0);
      return {
        status: order.status,
        paid_count: entries.length - back.length,
        refunded: back.reduce((sum, amount) => sum - amount, 0),
      };
    },
    close: (id) => store.locked(id, () => close(store, id)),
    /** @param {Payment} payment */
    pay: (payment) => store.locked(payment.orderId, () => pay(store, payment)),
    /** @param {Refund} refund */
    refund: (refund) => store.locked(refund.orderId, () => bookRefund(store, refund)),
  };
}

async function close(store, id) {
  const order = await known(store, id);
  if (order.status === 'CREATED') await store.write({ ...order, status: 'CLOSED' });
}

async function pay(store, { orderId, transactionId, total, currency }) {
  const order = await known(store, orderId);
  if (total !== order.amount) throw new Refusal('the amount is not that of the order');
  if (currency !== 'CNY') throw new Refusal('the currency is not that of the order');
  if (order.transaction_id === transactionId) return; // a repeat
  if (order.status !== 'CREATED') return; // paid by another one, or closed: somebody sends the money back
  if (!store.claim(transactionId, orderId)) throw new Refusal('the transaction paid for another order');
  await store.write({ ...order, status: 'PAID', transaction_id: transactionId });
  await store.book(orderId, total);
}

async function bookRefund(store, { orderId, transactionId, refundNo, amount }) {
  const order = await known(store, orderId);
  if (order.transaction_id !== transactionId) throw new Refusal('this transaction did not pay for the order');
  if (order.refunds.includes(refundNo)) return; // a repeat
  const refunded = order.refunded + amount;
  if (refunded > order.amount) throw new Refusal('more is refunded than was paid');
  const status = refunded === order.amount ? 'REFUNDED' : 'PAID';
  await store.write({ ...order, status, refunded, refunds: [...order.refunds, refundNo] });
  await store.book(orderId, -amount);
}

async function known(store, id, status = 400) {
  const order = await store.read(id);
  if (!order) throw new Refusal('there is no such order', status);
  return order;
}
