/** Markdown for the summary of a CI job or a comment on a pull request: the findings, each to unfold, and what is open. */
import { SEVERITIES, type AuditResult, type Finding } from '../../audit/result.ts';
import { plural } from '../html/amounts.ts';
import { printableLine } from '../printable.ts';
import { codeSpan, markdownText } from './markdown-text.ts';
import type { AuditReport } from './report.ts';
import { groupsOf } from './undecided-groups.ts';
import { verdictText } from './verdict-text.ts';

/** The report. */
export const markdownReport: AuditReport = (result) => {
  const { findings, accepted, stale } = result;
  const parts = [
    `## wxnotify audit: ${verdictText(result)}`,
    factsText(result),
    ...stale.map((text) => `⚠️ Baseline: ${markdownText(text)}`),
    ...SEVERITIES.flatMap((severity) => findings.filter((one) => one.severity === severity)).map(storyText),
    ...(accepted.length === 0
      ? []
      : [
          '### Accepted',
          accepted
            .map(
              (one) =>
                `- ${codeSpan(one.case)} until ${markdownText(one.expires)}: ${markdownText(one.reason)}`,
            )
            .join('\n'),
        ]),
    ...undecidedText(result),
  ];
  return `${parts.join('\n\n')}\n`;
};

function factsText({ passed, accepted, undecided, sent, seed, endpoints }: AuditResult): string {
  const urls = [...new Set(Object.values(endpoints))];
  return [
    `${passed.length} passed`,
    ...(accepted.length > 0 ? [`${accepted.length} accepted`] : []),
    ...(undecided.length > 0 ? [`${undecided.length} not decided`] : []),
    plural(sent, 'notification'),
    `seed ${codeSpan(seed)}`,
    ...urls.map(codeSpan),
  ].join(' · ');
}

const MARKS = { critical: '🔴', high: '🟠', medium: '🟡', low: '🔵' } as const;

/** HTML may hold Markdown again after a blank line. */
function storyText({ case: name, severity, title, evidence, why, fix, source, reproduce }: Finding): string {
  const summary = `${MARKS[severity]} ${severity}: ${escapeHtml(title)}`;
  const links = source.map((text) => (/^https?:\/\/[^\s<>]+$/.test(text) ? `<${text}>` : markdownText(text)));
  return [
    `<details><summary>${summary}</summary>`,
    `**Case**: ${codeSpan(name)}`,
    `**Seen**: ${codeSpan(evidence.says)}`,
    `**Why**: ${markdownText(why)}`,
    `**Fix**: ${markdownText(fix)}`,
    ...(links.length > 0 ? [`**More**: ${links.join(' ')}`] : []),
    `**Try it alone**: ${codeSpan(reproduce)}`,
    '</details>',
  ].join('\n\n');
}

function undecidedText({ undecided }: AuditResult): readonly string[] {
  if (undecided.length === 0) return [];
  const lines = groupsOf(undecided).map((cases) => {
    const [{ why, fix }] = cases;
    return `- ${plural(cases.length, 'case')}: ${markdownText(why)}. ${markdownText(fix)}`;
  });
  return ['### Not decided', lines.join('\n')];
}

function escapeHtml(text: string): string {
  return printableLine(text).replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
}
