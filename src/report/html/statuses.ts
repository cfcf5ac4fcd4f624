/** How scenarios end, in the order in which a page tells of them, and in words. */
import type { ScenarioStatus } from '../../run/events.ts';
import type { Outcome } from './collect.ts';

export interface StatusWords {
  readonly status: ScenarioStatus;
  /** What the number stands for. */
  readonly label: string;
  /** What it means. */
  readonly meaning: string;
}

/** What needs a look comes first. */
export const STATUSES: readonly StatusWords[] = [
  { status: 'failed', label: 'Failed', meaning: 'Something was not as expected.' },
  {
    status: 'undelivered',
    label: 'Undelivered',
    meaning: 'A notification got no answer, which was not expected.',
  },
  {
    status: 'flaky',
    label: 'Flaky',
    meaning: 'Passed, but not at the first attempt. What failed before is shown.',
  },
  { status: 'skipped', label: 'Skipped', meaning: 'Not run, or not to the end.' },
  { status: 'passed', label: 'Passed', meaning: 'All as expected.' },
];

/** The colours of the timeline in words, in the order of its legend. */
export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  accepted: 'acknowledged, as expected',
  refused: 'not acknowledged, as expected',
  failed: 'not as expected',
  undelivered: 'undelivered',
  interrupted: 'interrupted',
};
