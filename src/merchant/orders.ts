/** The merchant's books: what was ordered, paid and refunded. One step at a time, so nothing is credited twice. */

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
  /** The refunds that succeeded, by `out_refund_no`. */
  readonly refunds: Readonly<Record<string, number>>;
}

/** What became of a booking. */
export type Booking =
  | 'done'
  | 'already'
  | 'closed'
  | 'unknown-order'
  | 'wrong-amount'
  | 'wrong-transaction'
  | 'too-much'
  | 'not-paid';

export interface Orders {
  readonly get: (out_trade_no: string) => Order | undefined;
  readonly all: () => readonly Order[];
  /** What an order is priced in: CNY, unless it was placed otherwise. */
  readonly currency: (out_trade_no: string) => string;
  readonly place: (out_trade_no: string, total_fee: number, currency?: string) => void;
  /** Closes an order that is not paid; `false` when it is not one. */
  readonly close: (out_trade_no: string) => boolean;
  readonly pay: (payment: { out_trade_no: string; total_fee: number; transaction_id: string }) => Booking;
  readonly refund: (refund: {
    out_trade_no: string;
    out_refund_no: string;
    refund_fee: number;
    transaction_id: string;
  }) => Booking;
}

/** Opens empty books. Every booking runs to its end before the next begins: that is what makes it safe. */
export function createOrders(): Orders {
  const orders = new Map<string, Order>();
  const update = (order: Order, change: Partial<Order>): Booking => {
    orders.set(order.out_trade_no, { ...order, ...change });
    return 'done';
  };
  return {
    get: (out_trade_no) => orders.get(out_trade_no),
    all: () => [...orders.values()],
    currency: (out_trade_no) => orders.get(out_trade_no)?.currency ?? 'CNY',
    place: (out_trade_no, total_fee, currency = 'CNY') => {
      if (!orders.has(out_trade_no)) orders.set(out_trade_no, created(out_trade_no, total_fee, currency));
    },
    close: (out_trade_no) => {
      const order = orders.get(out_trade_no);
      return order?.state === 'CREATED' && update(order, { state: 'CLOSED' }) === 'done';
    },
    pay: ({ out_trade_no, total_fee, transaction_id }) => {
      const order = orders.get(out_trade_no);
      if (!order) return 'unknown-order';
      if (order.total_fee !== total_fee) return 'wrong-amount';
      if (order.state === 'CLOSED') return 'closed';
      if (order.state === 'CREATED')
        return update(order, { state: 'PAID', transaction_id, paid_count: order.paid_count + 1 });
      return order.transaction_id === transaction_id ? 'already' : 'wrong-transaction';
    },
    refund: ({ out_trade_no, out_refund_no, refund_fee, transaction_id }) => {
      const order = orders.get(out_trade_no);
      if (!order) return 'unknown-order';
      if (order.state === 'CREATED' || order.state === 'CLOSED') return 'not-paid';
      if (order.transaction_id !== transaction_id) return 'wrong-transaction';
      if (Object.hasOwn(order.refunds, out_refund_no)) return 'already';
      const refunded = order.refunded + refund_fee;
      if (refunded > order.total_fee) return 'too-much';
      const refunds = { ...order.refunds, [out_refund_no]: refund_fee };
      return update(order, { refunds, refunded, state: refunded === order.total_fee ? 'REFUNDED' : 'PAID' });
    },
  };
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
    refunds: {},
  };
}
