/** The top of the page: the verdict, the numbers, the worst findings in a line each, and what was audited with what. */
import { SEVERITIES, type AuditResult } from '../../../audit/result.ts';
import { count, duration, plural } from '../../html/amounts.ts';
import type { Tone } from '../../html/document.ts';
import { markup, nothing, type Html } from '../../html/markup.ts';
import { factsList, tally, type Counted } from '../../html/tally.ts';
import type { AuditReportOptions } from '../report.ts';
import { verdictText } from '../verdict-text.ts';
import { anchorOf } from './findings.ts';
import { SEVERITY_STYLE } from './severities.ts';

/** So many findings are told in a line. */
const BRIEF = 5;

/** Findings that let the command pass are no alarm. */
export function toneOf({ findings, undecided, interrupted }: AuditResult, exit: number): Tone {
  if (exit !== 0) return 'failed';
  return findings.length + undecided.length > 0 || interrupted ? 'flaky' : 'passed';
}

/** The top of the page. */
export function summary(result: AuditResult, { version, exit }: AuditReportOptions): Html {
  return markup`<header class="card top ${toneOf(result, exit)}">
<p class="brand">wxnotify audit</p>
<h1>${verdictText(result)}</h1>
${notices(result)}${tally(numbers(result))}
${brief(result)}${facts(result, version)}
</header>
`;
}

function notices({ interrupted, stale }: AuditResult): Html {
  const told = [
    ...(interrupted ? ['The audit was interrupted: this is what was done until then.'] : []),
    ...stale.map((text) => `Baseline: ${text}`),
  ];
  return markup`${told.map(
    (text) => markup`<p class="notice">${text}</p>
`,
  )}`;
}

/** How many of each, in the order of the page. */
function numbers({ findings, undecided, accepted, passed }: AuditResult): readonly Counted[] {
  return [
    ...SEVERITIES.map((severity) => ({
      ...SEVERITY_STYLE[severity],
      anchor: severity,
      value: findings.filter((one) => one.severity === severity).length,
    })),
    { anchor: 'undecided', tone: 'undelivered', label: 'Not decided', value: undecided.length },
    { anchor: 'accepted', tone: 'skipped', label: 'Accepted', value: accepted.length },
    { anchor: 'passed', tone: 'passed', label: 'Passed', value: passed.length },
  ];
}

function brief({ findings }: AuditResult): Html {
  if (findings.length === 0) return nothing;
  const lines = findings.slice(0, BRIEF).map(
    (finding) => markup`<li><a href="#${anchorOf(finding)}">${finding.title}</a> ${finding.evidence.says}</li>
`,
  );
  const more = findings.length - lines.length;
  return markup`<ul class="brief">
${lines}${more > 0 ? markup`<li class="hint">and ${count(more)} more</li>` : nothing}</ul>
`;
}

function facts(result: AuditResult, version: string): Html {
  const endpoints = Object.entries(result.endpoints).map(
    ([kind, url], index) => markup`${index > 0 ? markup`<br>` : nothing}${kind} <code>${url}</code>`,
  );
  return factsList({
    Endpoints: endpoints.length === 0 ? null : markup`${endpoints}`,
    Sent: plural(result.sent, 'notification'),
    Took: duration(result.duration_ms),
    'Fails from': `${result.fail_on} upwards`,
    Seed: markup`<code>${result.seed}</code>`,
    Version: `wxnotify ${version}`,
  });
}
