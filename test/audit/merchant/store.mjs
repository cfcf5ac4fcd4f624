/** The database: reading and writing take time, so what was read may be old unless the order is locked. */
import { setTimeout as pause } from 'node:timers/promises';

const ACCESS_MS = 2;

/**
 * @typedef {object} Order
 * @property {string} id
 * @property {number} amount in fen
 * @property {'CREATED' | 'PAID' | 'REFUNDED' | 'CLOSED'} status
 * @property {string} [transaction_id] that paid it
 * @property {number} refunded in fen
 * @property {string[]} refunds the numbers of those that are booked
 */

export function createStore() {
  const orders = new Map();
  const ledger = [];
  const transactions = new Map();
  const queues = new Map();
  return {
    /** @returns {Promise<Order | undefined>} a copy */
    async read(id) {
      await pause(ACCESS_MS);
      return structuredClone(orders.get(id));
    },
    /** @param {Order} order */
    async write(order) {
      await pause(ACCESS_MS);
      orders.set(order.id, structuredClone(order));
    },
    /** Adds an entry to the ledger: what a customer gets for a payment, or loses by a refund. */
    async book(id, amount) {
      await pause(ACCESS_MS);
      ledger.push({ id, amount });
    },
    /** @returns {number[]} the entries of an order, in fen */
    booked: (id) => ledger.filter((entry) => entry.id === id).map(({ amount }) => amount),
    /** A unique key: the first order that claims a transaction has it. */
    claim(transactionId, orderId) {
      if (!transactions.has(transactionId)) transactions.set(transactionId, orderId);
      return transactions.get(transactionId) === orderId;
    },
    /** As SELECT … FOR UPDATE: one after the other, for each order. */
    locked(id, work) {
      const turn = (queues.get(id) ?? Promise.resolve()).then(work);
      const done = turn.catch(() => undefined).then(() => queues.get(id) === done && queues.delete(id));
      queues.set(id, done);
      return turn;
    },
  };
}
