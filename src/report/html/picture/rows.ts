/** The rows of the timeline: one a scenario, as long as there are not too many. */
import type { ScenarioStatus } from '../../../run/events.ts';
import type { Mark, Outcome, ScenarioRow } from '../collect.ts';
import { barsOf, lanesOf, type Bar, type Span } from './bars.ts';

export interface Row {
  /** Empty when the row goes on with the one above. */
  readonly label: string;
  readonly status: ScenarioStatus;
  /** When the scenario ran; `null` for a row of many. */
  readonly ran: Span<'ran'> | null;
  /** Deliveries by what became of them; in a row of many, scenarios by how they ended. */
  readonly bars: readonly Bar<Outcome | ScenarioStatus>[];
  readonly many: boolean;
}

/** From when to when the suite ran, in milliseconds since 1970. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** So many rows at most have a scenario of their own. */
export const ROWS = 300;
/** Beyond that only what needs a look has one, and no more of it than this. */
const OWN = 100;
/** The others share at most so many. */
const LANES = 32;
/** What is nearer than this part of the whole cannot be told apart. */
const NEAR = 1 / 1000;

/** The period that the picture shows. */
export function periodOf(scenarios: readonly ScenarioRow[], start: number): Period {
  let [from, to] = [start, start + 1];
  for (const { at, duration_ms, marks } of scenarios.filter(({ attempts }) => attempts > 0)) {
    from = Math.min(from, at);
    to = Math.max(to, at + duration_ms);
    for (const mark of marks) {
      from = Math.min(from, mark.at);
      to = Math.max(to, mark.at + mark.ms);
    }
  }
  return { from, to };
}

/** The rows, from top to bottom. What was not run has none. */
export function rowsOf(scenarios: readonly ScenarioRow[], period: Period): readonly Row[] {
  const gap = (period.to - period.from) * NEAR;
  const ran = scenarios.filter(({ attempts }) => attempts > 0);
  if (ran.length <= ROWS) return ran.map((row) => ownRow(row, gap));
  const own = new Set(ran.filter(({ status }) => status !== 'passed').slice(0, OWN));
  const rest = ran.filter((row) => !own.has(row));
  return [...sharedRows(rest, own.size > 0, gap), ...[...own].map((row) => ownRow(row, gap))];
}

function ownRow({ scenario, status, at, duration_ms, marks }: ScenarioRow, gap: number): Row {
  const { name, repeat } = scenario;
  return {
    label: repeat.of > 1 ? `${name} ${repeat.number}/${repeat.of}` : name,
    status,
    ran: { from: at, to: at + duration_ms, sort: 'ran' },
    bars: barsOf(marks.map(spanOf), gap),
    many: false,
  };
}

function spanOf({ at, ms, outcome }: Mark): Span<Outcome> {
  return { from: at, to: at + ms, sort: outcome };
}

function sharedRows(rows: readonly ScenarioRow[], others: boolean, gap: number): readonly Row[] {
  const spans = rows.map(({ at, duration_ms, status }) => ({ from: at, to: at + duration_ms, sort: status }));
  return lanesOf<ScenarioStatus>(spans, LANES).map((lane, index) => ({
    label: index === 0 ? `${rows.length} ${others ? 'others' : 'scenarios'}` : '',
    status: 'passed',
    ran: null,
    bars: barsOf(lane, gap),
    many: true,
  }));
}
