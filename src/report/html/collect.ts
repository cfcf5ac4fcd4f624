/** What a page needs of a suite, gathered event by event: of what passed no more than times and outcomes. */
import type {
  DeliveryFacts,
  Problem,
  Reason,
  RunEvent,
  ScenarioFacts,
  ScenarioResult,
  SuiteEnd,
  SuiteEvent,
  SuiteStart,
} from '../../run/events.ts';
import { createRoom, groupFailures, type FailureGroup, type Room } from './keep.ts';
import { createBuckets, type Buckets } from './picture/buckets.ts';

/** A suite, as a page tells it. */
export interface Suite {
  readonly start: SuiteStart;
  readonly end: SuiteEnd;
  /** In the order in which they were told. */
  readonly scenarios: readonly ScenarioRow[];
  /** How long the deliveries took that were told one by one. */
  readonly buckets: Buckets;
  /** How often each warning was given. */
  readonly warnings: ReadonlyMap<string, WarningCount>;
}

export interface WarningCount {
  readonly problem: Problem;
  readonly times: number;
}

/** A scenario that ended. */
export interface ScenarioRow extends Pick<
  ScenarioResult,
  'scenario' | 'status' | 'why' | 'attempts' | 'at' | 'duration_ms' | 'failures_not_listed'
> {
  /** How many deliveries it sent in its last attempt. */
  readonly sent: number;
  readonly failures: readonly FailureGroup[];
  /** The deliveries that were told one by one, of all attempts. */
  readonly marks: readonly Mark[];
}

/** A delivery as a mark in the timeline. */
export interface Mark {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ms: number;
  readonly outcome: Outcome;
}

/** What became of a delivery; `refused` is what was expected not to be acknowledged, and was not. */
export type Outcome = 'accepted' | 'refused' | 'failed' | 'undelivered' | 'interrupted';

/** So many different warnings are told. */
const WARNINGS = 50;

/** Takes the events of a suite; gives it back whole with the last one. */
export function createCollector(): (event: SuiteEvent) => Suite | null {
  const scenarios: ScenarioRow[] = [];
  const buckets = createBuckets();
  const warnings = new Map<string, WarningCount>();
  const room = createRoom();
  let start: SuiteStart | null = null;
  let marks: Mark[] = [];
  const warn = (problem: Problem, scenario?: ScenarioFacts): void => {
    const key = `${problem.code} ${problem.message}`;
    const known = warnings.get(key);
    if (!known && warnings.size >= WARNINGS) return;
    const message = scenario && !known ? `${scenario.name}: ${problem.message}` : problem.message;
    warnings.set(key, {
      problem: known?.problem ?? { ...problem, message },
      times: (known?.times ?? 0) + 1,
    });
  };
  const tell = (event: RunEvent, scenario: ScenarioFacts): void => {
    if (event.type === 'warning') warn(event.problem, scenario);
    if (event.type !== 'delivery') return;
    const { delivery, reasons } = event;
    marks.push({ at: delivery.at, ms: delivery.duration_ms, outcome: outcomeOf(delivery, reasons) });
    if (delivery.ack !== null) buckets.add(delivery.duration_ms);
  };
  return (event) => {
    switch (event.type) {
      case 'suite-start':
        start = event;
        return null;
      case 'suite-warning':
        warn(event.problem);
        return null;
      case 'scenario-start':
        marks = [];
        return null;
      case 'scenario-event':
        tell(event.event, event.scenario);
        return null;
      case 'scenario-end':
        scenarios.push(rowOf(event.result, marks, room));
        marks = [];
        return null;
      case 'suite-end':
        return start && { start, end: event, scenarios, buckets, warnings };
    }
  };
}

function rowOf(result: ScenarioResult, marks: readonly Mark[], room: Room): ScenarioRow {
  const { scenario, status, why, attempts, at, duration_ms, failures_not_listed, summary } = result;
  return {
    scenario,
    status,
    why,
    attempts,
    at,
    duration_ms,
    failures_not_listed,
    sent: summary?.sent ?? 0,
    failures: groupFailures(result.failures, room),
    marks,
  };
}

function outcomeOf({ ack, error }: DeliveryFacts, reasons: readonly Reason[]): Outcome {
  if (error?.cause === 'aborted') return 'interrupted';
  if (reasons.length === 0) return ack === 'SUCCESS' ? 'accepted' : 'refused';
  return ack === null ? 'undelivered' : 'failed';
}
