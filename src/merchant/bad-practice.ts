/** The bugs, each as what it does otherwise than a correct merchant. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Check } from '../protocol/dialect.ts';
import type { BugName } from './bugs.ts';
import type { Objection } from './orders.ts';
import { soundPractice, type Practice } from './practice.ts';
import type { PaymentRules, RefundRules, Rule } from './rules.ts';

/** The practice of a merchant with these bugs. */
export function practiceWith(bugs: ReadonlySet<BugName>): Practice {
  return [...bugs].reduce<Practice>(
    (practice, bug) => ({ ...practice, ...deviations[bug](practice) }),
    soundPractice,
  );
}

/** What a bug changes of a practice, which may have other bugs already. */
type Deviation = (before: Practice) => Partial<Practice>;

const deviations: Readonly<Record<BugName, Deviation>> = {
  'credits-twice': payment(() => ({ copy: never })),
  races: () => ({
    pay: async (orders, payment) => {
      const seen = orders.objection(payment);
      await sleep(DATABASE_MS);
      return seen ?? orders.credit(payment);
    },
  }),
  'refuses-copies': payment(({ copy }) => ({ copy: saying('paid-already', copy) })),
  'credits-again-after-refund': payment(({ copy }) => ({
    copy: (order, told) => (order.state === 'PAID' ? copy(order, told) : undefined),
  })),
  'credits-closed': payment(() => ({ closed: never })),
  'credits-failures': () => ({ isPaid: () => true }),
  'forgets-amount': payment(() => ({ amount: never })),
  'forgets-currency': payment(() => ({ currency: never })),
  'forgets-transaction': payment(({ transaction }) => ({ transaction: saying('already', transaction) })),
  'forgets-signature': unchecked('sign'),
  'forgets-timestamp': unchecked('timestamp'),
  'refunds-twice': refund(({ copy, total }) => ({
    copy: never,
    total: (order, told) => (copy(order, told) === undefined ? total(order, told) : undefined),
  })),
  'refunds-too-much': refund(() => ({ total: never })),
  'refunds-failures': () => ({ isRefunded: () => true }),
  'loses-early-refund': refund(({ paid }) => ({ paid: saying('lost', paid) })),
};

/** Long enough that copies sent at once all arrive before the first is credited. */
const DATABASE_MS = 25;

function payment(change: (before: PaymentRules) => Partial<PaymentRules>): Deviation {
  return ({ rules }) => ({ rules: { ...rules, payment: { ...rules.payment, ...change(rules.payment) } } });
}

function refund(change: (before: RefundRules) => Partial<RefundRules>): Deviation {
  return ({ rules }) => ({ rules: { ...rules, refund: { ...rules.refund, ...change(rules.refund) } } });
}

/** The place of a rule that was forgotten. */
function never(): undefined {
  return undefined;
}

/** Objects when the rule does, and says something else. */
function saying<Told>(objection: Objection, rule: Rule<Told>): Rule<Told> {
  return (order, told) => (rule(order, told) === undefined ? undefined : objection);
}

/** A step of the verification that was forgotten. */
function unchecked(step: Check['step']): Deviation {
  return ({ verify }) => ({
    verify: (received, keys) => {
      const { checks, ...verification } = verify(received, keys);
      const done = checks.filter((check) => check.step !== step);
      return { ...verification, checks: done, ok: done.every(({ ok }) => ok) };
    },
  });
}
