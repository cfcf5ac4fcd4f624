/** The reference handler: what a correct `notify_url` does with a notification, in the order it must be done. */
import type { Check, Fields, KindId, Pair } from '../protocol/dialect.ts';
import { book, isRefund, ordersIn, type Booked, type Bookkeeping } from './booking.ts';
import type { Booking, Orders } from './orders.ts';
import { signedOrder } from './product.ts';
import type { MerchantKeys, Received } from './received.ts';

/** What the handler answers, and why. */
export interface Handled {
  readonly ok: boolean;
  /** For `return_msg`, and for whoever watches. */
  readonly message: string;
  readonly checks: readonly Check[];
  readonly fields: Fields;
  readonly kind: KindId | undefined;
  readonly booking: Booking | undefined;
  /** What a call of native mode one is answered with, instead of an acknowledgement. */
  readonly order: readonly Pair[] | undefined;
}

/** What it takes to handle a notification. */
export interface Handling extends Bookkeeping {
  readonly keys: MerchantKeys;
  /** Take an authentic notification of an unknown order for a new order, as `listen` must. */
  readonly adopt: boolean;
}

/** Verifies, compares with the order, books once, and says what to answer. */
export async function handleNotification(received: Received, handling: Handling): Promise<Handled> {
  const { keys, orders, adopt, practice } = handling;
  const { ok, checks, fields, kind } = practice.verify(received, keys);
  const wrong = checks.find((check) => !check.ok);
  if (!ok || !kind) {
    const message = wrong?.saw ?? `authentic, and of a kind that is not known here${eventOf(fields)}`;
    const refused: Booked = { ok: false, message, booking: undefined };
    return { ...refused, checks, fields, kind, order: undefined };
  }
  if (adopt) adoptOrders(orders, fields, kind);
  const order = kind === 'v2/native-call' && keys.v2 ? signedOrder(keys.v2) : undefined;
  return { ...(await book(kind, fields, handling)), checks, fields, kind, order };
}

function eventOf(fields: Fields): string {
  const event = fields['envelope.event_type'];
  return event === undefined ? '' : `: ${event.slice(0, 64)}`;
}

function adoptOrders(orders: Orders, fields: Fields, kind: KindId): void {
  for (const told of ordersIn(fields, kind)) {
    if (orders.get(told.out_trade_no)) continue;
    orders.place(told.out_trade_no, told.total_fee, told.currency);
    if (isRefund(kind)) orders.credit(told);
  }
}
