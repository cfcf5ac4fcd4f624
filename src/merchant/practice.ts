/** How the merchant goes about it: the steps at which real ones go wrong, each done right. */
import type { Fields, Verification } from '../protocol/dialect.ts';
import type { Booking, Orders, Payment } from './orders.ts';
import { verifyReceived, type MerchantKeys, type Received } from './received.ts';
import { soundRules, type Rules } from './rules.ts';

/** What a bug replaces a part of. */
export interface Practice {
  readonly verify: (received: Received, keys: MerchantKeys) => Verification;
  /** Whether an authentic payment notification says that money was paid. */
  readonly isPaid: (fields: Fields) => boolean;
  /** Whether an authentic refund notification says that money went back. */
  readonly isRefunded: (fields: Fields) => boolean;
  /** What is asked before anything is booked. */
  readonly rules: Rules;
  /** Asks and credits. */
  readonly pay: (orders: Orders, payment: Payment) => Booking | Promise<Booking>;
}

/** A correct merchant's. */
export const soundPractice: Practice = {
  verify: verifyReceived,
  isPaid: ({ result_code, trade_state }) => (result_code ?? trade_state) === 'SUCCESS',
  isRefunded: ({ refund_status }) => refund_status === 'SUCCESS',
  rules: soundRules,
  pay: (orders, payment) => orders.pay(payment),
};
