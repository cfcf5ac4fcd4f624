/** The top of the page: the verdict, the numbers, what was wrong in a line each, and when, where and how it ran. */
import type { ScenarioStatus } from '../../run/events.ts';
import { sentence } from '../words.ts';
import { count, duration, moment, plural } from './amounts.ts';
import type { ScenarioRow, Suite } from './collect.ts';
import type { Tone } from './document.ts';
import { markup, nothing, type Html } from './markup.ts';
import { anchorOf, nameOf } from './scenarios.ts';
import { STATUSES } from './statuses.ts';
import { factsList, tally } from './tally.ts';

/** So many failures are told in a line. */
const BRIEF = 5;

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
export function tone({ scenarios, end }: Suite): Tone {
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

/** A number for each way to end; the numbers lead to the scenarios. */
function numbers({ scenarios }: Suite): Html {
  const counted = STATUSES.map(({ status, label }) => ({
    anchor: status,
    tone: status,
    label,
    value: scenarios.filter((one) => one.status === status).length,
  }));
  return tally([...counted].reverse());
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
  return factsList({
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
  });
}
