/** The stories of all that went wrong, told at the end: what is wrong in the same way with many is told in full a few times. */
import type { ScenarioResult } from '../../run/events.ts';
import { failureText, shortFailureText, sortOf, type FailureTextOptions } from './failure-text.ts';

export interface Stories {
  readonly add: (result: ScenarioResult) => void;
  readonly count: () => number;
  /** All of them, with a blank line after each. */
  readonly text: () => string;
}

/** So many that are alike are told in full; with a wrong key, everything is. */
const TOLD = 3;

/** Starts collecting; what is told is written at once, so that answers are not kept. */
export function createStories(options: FailureTextOptions): Stories {
  const texts: string[] = [];
  const seen = new Map<string, number>();
  return {
    add: (result) => {
      if (result.failures.length === 0) return;
      const sort = sortOf(result);
      const before = seen.get(sort) ?? 0;
      seen.set(sort, before + 1);
      const isTold = options.verbose || before < TOLD;
      texts.push(isTold ? failureText(result, options) : shortFailureText(result, options));
    },
    count: () => texts.length,
    text: () => texts.map((text) => `${text}\n`).join(''),
  };
}
