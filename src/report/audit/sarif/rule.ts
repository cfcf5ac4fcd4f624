/** A case as a rule: what it means and what to do, in text and in Markdown. */
import type { Finding, Severity } from '../../../audit/result.ts';
import { codeSpan, markdownText } from '../markdown-text.ts';

/** The rule of a finding. Code scanning shows its help beside the alert. */
export function sarifRule(finding: Finding): object {
  const { case: name, severity, title, why, source } = finding;
  const link = source.find((text) => /^https?:/.test(text));
  return {
    id: name,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: helpText(finding), markdown: helpMarkdown(finding) },
    ...(link !== undefined && { helpUri: link }),
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      tags: ['security', 'wechat-pay', groupOf(name)],
      precision: 'high',
      'security-severity': SCORE[severity],
    },
  };
}

/** What is high or critical is an error. */
export function levelOf(severity: Severity): 'error' | 'warning' | 'note' {
  const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
  return levels[severity];
}

/** In the middle of what GitHub calls by the same words: over 9.0, 7.0 to 8.9, 4.0 to 6.9, 0.1 to 3.9. */
const SCORE: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.5' };

/** `hostile/signature/x` is of `signature`. */
function groupOf(name: string): string {
  return name.split('/').at(-2) ?? name;
}

function helpText({ imitates, why, fix, source }: Finding): string {
  return [`Imitates: ${imitates}`, `Why: ${why}`, `Fix: ${fix}`, ...source].join('\n');
}

function helpMarkdown({ imitates, why, fix, source, reproduce }: Finding): string {
  return [
    `**Imitates**: ${markdownText(imitates)}`,
    `**Why**: ${markdownText(why)}`,
    `**Fix**: ${markdownText(fix)}`,
    `**Try it alone**: ${codeSpan(reproduce)}`,
    ...source.map((text) => (/^https?:\/\/[^\s<>]+$/.test(text) ? `<${text}>` : markdownText(text))),
  ].join('\n\n');
}
