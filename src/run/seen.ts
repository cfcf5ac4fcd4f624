/** What the repeats of a step were answered, all together: counts, and no list. */
import type { DeliveryFacts, Reason } from './events.ts';
import { judgeCounts } from './judge.ts';
import { createLatency } from './latency.ts';
import type { Expectation } from '../scenario/scenario.ts';

/** An answer as far as repeats are compared: `null` when there was none. */
export type SeenAnswer = Pick<DeliveryFacts, 'ack' | 'message' | 'response'>;

export interface Seen {
  readonly add: (answer: SeenAnswer, ms: number) => void;
  /** What is not as expected of all of them. */
  readonly reasons: () => readonly Reason[];
}

/** Different answers that are kept apart; more of them are told as one. */
const DISTINCT = 50;

/** Starts counting. */
export function createSeen(expectation: Expectation): Seen {
  const { consistent = false, p99_ms } = expectation;
  const acks = new Map<DeliveryFacts['ack'], number>();
  const answers = new Map<string, number>();
  const latency = p99_ms === undefined ? undefined : createLatency();
  return {
    add: (answer, ms) => {
      acks.set(answer.ack, (acks.get(answer.ack) ?? 0) + 1);
      if (answer.ack !== null) latency?.record(ms);
      if (consistent) count(answers, sayings(answer));
    },
    reasons: () => [
      ...judgeCounts(acks, expectation),
      ...judgeConsistency(answers),
      ...judgeTail(latency?.read()?.p99, p99_ms),
    ],
  };
}

function count(answers: Map<string, number>, said: string): void {
  const key = answers.size < DISTINCT || answers.has(said) ? said : 'other answers';
  answers.set(key, (answers.get(key) ?? 0) + 1);
}

/** How much of a message is told, in characters. */
const SHOWN = 60;
/** How many different answers are told. */
const TOLD = 5;

function sayings({ ack, response, message }: SeenAnswer): string {
  if (ack === null) return 'no answer';
  const status = response?.status === 200 ? '' : ` HTTP ${response?.status}`;
  const text = message.length > SHOWN ? `${message.slice(0, SHOWN)}…` : message;
  return `${ack}${status}${text === '' ? '' : ` ${JSON.stringify(text)}`}`;
}

function judgeConsistency(answers: ReadonlyMap<string, number>): readonly Reason[] {
  if (answers.size < 2) return [];
  const most = [...answers].sort(([, a], [, b]) => b - a);
  const told = most.slice(0, TOLD).map(([said, times]) => `${times} × ${said}`);
  const actual = [...told, ...(most.length > TOLD ? ['…'] : [])].join(', ');
  return [{ code: 'consistent', expected: 'the same answer to each copy', actual }];
}

function judgeTail(actual: number | undefined, expected: number | undefined): readonly Reason[] {
  if (actual === undefined || expected === undefined || actual <= expected) return [];
  return [{ code: 'p99', expected, actual }];
}
