/** What the positive controls showed: which kinds the handler takes, and what its words are for paid and refunded. */
import { judge } from '../../../audit/judge/judge.ts';
import { isAcknowledged, isContrary } from '../../../audit/judge/verdict.ts';
import { withLearnt, type StatusWords } from '../../../audit/order-state.ts';
import type { Finding, Undecided } from '../../../audit/result.ts';
import { findingOf, seenIn, type Outcome } from './outcome.ts';
import type { ReadyCase } from './members.ts';
import { leftOut } from './plan.ts';

export interface Learnt {
  readonly words: StatusWords;
  /** Why nothing can be said of a kind. */
  readonly dead: ReadonlyMap<string, Pick<Undecided, 'why' | 'fix'>>;
  /** Controls that are findings: the endpoint was named for the kind, and there was an order. */
  readonly findings: readonly Finding[];
  readonly passed: readonly ReadyCase[];
  /** The longest that it took until something was booked, in milliseconds. */
  readonly patience: number;
}

interface Knowing {
  readonly words: StatusWords;
  readonly hasOrders: boolean;
  readonly isNamed: (kind: string) => boolean;
}

/** Learns from the controls. A status that an accepted payment leads to is the merchant's word for paid. */
export function learn(outcomes: readonly Outcome[], { words: before, hasOrders, isNamed }: Knowing): Learnt {
  const words = outcomes.reduce(withWordOf, before);
  const judged = outcomes.map((outcome) => ({ ...outcome, verdict: judge({ ...seenIn(outcome), words }) }));
  const wrong = judged.filter(
    ({ verdict, observation }) => verdict.as !== 'passed' || observation.unseen !== undefined,
  );
  const kindOf = ({ ready }: Outcome): string => ready.audited.about.kind.id;
  return {
    words,
    dead: new Map(wrong.map((outcome) => [kindOf(outcome), whyDead(outcome, hasOrders)])),
    findings: wrong.flatMap((outcome) =>
      hasOrders && isNamed(kindOf(outcome)) && isRefused(outcome) ? (findingOf(outcome) ?? []) : [],
    ),
    patience: Math.max(0, ...judged.map(({ observation }) => observation.patience)),
    passed: judged.filter(({ verdict }) => verdict.as === 'passed').map(({ ready }) => ready),
  };
}

function withWordOf(words: StatusWords, { observation, ready }: Outcome): StatusWords {
  const { before, after } = observation;
  if (!isTaken(observation) || after?.status === undefined || after.status === before?.status) return words;
  return withLearnt(words, {
    [ready.audited.about.kind.id.endsWith('refund') ? 'refunded' : 'paid']: after.status,
  });
}

function isLate({ observation }: Outcome): boolean {
  return observation.after !== undefined && isTaken(observation);
}

function isTaken({ hostile }: Outcome['observation']): boolean {
  return hostile.length > 0 && hostile.every((answer) => isAcknowledged(answer) && !isContrary(answer));
}

function isRefused({ observation: { hostile } }: Outcome): boolean {
  return (
    hostile.length > 0 &&
    hostile.some((answer) => answer.status !== null && (!isAcknowledged(answer) || isContrary(answer)))
  );
}

function whyDead(outcome: Outcome, hasOrders: boolean): Pick<Undecided, 'why' | 'fix'> {
  const { verdict, ready } = outcome;
  const { kind } = ready.audited.about;
  if (verdict.as === 'undecided') return { why: verdict.why, fix: verdict.fix };
  const { unseen } = outcome.observation;
  if (unseen !== undefined)
    return {
      why: `\`audit.order_state\` shows nothing: ${unseen}`,
      fix: 'See that it finds the order, and captures what it has.',
    };
  const says = verdict.as === 'failed' ? verdict.says : '';
  if (isLate(outcome))
    return {
      why: `an authentic ${kind.id} changes nothing that \`audit.order_state\` shows: ${says}`,
      fix: 'See whether it shows the right order, name your words in `audit.status`, or give it time: `audit.settle: 1s`.',
    };
  return {
    why: `the handler does not accept an authentic ${kind.id}: ${says}`,
    fix: hasOrders
      ? `See why: \`wxnotify send\` with the same kind, and \`wxnotify explain\`. Another URL: \`audit.endpoints\`.`
      : 'It may know no such order: configure `audit.create_order`. Another URL: `audit.endpoints`.',
  };
}

/** Cases of kinds that the handler does not take. */
export function undecidedOfDead(cases: readonly ReadyCase[], { dead }: Learnt): readonly Undecided[] {
  return cases.flatMap((ready) => {
    const why = deadReason(ready, dead);
    return why ? [leftOut(ready.audited, why)] : [];
  });
}

/** Why a case cannot be judged; `undefined` when it can. */
export function deadReason(
  { kinds }: ReadyCase,
  dead: Learnt['dead'],
): Pick<Undecided, 'why' | 'fix'> | undefined {
  return kinds.map((kind) => dead.get(kind)).find((why) => why !== undefined);
}
