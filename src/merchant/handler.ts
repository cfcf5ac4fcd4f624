/** The reference handler: what a correct `notify_url` does with a notification, in the order it must be done. */
import type { Check, Fields, KindId, V2Credentials } from '../protocol/dialect.ts';
import { v2 } from '../protocol/v2/index.ts';
import type { Booking, Orders } from './orders.ts';

/** What the handler answers, and why. */
export interface Handled {
  readonly ok: boolean;
  /** For `return_msg`, and for whoever watches. */
  readonly message: string;
  readonly checks: readonly Check[];
  readonly fields: Fields;
  readonly kind: KindId | undefined;
  readonly booking: Booking | undefined;
}

export interface Handling {
  readonly credentials: V2Credentials;
  readonly orders: Orders;
  /** Take an authentic notification of an unknown order for a new order, as `listen` must. */
  readonly adopt: boolean;
}

/** Verifies, compares with the order, books once, and says what to answer. */
export function handleNotification(body: Uint8Array, { credentials, orders, adopt }: Handling): Handled {
  const { ok, checks, fields, kind } = v2.verify(body, credentials);
  const wrong = checks.find((check) => !check.ok);
  if (!ok || !kind) {
    return { ok: false, message: wrong?.saw ?? 'not verified', checks, fields, kind, booking: undefined };
  }
  if (adopt) adoptOrder(orders, fields, kind);
  const booked = kind === 'v2/refund' ? bookRefund(fields, orders) : bookPayment(fields, orders);
  return { ...booked, checks, fields, kind };
}

type Booked = Pick<Handled, 'ok' | 'message' | 'booking'>;

/** A failed payment is acknowledged and not credited. */
function bookPayment(fields: Fields, orders: Orders): Booked {
  const { out_trade_no = '', transaction_id = '' } = fields;
  if (fields['result_code'] !== 'SUCCESS') return { ok: true, message: 'OK', booking: undefined };
  const total_fee = fen(fields['total_fee']);
  if (total_fee === undefined) return refuse('total_fee is no amount', 'wrong-amount');
  if ((fields['fee_type'] ?? 'CNY') !== 'CNY') return refuse('the order is in CNY', 'wrong-amount');
  return said(orders.pay({ out_trade_no, total_fee, transaction_id }));
}

/** Only a refund that succeeded moves money; the other states are acknowledged. */
function bookRefund(fields: Fields, orders: Orders): Booked {
  const { out_trade_no = '', out_refund_no = '', transaction_id = '', refund_status } = fields;
  if (refund_status !== 'SUCCESS') return { ok: true, message: 'OK', booking: undefined };
  const refund_fee = fen(fields['refund_fee']);
  if (refund_fee === undefined || out_refund_no === '')
    return refuse('refund_fee is no amount', 'wrong-amount');
  return said(orders.refund({ out_trade_no, out_refund_no, refund_fee, transaction_id }));
}

function adoptOrder(orders: Orders, fields: Fields, kind: KindId): void {
  const { out_trade_no, total_fee, transaction_id = '' } = fields;
  const amount = fen(total_fee);
  if (out_trade_no === undefined || amount === undefined || orders.get(out_trade_no)) return;
  orders.place(out_trade_no, amount);
  if (kind === 'v2/refund') orders.pay({ out_trade_no, total_fee: amount, transaction_id });
}

const messages: Readonly<Record<Booking, string>> = {
  done: 'OK',
  already: 'OK',
  'unknown-order': 'there is no such order',
  'wrong-amount': 'the amount is not the order’s',
  'wrong-transaction': 'the order was paid by another transaction',
  'too-much': 'more is refunded than was paid',
  'not-paid': 'the order is not paid',
};

function said(booking: Booking): Booked {
  const ok = booking === 'done' || booking === 'already';
  return { ok, message: messages[booking], booking };
}

function refuse(message: string, booking: Booking): Booked {
  return { ok: false, message, booking };
}

function fen(text: string | undefined): number | undefined {
  return text !== undefined && /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : undefined;
}
