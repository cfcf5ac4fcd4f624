/** What judges take and give. */
import { refusesInWords } from '../../protocol/v3/ack.ts';
import type { AuditBlock } from '../../scenario/schema/schema-audit.ts';
import type { Observation } from '../observe.ts';
import type { StatusWords } from '../order-state.ts';
import type { AnswerFacts, Severity } from '../result.ts';

/** Whether the handler stood a case. */
export type Verdict =
  | { readonly as: 'passed' }
  | {
      readonly as: 'failed';
      readonly severity: Severity;
      readonly says: string;
      /** The server is gone: then that is the finding, and not what the case looks for. */
      readonly isGone?: true;
    }
  | { readonly as: 'undecided'; readonly why: string; readonly fix: string };

export interface Seen {
  readonly block: AuditBlock;
  readonly observation: Observation;
  readonly words: StatusWords;
  /** Whether the case is about money that goes back: then what is looked at is what was refunded. */
  readonly isRefund: boolean;
  /** Copies that arrive at the same instant may be refused, as long as one is not. */
  readonly isRace: boolean;
}

export type Judge = (seen: Seen) => Verdict;

export const passed: Verdict = { as: 'passed' };

/** The handler did what it must not, and was seen doing it. */
export function failed(severity: Severity, says: string): Verdict {
  return { as: 'failed', severity, says };
}

/** It cannot be said. */
export function undecided(why: string, fix: string): Verdict {
  return { as: 'undecided', why, fix };
}

/** Nobody could see what became of the order. */
export function unseen({ observation: { unseen: wrong, after }, isRefund }: Seen): Verdict {
  if (wrong !== undefined)
    return undecided(`one cannot see what became of the order: ${wrong}`, 'Look at `audit.order_state`.');
  if (!after)
    return undecided(
      'the answer alone does not show what became of the order',
      'Configure `audit.create_order` and `audit.order_state`, so that one can look.',
    );
  return isRefund
    ? undecided('a status does not show how much was refunded', 'Let `audit.order_state` capture `refunded`.')
    : undecided(
        'a status does not show how often an order was credited',
        'Let `audit.order_state` capture `paid_count`.',
      );
}

export function isAcknowledged({ ack }: AnswerFacts): boolean {
  return ack === 'SUCCESS';
}

/** Whether an answer acknowledges by its status, and refuses in its body: the platform goes by the status. */
export function isContrary(answer: AnswerFacts): boolean {
  return isAcknowledged(answer) && refusesInWords(answer.body);
}

/** The acknowledged one of these that tells the most. */
export function acknowledgedOf(answers: readonly AnswerFacts[]): AnswerFacts | undefined {
  const acknowledged = answers.filter(isAcknowledged);
  return acknowledged.find((answer) => !isContrary(answer)) ?? acknowledged[0];
}

/** The notifications that were not as the platform sends them; all, when all were. */
export function hostileOnes({ observation: { hostile } }: Seen): readonly AnswerFacts[] {
  const forged = hostile.filter(({ authentic }) => !authentic);
  return forged.length > 0 ? forged : hostile;
}
