/** What is no finding: undecided cases by their reason, accepted ones, and those that were stood. */
import type { AuditResult, Undecided } from '../../../audit/result.ts';
import { count } from '../../html/amounts.ts';
import { markup, nothing, type Html } from '../../html/markup.ts';
import { groupsOf } from '../undecided-groups.ts';
import { story } from './findings.ts';

/** A table of more rows is closed. */
const SHORT = 25;

/** Undecided cases: those of one reason together, with what to configure. */
export function undecidedGroup({ undecided }: AuditResult): Html {
  if (undecided.length === 0) return nothing;
  return markup`<section class="group" aria-labelledby="undecided">
<h2 id="undecided">Not decided <span class="count undelivered">${count(undecided.length)}</span></h2>
<p class="hint">Nothing can be said of these. They are neither passed nor failed.</p>
${groupsOf(undecided).map(reason)}</section>
`;
}

function reason(cases: readonly [Undecided, ...Undecided[]]): Html {
  const [{ why, fix }] = cases;
  const rows = cases.map(
    (one) => markup`<tr><th scope="row">${one.case}</th><td>${one.title}</td></tr>
`,
  );
  return markup`<details class="card story"${cases.length <= SHORT ? markup` open` : nothing}>
<summary><h3>${why}</h3><span class="badge undelivered">${count(cases.length)}</span></summary>
<p>${fix}</p>
<table>
<thead><tr><th scope="col">Case</th><th scope="col">What it would show</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</details>
`;
}

/** What somebody accepted, with the reason. */
export function acceptedGroup({ accepted }: AuditResult, verbose: boolean): Html {
  if (accepted.length === 0) return nothing;
  const stories = accepted.map((finding) =>
    story(finding, {
      verbose,
      isOpen: false,
      note: `Accepted until ${finding.expires}: ${finding.reason}`,
    }),
  );
  return markup`<section class="group" aria-labelledby="accepted">
<h2 id="accepted">Accepted <span class="count skipped">${count(accepted.length)}</span></h2>
<p class="hint">Findings that the baseline accepts. They do not fail the audit.</p>
${stories}</section>
`;
}

/** What was stood. */
export function passedGroup({ passed }: AuditResult): Html {
  if (passed.length === 0) return nothing;
  const rows = passed.map(
    (one) => markup`<tr><th scope="row">${one.case}<small>${one.summary}</small></th><td>${one.kind}</td></tr>
`,
  );
  return markup`<details class="card table"${passed.length <= SHORT ? markup` open` : nothing}>
<summary><h2 id="passed">Passed <span class="count passed">${count(passed.length)}</span></h2></summary>
<p class="hint">The handler did what it should.</p>
<table>
<thead><tr><th scope="col">Case</th><th scope="col">Kind</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</details>
`;
}
