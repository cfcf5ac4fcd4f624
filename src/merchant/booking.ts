/** A verified notification against the books: compared first, then booked once. */
import type { Fields, KindId } from '../protocol/dialect.ts';
import { subOrders } from '../protocol/v2/kinds/combined-payment.ts';
import type { Booking, Orders, Payment } from './orders.ts';
import type { Practice } from './practice.ts';

/** What became of a notification, and what to say about it. */
export interface Booked {
  readonly ok: boolean;
  readonly message: string;
  readonly booking: Booking | undefined;
}

/** The books, and how they are kept. */
export interface Bookkeeping {
  readonly orders: Orders;
  readonly practice: Practice;
}

/** Books what a notification says. Kinds that move no money are only acknowledged. */
export async function book(kind: KindId, fields: Fields, bookkeeping: Bookkeeping): Promise<Booked> {
  return (bookers[kind] ?? acknowledge)(fields, bookkeeping);
}

/** The orders that a notification tells of: one, or those of a combined payment. */
export function ordersIn(fields: Fields, kind: KindId): readonly Payment[] {
  if (kind === 'v2/combined-payment') {
    const read = subOrders(fields['sub_order_list'] ?? '');
    return typeof read === 'string' ? [] : read;
  }
  const { out_trade_no, transaction_id = '', fee_type: currency } = fields;
  const total_fee = fen(fields['total_fee']);
  if (out_trade_no === undefined || total_fee === undefined) return [];
  return [{ out_trade_no, total_fee, transaction_id, currency }];
}

const acknowledge = (): Booked => ({ ok: true, message: 'OK', booking: undefined });

type Booker = (fields: Fields, bookkeeping: Bookkeeping) => Booked | Promise<Booked>;

const bookers: Readonly<Partial<Record<KindId, Booker>>> = {
  'v2/payment': bookPayment,
  'v2/deduction': bookPayment,
  'v2/combined-payment': bookCombined,
  'v2/refund': bookRefund,
};

/** A failed payment is acknowledged and not credited. */
async function bookPayment(fields: Fields, { orders, practice }: Bookkeeping): Promise<Booked> {
  if (!practice.isPaid(fields)) return acknowledge();
  const { out_trade_no = '', transaction_id = '', fee_type: currency } = fields;
  const total_fee = fen(fields['total_fee']);
  if (total_fee === undefined) return refuse('total_fee is no amount', 'wrong-amount');
  return said(await practice.pay(orders, { out_trade_no, total_fee, transaction_id, currency }));
}

/** All of the orders, or none. */
async function bookCombined(fields: Fields, { orders, practice }: Bookkeeping): Promise<Booked> {
  if (!practice.isPaid(fields)) return acknowledge();
  const told = subOrders(fields['sub_order_list'] ?? '');
  if (typeof told === 'string') return refuse(`sub_order_list ${told}`, 'wrong-amount');
  const objections = told.map((order) => orders.objection(order) ?? 'done');
  const refused = objections.map(said).find(({ ok }) => !ok);
  if (refused) return refused;
  const bookings = await Promise.all(told.map(async (order) => practice.pay(orders, order)));
  return said(bookings.find((booking) => booking !== 'done') ?? 'done');
}

/** Only a refund that succeeded moves money; the other states are acknowledged. */
function bookRefund(fields: Fields, { orders, practice }: Bookkeeping): Booked {
  if (!practice.isRefunded(fields)) return acknowledge();
  const { out_trade_no = '', out_refund_no = '', transaction_id = '' } = fields;
  const refund_fee = fen(fields['refund_fee']);
  if (refund_fee === undefined || out_refund_no === '')
    return refuse('refund_fee is no amount', 'wrong-amount');
  return said(orders.refund({ out_trade_no, out_refund_no, refund_fee, transaction_id }));
}

const messages: Readonly<Record<Booking, string>> = {
  done: 'OK',
  already: 'OK',
  'unknown-order': 'there is no such order',
  'wrong-amount': 'the amount is not the order’s',
  'wrong-currency': 'the currency is not the order’s',
  'wrong-transaction': 'the order was paid by another transaction',
  'too-much': 'more is refunded than was paid',
  'not-paid': 'the order is not paid',
  closed: 'the order is closed',
  'paid-already': 'the order was paid already',
  lost: 'OK',
};

const acknowledged: ReadonlySet<Booking> = new Set(['done', 'already', 'lost']);

function said(booking: Booking): Booked {
  return { ok: acknowledged.has(booking), message: messages[booking], booking };
}

function refuse(message: string, booking: Booking): Booked {
  return { ok: false, message, booking };
}

function fen(text: string | undefined): number | undefined {
  return text !== undefined && /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : undefined;
}
