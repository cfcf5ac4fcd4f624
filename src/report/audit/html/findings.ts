/** The findings, by severity: each a story with what was sent, what was answered, and what became of the order. */
import { SEVERITIES, type Finding, type Severity } from '../../../audit/result.ts';
import { count } from '../../html/amounts.ts';
import { commandWords } from '../../html/command-words.ts';
import { markup, nothing, type Html } from '../../html/markup.ts';
import { exchanges, effect } from './evidence.ts';
import { SEVERITY_STYLE } from './severities.ts';
import { sourceLink } from './source-link.ts';

/** So many are open; the others are a click away. */
const OPEN = 6;

/** A section for each severity that has findings. */
export function findingGroups(findings: readonly Finding[], verbose: boolean): readonly Html[] {
  return SEVERITIES.map((severity) => {
    const own = findings.filter((one) => one.severity === severity);
    return own.length === 0 ? nothing : group(severity, own, { verbose, areOpen: findings.length <= OPEN });
  });
}

/** Where a link to a finding leads: inside, so that a browser opens what it is in. */
export function anchorOf({ case: name }: Finding): string {
  return `case-${name.replace(/[^A-Za-z0-9-]+/g, '-')}`;
}

interface GroupOptions {
  readonly verbose: boolean;
  readonly areOpen: boolean;
}

function group(severity: Severity, findings: readonly Finding[], { verbose, areOpen }: GroupOptions): Html {
  const { label, tone, meaning } = SEVERITY_STYLE[severity];
  return markup`<section class="group" aria-labelledby="${severity}">
<h2 id="${severity}">${label} <span class="count ${tone}">${count(findings.length)}</span></h2>
<p class="hint">${meaning}</p>
${findings.map((finding, index) => story(finding, { verbose, isOpen: areOpen || index === 0 }))}</section>
`;
}

interface StoryOptions {
  readonly verbose: boolean;
  readonly isOpen: boolean;
  /** What else is to be said of it. */
  readonly note?: string;
}

/** One finding. */
export function story(finding: Finding, { verbose, isOpen, note }: StoryOptions): Html {
  const { case: name, severity, title, kind, evidence, reproduce } = finding;
  return markup`<details class="card story"${isOpen ? markup` open` : nothing}>
<summary><h3>${title}</h3><span class="badge ${SEVERITY_STYLE[severity].tone}">${severity}</span></summary>
<p class="about facts" id="${anchorOf(finding)}"><code>${name}</code> <span>${kind}</span></p>
${note === undefined ? nothing : markup`<p class="notice">${note}</p>`}${told(finding)}
${exchanges(evidence, verbose)}<p class="again">Try it alone, with the same bytes:</p>
<pre class="command">${commandWords(reproduce)}</pre>
</details>
`;
}

function told({ evidence, imitates, why, fix, source }: Finding): Html {
  const sources = source.map(
    (text, index) => markup`${index > 0 ? markup`<br>` : nothing}${sourceLink(text)}`,
  );
  const seen = markup`<div><dt>Seen</dt><dd class="got">${evidence.says}</dd></div>`;
  const rows = [
    ...effect(evidence),
    ['Imitates', markup`${imitates}`] as const,
    ['Why', markup`${why}`] as const,
    ['Fix', markup`<b>${fix}</b>`] as const,
    ...(sources.length === 0 ? [] : [['More', markup`${sources}`] as const]),
  ];
  return markup`<dl class="told">${seen}${rows.map(([term, text]) => markup`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}
