/** When each delivery was sent and how long it took: a picture with a row a scenario. */
import type { ScenarioStatus } from '../../../run/events.ts';
import { count, duration, percent, plural } from '../amounts.ts';
import type { Outcome, ScenarioRow, Suite } from '../collect.ts';
import { markup, nothing, type Html } from '../markup.ts';
import { OUTCOMES } from '../statuses.ts';
import { ticks } from './axis.ts';
import type { Bar } from './bars.ts';
import { periodOf, ROWS, rowsOf, type Period, type Row } from './rows.ts';

/** About so many marks on the axis; a narrow screen hides every other. */
const TICKS = 8;

/** The section with the picture. */
export function timeline({ start, end, scenarios }: Suite): Html {
  const period = periodOf(scenarios, start.at);
  const rows = rowsOf(scenarios, period);
  if (rows.length === 0) return nothing;
  const shown = scenarios.reduce((sum, { marks }) => sum + marks.length, 0);
  return markup`<section class="card" aria-labelledby="timeline">
<h2 id="timeline">Timeline</h2>
<p class="hint">${hint(rows, shown, end.summary.sent)}</p>
${legend(scenarios)}
<div class="scroll" tabindex="0" role="region" aria-label="Timeline, scrollable">
${axis(period)}
${picture(rows, period, { scenarios: scenarios.length, shown })}
</div>
</section>
`;
}

function hint(rows: readonly Row[], shown: number, sent: number): string {
  const many = rows.some((row) => row.many)
    ? ` With more than ${count(ROWS)} scenarios only what needs a look has a row of its own; the others share rows, a bar a scenario in the colour of how it ended.`
    : '';
  const rest = sent - shown;
  const untold =
    rest > 0
      ? ` Of long steps only the first are drawn; ${plural(rest, 'more delivery was', 'more deliveries were')} only counted.`
      : '';
  return `A row a scenario, a bar a delivery, from when it was sent to when it was answered.${many}${untold}`;
}

/** What the colours mean: those that are there. */
function legend(scenarios: readonly ScenarioRow[]): Html {
  const counts = new Map<Outcome, number>();
  for (const { outcome } of scenarios.flatMap(({ marks }) => marks)) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const entries = (Object.keys(OUTCOMES) as Outcome[]).filter((outcome) => counts.has(outcome));
  const items = entries.map(
    (outcome) =>
      markup`<li><svg class="key" width="12" height="12" aria-hidden="true"><rect class="${outcome}" width="12" height="12" rx="3"/></svg>${OUTCOMES[outcome]} <b>${count(counts.get(outcome) ?? 0)}</b></li>`,
  );
  return markup`<ul class="legend">${items}</ul>`;
}

/** Stays in sight while the rows scroll. */
function axis({ from, to }: Period): Html {
  const marks = ticks(to - from, TICKS).map((at) => {
    const place = at / (to - from);
    const anchor = place < 0.05 ? 'start' : place > 0.93 ? 'end' : 'middle';
    return markup`<text x="${percent(place)}" y="14" text-anchor="${anchor}">${at === 0 ? '0' : duration(at)}</text>`;
  });
  return markup`<svg class="axis" width="100%" height="22" aria-hidden="true"><svg class="plot" x="30%" width="69%" height="22">${marks}</svg></svg>`;
}

interface Told {
  readonly scenarios: number;
  readonly shown: number;
}

function picture(rows: readonly Row[], period: Period, told: Told): Html {
  const size = rows.length <= 40 ? 22 : rows.length <= 120 ? 16 : 12;
  const height = rows.length * size + 4;
  const grid = ticks(period.to - period.from, TICKS).map((at) => {
    const x = percent(at / (period.to - period.from));
    return markup`<line x1="${x}" x2="${x}" y1="0" y2="${height}"/>`;
  });
  const labels = rows.map((row, index) => label(row, index * size + size * 0.7));
  const plots = rows.map((row, index) => plot(row, period, { top: index * size, size }));
  return markup`<svg class="timeline rows${size}" width="100%" height="${height}" role="img" aria-labelledby="timeline-title timeline-text">
<title id="timeline-title">Timeline of the deliveries</title>
<desc id="timeline-text">${description(rows, period, told)}</desc>
<svg class="labels" width="29%" height="${height}">${labels}</svg>
<svg class="plot" x="30%" width="69%" height="${height}"><g class="grid">${grid}</g>
${plots}</svg></svg>`;
}

function description(rows: readonly Row[], { from, to }: Period, { scenarios, shown }: Told): string {
  const bad = rows
    .filter(({ status, many }) => !many && status !== 'passed' && status !== 'skipped')
    .map((row) => row.label);
  const names = bad.slice(0, 10).join(', ');
  const more = bad.length > 10 ? ` and ${bad.length - 10} more` : '';
  const last = bad.length === 0 ? 'All rows are as expected.' : `Not as expected: ${names}${more}.`;
  return `${plural(shown, 'delivery', 'deliveries')} of ${plural(scenarios, 'scenario')} in ${duration(to - from)}. ${last}`;
}

/** A long name is cut in the middle: its end tells rows of a matrix apart. Two lengths, for wide and narrow screens. */
function label({ label: name, status }: Row, y: number): Html {
  if (name === '') return nothing;
  const text = (most: number, width: string): Html =>
    markup`<text class="${width} ${status}" y="${y}">${middle(name, most)}</text>`;
  return markup`${text(32, 'wide')}${text(14, 'narrow')}`;
}

function middle(text: string, most: number): string {
  const characters = Array.from(text);
  if (characters.length <= most) return text;
  const half = (most - 1) / 2;
  return [...characters.slice(0, Math.ceil(half)), '…', ...characters.slice(-Math.floor(half))].join('');
}

interface Place {
  readonly top: number;
  readonly size: number;
}

function plot(row: Row, period: Period, { top, size }: Place): Html {
  const ran = row.ran && rect(row.ran, period, { top: top + size / 2 - 1, size: 2 });
  const bars = [...row.bars].sort((a, b) => Number(isBad(a)) - Number(isBad(b))); // what needs a look is on top
  const drawn = bars.map((bar) => {
    const inset = isBad(bar) ? 1.5 : size * 0.25;
    const shape = rect(bar, period, { top: top + inset, size: size - 2 * inset });
    return markup`<rect class="${bar.sort}" ${shape}><title>${tooltip(row, bar, period)}</title></rect>`;
  });
  return markup`${ran && markup`<rect class="ran" ${ran}/>`}${drawn}
`;
}

function isBad({ sort }: Bar<Outcome | ScenarioStatus>): boolean {
  return sort === 'failed' || sort === 'undelivered' || sort === 'flaky';
}

function rect({ from, to }: Period, period: Period, { top, size }: Place): Html {
  const span = period.to - period.from;
  const x = percent((from - period.from) / span);
  return markup`x="${x}" y="${top}" width="${percent((to - from) / span)}" height="${size}"`;
}

function tooltip(row: Row, bar: Bar<Outcome | ScenarioStatus>, period: Period): string {
  const words = row.many ? bar.sort : OUTCOMES[bar.sort as Outcome];
  const what = row.many
    ? plural(bar.count, 'scenario')
    : bar.count === 1
      ? row.label
      : `${row.label}: ${bar.count} deliveries`;
  return `${what}: ${words}, at ${duration(bar.from - period.from)}, took ${duration(bar.to - bar.from)}`;
}
