/** The merchant's books: what was ordered, paid and refunded. One step at a time, so nothing is credited twice. */
import { soundRules, type Rule, type Rules } from './rules.ts';

export interface Order {
  readonly out_trade_no: string;
  /** Fen. */
  readonly total_fee: number;
  readonly currency: string;
  readonly state: 'CREATED' | 'CLOSED' | 'PAID' | 'REFUNDED';
  readonly transaction_id: string | undefined;
  /** How often the order was credited: must never exceed 1. */
  readonly paid_count: number;
  /** Fen, over all refunds that succeeded. */
  readonly refunded: number;
  /** The refunds that succeeded, in the order in which they were booked. */
  readonly refunds: readonly { readonly out_refund_no: string; readonly refund_fee: number }[];
}

/** A payment that the platform tells of. */
export interface Payment {
  readonly out_trade_no: string;
  /** Fen. */
  readonly total_fee: number;
  readonly transaction_id: string;
  /** CNY when absent. */
  readonly currency?: string | undefined;
}

/** A refund that the platform tells of. */
export interface Refund {
  readonly out_trade_no: string;
  readonly out_refund_no: string;
  /** Fen. */
  readonly refund_fee: number;
  readonly transaction_id: string;
}

/** What became of a booking. */
export type Booking = 'done' | Objection;

/** Why nothing was booked. */
export type Objection =
  | 'already'
  | 'closed'
  | 'unknown-order'
  | 'wrong-amount'
  | 'wrong-currency'
  | 'wrong-transaction'
  | 'used-transaction'
  | 'too-much'
  | 'not-paid'
  // said by a merchant with bugs only:
  | 'paid-already'
  | 'lost';

export interface Orders {
  readonly get: (out_trade_no: string) => Order | undefined;
  readonly all: () => readonly Order[];
  /** Prices an order in CNY unless told otherwise. */
  readonly place: (out_trade_no: string, total_fee: number, currency?: string) => void;
  /** Closes an order that is not paid; `false` when it is not one. */
  readonly close: (out_trade_no: string) => boolean;
  /** What speaks against crediting a payment, if anything does. */
  readonly objection: (payment: Payment) => Objection | undefined;
  /** Credits a payment, whatever speaks against it. */
  readonly credit: (payment: Payment) => Booking;
  /** Credits a payment unless something speaks against it, and lets nothing happen between the two. */
  readonly pay: (payment: Payment) => Booking;
  /** The same for a refund. */
  readonly refund: (refund: Refund) => Booking;
}

/** Opens empty books. Every booking runs to its end before the next begins: that is what makes it safe. */
export function createOrders(rules: Rules = soundRules): Orders {
  const orders = new Map<string, Order>();
  const update = (out_trade_no: string, change: (order: Order) => Partial<Order>): Booking => {
    const order = orders.get(out_trade_no);
    if (!order) return 'unknown-order';
    orders.set(out_trade_no, { ...order, ...change(order) });
    return 'done';
  };
  const paidWith = new Map<string, string>();
  const objection = (payment: Payment): Objection | undefined =>
    firstObjection(Object.values(rules.payment), orders.get(payment.out_trade_no), payment) ??
    usedFor(paidWith.get(payment.transaction_id), payment);
  const credit = ({ out_trade_no, transaction_id }: Payment): Booking => {
    paidWith.set(transaction_id, out_trade_no);
    return update(out_trade_no, ({ paid_count }) => ({
      state: 'PAID',
      transaction_id,
      paid_count: paid_count + 1,
    }));
  };
  return {
    get: (out_trade_no) => orders.get(out_trade_no),
    all: () => [...orders.values()],
    place: (out_trade_no, total_fee, currency = 'CNY') => {
      if (!orders.has(out_trade_no)) orders.set(out_trade_no, created(out_trade_no, total_fee, currency));
    },
    close: (out_trade_no) =>
      orders.get(out_trade_no)?.state === 'CREATED' &&
      update(out_trade_no, () => ({ state: 'CLOSED' })) === 'done',
    objection,
    credit,
    pay: (payment) => objection(payment) ?? credit(payment),
    refund: (refund) =>
      firstObjection(Object.values(rules.refund), orders.get(refund.out_trade_no), refund) ??
      update(refund.out_trade_no, (order) => refundedBy(order, refund)),
  };
}

/** A transaction pays one order. */
function usedFor(other: string | undefined, { out_trade_no }: Payment): Objection | undefined {
  return other === undefined || other === out_trade_no ? undefined : 'used-transaction';
}

function firstObjection<Told>(
  rules: readonly Rule<Told>[],
  order: Order | undefined,
  told: Told,
): Objection | undefined {
  if (!order) return 'unknown-order';
  for (const rule of rules) {
    const found = rule(order, told);
    if (found !== undefined) return found;
  }
  return undefined;
}

function refundedBy(order: Order, { out_refund_no, refund_fee }: Refund): Partial<Order> {
  const refunded = order.refunded + refund_fee;
  const refunds = [...order.refunds, { out_refund_no, refund_fee }];
  return { refunds, refunded, state: refunded < order.total_fee ? 'PAID' : 'REFUNDED' };
}

function created(out_trade_no: string, total_fee: number, currency: string): Order {
  return {
    out_trade_no,
    total_fee,
    currency,
    state: 'CREATED',
    transaction_id: undefined,
    paid_count: 0,
    refunded: 0,
    refunds: [],
  };
}
