/** How a suite ended, for documents: what its exit status will be, by the rules of docs/reporters.md. */
import type { ScenarioResult, SuiteEnd } from '../../run/events.ts';
import { summaryJson } from '../json.ts';

/** Follows the scenarios, and says how the suite ended. */
export interface Ending {
  readonly add: (result: ScenarioResult) => void;
  readonly document: (end: SuiteEnd) => EndingJson;
}

export interface EndingJson {
  readonly ok: boolean;
  readonly exit: number;
  readonly interrupted: boolean;
  readonly down: SuiteEnd['down'];
  readonly summary: object;
}

/** Starts following. */
export function createEnding(): Ending {
  let undelivered = false;
  return {
    add: ({ status }) => {
      undelivered ||= status === 'undelivered';
    },
    document: (end) => {
      const exit = exitOf(end, undelivered);
      return {
        ok: exit === 0,
        exit,
        interrupted: end.interrupted,
        down: end.down,
        summary: summaryJson(end.summary),
      };
    },
  };
}

/** Not delivered outranks not as expected: there was nothing to judge. */
function exitOf({ interrupted, down, summary }: SuiteEnd, undelivered: boolean): number {
  if (interrupted) return 130;
  if (down || undelivered) return 3;
  return summary.failed > 0 ? 1 : 0;
}
