/** What is asked before anything is booked. */
import type { Objection, Order, Payment, Refund } from './orders.ts';

/** Says what speaks against booking, or nothing. */
export type Rule<Told> = (order: Order, told: Told) => Objection | undefined;

/** Asked in this order; the first that objects is heard. */
export interface PaymentRules {
  /** The signature says who paid, not that it was enough. */
  readonly amount: Rule<Payment>;
  readonly currency: Rule<Payment>;
  /** Nobody waits for the goods any more: the money must go back, and a person must see to it. */
  readonly closed: Rule<Payment>;
  /** The platform notifies until it is sure, even of what was refunded since. */
  readonly copy: Rule<Payment>;
  /** An order is paid once: a second transaction is no copy. */
  readonly transaction: Rule<Payment>;
}

/** Asked in this order; the first that objects is heard. */
export interface RefundRules {
  /** A refund may overtake its payment: refused, it comes again. */
  readonly paid: Rule<Refund>;
  readonly transaction: Rule<Refund>;
  readonly copy: Rule<Refund>;
  /** Over all refunds of the order. */
  readonly total: Rule<Refund>;
}

/** The rules of either kind of booking. */
export interface Rules {
  readonly payment: PaymentRules;
  readonly refund: RefundRules;
}

/** The rules of a correct merchant. */
export const soundRules: Rules = {
  payment: {
    amount: (order, { total_fee }) => (order.total_fee === total_fee ? undefined : 'wrong-amount'),
    currency: (order, { currency = 'CNY' }) => (order.currency === currency ? undefined : 'wrong-currency'),
    closed: ({ state }) => (state === 'CLOSED' ? 'closed' : undefined),
    copy: (order, { transaction_id }) => (order.transaction_id === transaction_id ? 'already' : undefined),
    transaction: (order, { transaction_id }) =>
      (order.transaction_id ?? transaction_id) === transaction_id ? undefined : 'wrong-transaction',
  },
  refund: {
    paid: ({ state }) => (state === 'CREATED' || state === 'CLOSED' ? 'not-paid' : undefined),
    transaction: (order, { transaction_id }) =>
      order.transaction_id === transaction_id ? undefined : 'wrong-transaction',
    copy: ({ refunds }, { out_refund_no }) =>
      refunds.some((refund) => refund.out_refund_no === out_refund_no) ? 'already' : undefined,
    total: ({ refunded, total_fee }, { refund_fee }) =>
      refunded + refund_fee > total_fee ? 'too-much' : undefined,
  },
};
