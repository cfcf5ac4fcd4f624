/** The mistakes that the merchant makes when told to, each one of real handlers. Words only: `bad-practice.ts` makes them. */

/** What each bug does wrong. */
export const bugs = {
  'credits-twice': 'credits every authentic copy of a payment again',
  races: 'credits by what it read of the order a moment ago: copies that come at once all count',
  'refuses-copies': 'answers FAIL to a copy of a payment that it has credited',
  'credits-again-after-refund': 'credits a payment again when its notification comes after the full refund',
  'credits-closed': 'credits a payment for an order that was closed, and opens the order again',
  'credits-failures': 'credits a payment although its result_code is FAIL, or its trade_state is not SUCCESS',
  'forgets-amount': 'does not compare total_fee, or amount.total, with the order',
  'forgets-currency': 'does not compare fee_type, or amount.currency, with the order',
  'forgets-transaction': 'takes a second transaction for a paid order for a copy, and answers SUCCESS',
  'forgets-signature': 'does not verify the signature',
  'forgets-timestamp':
    'does not look at the timestamp of API v3: what was recorded once can be sent for ever',
  'refunds-twice': 'books every copy of a refund again',
  'refunds-too-much': 'does not add partial refunds up: more goes back than was paid',
  'refunds-failures': 'books a refund although its refund_status is not SUCCESS',
  'loses-early-refund': 'answers SUCCESS to a refund that comes before its payment, and forgets it',
} as const;

/** A bug's name, as `--bug` takes it. */
export type BugName = keyof typeof bugs;

/** Whether there is such a bug. */
export function isBug(name: string): name is BugName {
  return Object.hasOwn(bugs, name);
}
