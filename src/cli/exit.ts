/** The only place that decides an exit status. */
import type { RunEvent, SuiteEvent } from '../run/events.ts';
import type { Ending } from './context.ts';

/**
 * 0: all expectations met. 1: one was not. 2: usage, configuration or scenario is wrong, and nothing was sent.
 * 3: something could not be delivered, and that was not expected. 130: interrupted.
 */
export type ExitStatus = 0 | 1 | 2 | 3 | 130;

/** The status of what was interrupted. */
export const INTERRUPTED: ExitStatus = 130;

/** The status of a command that ended so. Not delivered outranks not as expected: there was nothing to judge. */
export function exitStatus(ending: Ending): ExitStatus {
  switch (ending.as) {
    case 'done':
      return 0;
    case 'problems':
      return ending.problems.some(({ code }) => code === 'interrupted') ? INTERRUPTED : 2;
    case 'ran':
      if (ending.interrupted) return INTERRUPTED;
      if (ending.undelivered) return 3;
      return ending.failed ? 1 : 0;
  }
}

/** Follows runs and says how they ended, all together. */
export function createVerdict(): { add: (event: RunEvent) => void; ending: () => Ending } {
  let failed = false;
  let undelivered = false;
  let interrupted = false;
  return {
    add: (event) => {
      if (event.type === 'run-end') interrupted ||= event.interrupted;
      if (event.type !== 'delivery' && event.type !== 'exchange' && event.type !== 'step-end') return;
      failed ||= event.reasons.length > 0;
      undelivered ||= event.reasons.some(({ code }) => code === 'undelivered' || code === 'unsent');
    },
    ending: () => ({ as: 'ran', failed, undelivered, interrupted }),
  };
}

/** Follows a suite and says how it ended: what counts of a scenario is its last attempt. */
export function createSuiteVerdict(): { add: (event: SuiteEvent) => void; ending: () => Ending } {
  let failed = false;
  let undelivered = false;
  let interrupted = false;
  return {
    add: (event) => {
      if (event.type === 'scenario-end') undelivered ||= event.result.status === 'undelivered';
      if (event.type !== 'suite-end') return;
      failed = event.summary.failed > 0;
      undelivered ||= event.down !== null;
      ({ interrupted } = event);
    },
    ending: () => ({ as: 'ran', failed, undelivered, interrupted }),
  };
}
