/** What the merchant's own API says of an order → whether it was credited, and how often. */
import type { StateFacts } from './result.ts';

/** The merchant's words for the states of an order. */
export interface StatusWords {
  readonly paid: readonly string[];
  readonly refunded: readonly string[];
  readonly closed: readonly string[];
}

/** What is understood unless the configuration says otherwise; case does not matter. */
export const usualWords: StatusWords = {
  paid: [
    'paid',
    'payed',
    'success',
    'succeeded',
    'pay_success',
    'trade_success',
    'completed',
    '已支付',
    '支付成功',
  ],
  refunded: ['refunded', 'refund', 'refund_success', '已退款'],
  closed: ['closed', 'cancelled', 'canceled', 'revoked', '已关闭'],
};

/** The names that an `order_state` probe may capture. */
export const STATE_NAMES = ['paid_count', 'status', 'refunded'] as const;

/** What of a probe's captures says something of the order; `undefined` when nothing does. */
export function stateOf(captured: Readonly<Record<string, string>>): StateFacts | undefined {
  const known = STATE_NAMES.flatMap((name) =>
    captured[name] === undefined ? [] : [[name, captured[name]] as const],
  );
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/**
 * How often the order was credited. With a `status` alone: 1 when it says paid or refunded, and 0 otherwise, so that
 * nobody can tell once from twice.
 */
export function credits({ paid_count, status }: StateFacts, words: StatusWords): number | undefined {
  if (paid_count !== undefined) return countOf(paid_count);
  return status === undefined ? undefined : Number(isOneOf(status, [...words.paid, ...words.refunded]));
}

/** How much was refunded, in the unit of the probe; with a `status` alone 1 or 0. */
export function refunds({ refunded, status }: StateFacts, words: StatusWords): number | undefined {
  if (refunded !== undefined) return countOf(refunded);
  return status === undefined ? undefined : Number(isOneOf(status, words.refunded));
}

/** Whether the state could tell one credit from two. */
export function countsCredits({ paid_count }: StateFacts): boolean {
  return paid_count !== undefined && isNumber(paid_count);
}

/** Whether the state could tell one refund from two. */
export function countsRefunds({ refunded }: StateFacts): boolean {
  return refunded !== undefined && isNumber(refunded);
}

/** The words, with those that a successful payment and a successful refund were seen to lead to. */
export function withLearnt(
  words: StatusWords,
  learnt: Partial<Record<keyof StatusWords, string | undefined>>,
): StatusWords {
  const add = (name: keyof StatusWords): readonly string[] => {
    const word = learnt[name];
    return word === undefined ? words[name] : [...words[name], word];
  };
  return { paid: add('paid'), refunded: add('refunded'), closed: add('closed') };
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

/** A number, or a truth value as one. */
function countOf(text: string): number | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'true') return 1;
  if (['false', 'null', ''].includes(word)) return 0;
  const number = Number(word);
  return Number.isFinite(number) ? number : undefined;
}

function isOneOf(text: string, words: readonly string[]): boolean {
  return words.some((word) => word.toLowerCase() === text.trim().toLowerCase());
}
