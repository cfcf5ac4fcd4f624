/** The top of the page: the verdict, the numbers, what was wrong in a line each, and when, where and how it ran. */
import type { ScenarioStatus } from '../../run/events.ts';
import { sentence } from '../words.ts';
import { count, duration, moment, percent, plural } from './amounts.ts';
import type { ScenarioRow, Suite } from './collect.ts';
import { markup, nothing, type Html, type Piece } from './markup.ts';
import { anchorOf, nameOf } from './scenarios.ts';
import { STATUSES } from './statuses.ts';

/** So many failures are told in a line. */
const BRIEF = 5;
/** No part of the bar is narrower, or it could not be seen. */
const VISIBLE = 0.006;

/** How the suite ended, in a sentence. */
export function verdict({ scenarios, end }: Suite): string {
  const of = scenarios.length;
  const bad = scenarios.filter(({ status }) => isBad(status)).length;
  const skipped = scenarios.filter(({ status }) => status === 'skipped').length;
  if (end.down) return 'The target is down';
  if (bad > 0) return `${count(bad)} of ${plural(of, 'scenario')} failed`;
  if (end.interrupted) return 'Interrupted';
  if (of === 0) return 'No scenario was run';
  if (skipped === of) return 'All scenarios were skipped';
  if (skipped > 0) return `${count(of - skipped)} of ${plural(of, 'scenario')} passed`;
  return of === 1 ? 'The scenario passed' : `All ${count(of)} scenarios passed`;
}

/** The colour of the verdict. */
export function tone({ scenarios, end }: Suite): 'failed' | 'flaky' | 'passed' {
  if (end.down || scenarios.some(({ status }) => isBad(status))) return 'failed';
  const clean = scenarios.length > 0 && scenarios.every(({ status }) => status === 'passed');
  return clean && !end.interrupted ? 'passed' : 'flaky';
}

/** The top of the page. */
export function totals(suite: Suite, version: string): Html {
  return markup`<header class="card top ${tone(suite)}">
<p class="brand">wxnotify run</p>
<h1>${verdict(suite)}</h1>
${notices(suite)}${numbers(suite)}
${brief(suite)}${facts(suite, version)}
</header>
`;
}

function isBad(status: ScenarioStatus): boolean {
  return status === 'failed' || status === 'undelivered';
}

function notices({ start, end, warnings }: Suite): Html {
  const notice = (text: string): Html => markup`<p class="notice">${text}</p>
`;
  const told = [...warnings.values()].map(({ problem: { message, fix }, times }) =>
    notice(`${message}${times > 1 ? ` (${count(times)} times)` : ''}. ${fix}`),
  );
  return markup`${end.down && notice(`${end.down.target} could not be connected to: ${end.down.detail}`)}${
    end.interrupted ? notice('The run was interrupted: this is what was done until then.') : nothing
  }${start.insecure ? notice('TLS certificates were not verified (--insecure).') : nothing}${told}`;
}

/** A bar, and a number for each way to end; the numbers lead to the scenarios. */
function numbers({ scenarios }: Suite): Html {
  const counted = STATUSES.map((words) => ({
    ...words,
    value: scenarios.filter(({ status }) => status === words.status).length,
  }));
  const order = [...counted].reverse();
  const text = order.map(({ label, value }) => `${count(value)} ${label.toLowerCase()}`).join(', ');
  const tiles = order.map(({ status, label, value }) => {
    const inside = markup`<b>${count(value)}</b> ${label.toLowerCase()}`;
    return value > 0
      ? markup`<li class="${status}"><a href="#${status}">${inside}</a></li>`
      : markup`<li class="none">${inside}</li>`;
  });
  return markup`${bar(order, scenarios.length, text)}
<ul class="tiles">${tiles}</ul>`;
}

interface Counted {
  readonly status: ScenarioStatus;
  readonly value: number;
}

function bar(counted: readonly Counted[], total: number, text: string): Html {
  const there = counted.filter(({ value }) => value > 0);
  const widths = there.map(({ value }) => Math.max(VISIBLE, value / Math.max(1, total)));
  const whole = widths.reduce((a, b) => a + b, 0);
  let x = 0;
  const parts = there.map(({ status }, index) => {
    const width = (widths[index] ?? 0) / whole;
    const part = markup`<rect class="${status}" x="${percent(x)}" width="${percent(width)}" height="14"/>`;
    x += width;
    return part;
  });
  return markup`<svg class="bar" width="100%" height="14" role="img" aria-label="${text}">${parts}</svg>`;
}

/** What was wrong, in a line each. */
function brief({ scenarios }: Suite): Html {
  const bad = scenarios.filter(({ status }) => isBad(status));
  if (bad.length === 0) return nothing;
  const lines = bad.slice(0, BRIEF).map(
    (row) => markup`<li><a href="#${anchorOf(row)}">${nameOf(row)}</a> ${why(row)}</li>
`,
  );
  const more = bad.length - lines.length;
  return markup`<ul class="brief">
${lines}${more > 0 ? markup`<li class="hint">and ${count(more)} more</li>` : nothing}</ul>
`;
}

function why({ failures }: ScenarioRow): string {
  const reason = failures[0]?.failure.reasons[0];
  if (!reason) return '';
  const text = sentence(reason).replace(/\s+/g, ' ');
  return text.length > 140 ? `${text.slice(0, 139)}…` : text;
}

function facts({ start, end: { summary } }: Suite, version: string): Html {
  const acks = Object.entries(summary.acks)
    .sort(([, a], [, b]) => b - a)
    .map(([ack, times]) => `${count(times)} ${ack}`);
  const undelivered = summary.undelivered > 0 ? [`${count(summary.undelivered)} undelivered`] : [];
  const shown: Readonly<Record<string, Piece>> = {
    Target: start.target === '' ? null : markup`<code>${start.target}</code>`,
    Started: markup`<time datetime="${new Date(start.at).toISOString()}">${moment(start.at)}</time>`,
    Took: duration(summary.duration_ms),
    Sent: [plural(summary.sent, 'delivery', 'deliveries'), [...acks, ...undelivered].join(', ')]
      .filter((text) => text !== '')
      .join(': '),
    Seed: markup`<code>${start.seed}</code>`,
    'At once': plural(start.workers, 'scenario'),
    Part: start.shard,
    Version: `wxnotify ${version}`,
  };
  const pairs = Object.entries(shown).filter(([, value]) => value !== null);
  return markup`<dl class="facts-list">${pairs.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
