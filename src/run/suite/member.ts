/** A scenario of a suite: what it is, and how it is made ready, again for each attempt. */
import type { Problem, Result } from '../../scenario/problem.ts';
import type { ScenarioFacts } from '../events.ts';
import type { RunnableStep } from '../sendable.ts';

export interface Member {
  /** As it is told; its seed is that of the first attempt. */
  readonly facts: Omit<ScenarioFacts, 'number'>;
  /** Nothing else runs at the same time. */
  readonly serial: boolean;
  /** Makes it ready for an attempt, from 1: each has a seed, and with it orders, of its own. */
  readonly attempt: (number: number) => Promise<Result<Attempt>>;
}

export interface Attempt {
  readonly seed: string;
  /** The command that runs it alone. */
  readonly reproduce: string;
  readonly steps: readonly RunnableStep[];
  readonly warnings: readonly Problem[];
}
