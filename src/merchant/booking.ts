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
  if (kind === 'v3/combined-transaction') return subOrdersOf(fields);
  const { out_trade_no, transaction_id = '' } = fields;
  const { total_fee, currency } = amountOf(fields);
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
  'v3/transaction': bookPayment,
  'v3/partner-transaction': bookPayment,
  'v3/combined-transaction': bookSubOrders,
  'v3/refund': bookRefund,
  'v3/partner-refund': bookRefund,
  'v3/parking-deduction': bookPayment,
  'v3/partner-parking-deduction': bookPayment,
  'v3/insurance-deduction': bookPayment,
  'v3/school-deduction': bookPayment,
};

/** Whether a kind tells of money that goes back. */
export function isRefund(kind: KindId): boolean {
  return bookers[kind] === bookRefund;
}

/** What the order costs: API v3 has it in `amount`. */
function amountOf(fields: Fields): {
  readonly total_fee: number | undefined;
  readonly currency: string | undefined;
} {
  return {
    total_fee: fen(fields['total_fee'] ?? fields['amount.total']),
    currency: fields['fee_type'] ?? fields['amount.currency'],
  };
}

/** A failed payment is acknowledged and not credited. */
async function bookPayment(fields: Fields, { orders, practice }: Bookkeeping): Promise<Booked> {
  if (!practice.isPaid(fields)) return acknowledge();
  const { out_trade_no = '', transaction_id = '' } = fields;
  const { total_fee, currency } = amountOf(fields);
  if (total_fee === undefined) return refuse('total_fee is no amount', 'wrong-amount');
  return said(await practice.pay(orders, { out_trade_no, total_fee, transaction_id, currency }));
}

async function bookCombined(fields: Fields, bookkeeping: Bookkeeping): Promise<Booked> {
  if (!bookkeeping.practice.isPaid(fields)) return acknowledge();
  const told = subOrders(fields['sub_order_list'] ?? '');
  if (typeof told === 'string') return refuse(`sub_order_list ${told}`, 'wrong-amount');
  return bookAll(told, bookkeeping);
}

/** Each of the orders says itself whether it was paid. */
async function bookSubOrders(fields: Fields, bookkeeping: Bookkeeping): Promise<Booked> {
  const told = subOrdersOf(fields);
  return told.length === 0 ? refuse('sub_orders has no amounts', 'wrong-amount') : bookAll(told, bookkeeping);
}

/** The paid orders in a combined notification of API v3. */
function subOrdersOf(fields: Fields): readonly Payment[] {
  const numbers = Object.keys(fields).flatMap(
    (name) => /^sub_orders\.(\d+)\.out_trade_no$/.exec(name)?.[1] ?? [],
  );
  return numbers.flatMap((number) => {
    const of = (name: string): string | undefined => fields[`sub_orders.${number}.${name}`];
    const total_fee = fen(of('amount.total_amount'));
    if (total_fee === undefined || of('trade_state') !== 'SUCCESS') return [];
    const [out_trade_no = '', transaction_id = ''] = [of('out_trade_no'), of('transaction_id')];
    return [{ out_trade_no, transaction_id, total_fee, currency: of('amount.currency') }];
  });
}

/** All of the orders, or none. */
async function bookAll(told: readonly Payment[], { orders, practice }: Bookkeeping): Promise<Booked> {
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
  const refund_fee = fen(fields['refund_fee'] ?? fields['amount.refund']);
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
  'used-transaction': 'the transaction paid another order',
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
