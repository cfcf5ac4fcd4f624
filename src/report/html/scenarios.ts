/** The scenarios, by how they ended: what needs a look with its whole story, the others as a table. */
import { count, duration, plural } from './amounts.ts';
import type { ScenarioRow, Suite } from './collect.ts';
import { commandWords } from './command-words.ts';
import type { ExchangeOptions } from './exchange.ts';
import { failureStory, type FailureOptions } from './failure.ts';
import { markup, nothing, type Html } from './markup.ts';
import { STATUSES, type StatusWords } from './statuses.ts';

/** So many of each group are listed. */
const LISTED = 2000;
/** As long as there are no more with a story, all of them are open. */
const OPEN = 6;
/** A table of more rows is closed. */
const SHORT = 25;

/** All groups that have scenarios. */
export function scenarioGroups({ scenarios, start }: Suite, { verbose }: ExchangeOptions): readonly Html[] {
  const withStory = scenarios.filter(({ failures }) => failures.length > 0).length;
  return STATUSES.map((words) => {
    const rows = scenarios.filter(({ status }) => status === words.status);
    if (rows.length === 0) return nothing;
    const listed = rows.slice(0, LISTED);
    const more =
      rows.length > listed.length
        ? markup`<p class="hint">${count(rows.length - listed.length)} more are not listed.</p>`
        : nothing;
    return words.status === 'passed' || words.status === 'skipped'
      ? markup`${tableGroup(words, listed, rows.length)}${more}`
      : markup`${storyGroup(words, listed, { total: rows.length, began: start.at, verbose, open: withStory <= OPEN })}${more}`;
  });
}

/** The name of a scenario, with its repetition. */
export function nameOf({ scenario: { name, repeat } }: ScenarioRow): Html {
  return markup`${name}${repeat.of > 1 ? markup` <small>${repeat.number} of ${repeat.of}</small>` : nothing}`;
}

/** Where a link to a scenario leads: inside, so that a browser opens what it is in. */
export function anchorOf({ scenario }: ScenarioRow): string {
  return `s${scenario.number}`;
}

interface StoryOptions extends FailureOptions {
  /** In the group, listed or not. */
  readonly total: number;
  readonly open: boolean;
}

function storyGroup(
  { status, label, meaning }: StatusWords,
  rows: readonly ScenarioRow[],
  options: StoryOptions,
): Html {
  return markup`<section class="group" aria-labelledby="${status}">
<h2 id="${status}">${label} <span class="count ${status}">${count(options.total)}</span></h2>
<p class="hint">${meaning}</p>
${rows.map((row, index) => story(row, { ...options, open: options.open || index === 0 }))}
</section>
`;
}

function story(row: ScenarioRow, options: StoryOptions): Html {
  const { scenario, status, failures } = row;
  const tags = scenario.tags.map((tag) => markup` <span class="tag">${tag}</span>`);
  return markup`<details class="card story ${status}"${options.open ? markup` open` : nothing}>
<summary><h3>${nameOf(row)}</h3><span class="badge ${status}">${status}</span><span class="took">${duration(row.duration_ms)}</span></summary>
<p class="about" id="${anchorOf(row)}">${scenario.summary}</p>
<p class="facts"><code>${scenario.file}:${scenario.line}</code>${row.attempts > 1 ? markup` <span>${plural(row.attempts, 'attempt')}</span>` : nothing}${tags}</p>
<p class="again">Run it alone, with the same bytes:</p>
<pre class="command">${commandWords(scenario.reproduce)}</pre>
${failures.map((group) => failureStory(group, options))}${untold(row)}</details>
`;
}

function untold({ failures_not_listed }: ScenarioRow): Html {
  if (failures_not_listed === 0) return nothing;
  return markup`<p class="hint">${plural(failures_not_listed, 'more failure')} of this scenario ${failures_not_listed === 1 ? 'is' : 'are'} not listed.</p>
`;
}

function tableGroup(
  { status, label, meaning }: StatusWords,
  rows: readonly ScenarioRow[],
  total: number,
): Html {
  const isPassed = status === 'passed';
  const cells = rows.map((row) => (isPassed ? passedRow(row) : skippedRow(row)));
  const head = isPassed
    ? markup`<th scope="col">Scenario</th><th scope="col" class="number">Sent</th><th scope="col" class="number">Took</th>`
    : markup`<th scope="col">Scenario</th><th scope="col">Why</th>`;
  return markup`<details class="card table ${status}"${total <= SHORT ? markup` open` : nothing}>
<summary><h2 id="${status}">${label} <span class="count ${status}">${count(total)}</span></h2></summary>
<p class="hint">${meaning}</p>
<table>
<thead><tr>${head}</tr></thead>
<tbody>
${cells}</tbody>
</table>
</details>
`;
}

function passedRow(row: ScenarioRow): Html {
  return markup`<tr id="${anchorOf(row)}"><th scope="row">${title(row)}</th><td class="number">${count(row.sent)}</td><td class="number">${duration(row.duration_ms)}</td></tr>
`;
}

function skippedRow(row: ScenarioRow): Html {
  return markup`<tr id="${anchorOf(row)}"><th scope="row">${title(row)}</th><td>${row.why ?? ''}</td></tr>
`;
}

function title(row: ScenarioRow): Html {
  const { summary, file, line } = row.scenario;
  return markup`${nameOf(row)}<small>${summary} <code>${file}:${line}</code></small>`;
}
