/** The result for people: each finding as a story, then what could not be decided, then the sum. */
import type { ChalkInstance } from 'chalk';
import { SEVERITIES, type AuditResult, type Finding, type Undecided } from '../../audit/result.ts';
import { printableLine } from '../printable.ts';
import { evidenceLines } from './evidence.ts';
import type { AuditReport, AuditReportOptions } from './report.ts';
import { severityLabel } from './severity.ts';
import { groupsOf } from './undecided-groups.ts';

/** The report. */
export const textReport: AuditReport = (result, options) => {
  const { findings, accepted, undecided, passed } = result;
  const { chalk, quiet, verbose } = options;
  const parts = [
    ...findings.map((finding) => findingText(finding, options)),
    quiet || accepted.length === 0 ? '' : acceptedText(result, chalk),
    quiet ? '' : undecidedText(undecided, options),
    verbose && passed.length > 0
      ? `${chalk.bold('stood')}\n${passed.map((one) => `  ${chalk.green('✓')} ${one.case}  ${chalk.dim(printableLine(one.summary))}\n`).join('')}`
      : '',
    sumText(result, options),
  ];
  return parts.filter((part) => part !== '').join('\n');
};

function findingText(
  { case: name, severity, title, kind, evidence, why, fix, source, reproduce }: Finding,
  { chalk, verbose }: AuditReportOptions,
): string {
  const row = (word: string, text: string): string => `  ${chalk.dim(word.padEnd(9))} ${text}\n`;
  return [
    `${severityLabel(severity, chalk)} ${chalk.bold(printableLine(title))}\n`,
    row('case', `${printableLine(name)} (${kind})`),
    row('seen', printableLine(evidence.says)),
    ...evidenceLines(evidence, verbose).map(([word, text]) => row(word, text)),
    row('why', printableLine(why)),
    row('fix', printableLine(fix)),
    ...source.map((text, index) => row(index === 0 ? 'more' : '', printableLine(text))),
    row('alone', chalk.cyan(reproduce)),
  ].join('');
}

function acceptedText({ accepted }: AuditResult, chalk: ChalkInstance): string {
  const lines = accepted.map(
    ({ case: name, severity, reason, expires }) =>
      `  ${severityLabel(severity, chalk)} ${printableLine(name)}  ${chalk.dim(`accepted until ${expires}: ${printableLine(reason)}`)}\n`,
  );
  return `${chalk.bold('accepted')}\n${lines.join('')}`;
}

function undecidedText(undecided: readonly Undecided[], { chalk, verbose }: AuditReportOptions): string {
  if (undecided.length === 0) return '';
  const lines = groupsOf(undecided).map((cases) => {
    const [{ why, fix }] = cases;
    const names = cases.map((one) => one.case);
    const shown = verbose ? names : names.slice(0, SHOWN);
    const more = names.length > shown.length ? `, and ${names.length - shown.length} more (--verbose)` : '';
    return [
      `  ${chalk.yellow('?')} ${names.length === 1 ? '1 case' : `${names.length} cases`}: ${printableLine(why)}\n`,
      `    ${chalk.dim(`${shown.join(', ')}${more}`)}\n`,
      `    ${printableLine(fix)}\n`,
    ].join('');
  });
  return `${chalk.bold('not decided')}\n${lines.join('')}`;
}

/** So many names of cases are shown. */
const SHOWN = 3;

function sumText(
  { findings, accepted, undecided, passed, fail_on, interrupted, stale }: AuditResult,
  { chalk, exit }: AuditReportOptions,
): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const all = findings.length + accepted.length + undecided.length + passed.length;
  const told = [
    `${passed.length} passed`,
    findings.length === 0 ? 'none failed' : chalk.red(`${findings.length} failed (${counts.join(', ')})`),
    ...(undecided.length > 0 ? [chalk.yellow(`${undecided.length} not decided`)] : []),
    ...(accepted.length > 0 ? [`${accepted.length} accepted`] : []),
  ];
  const nothing =
    passed.length + findings.length + accepted.length === 0
      ? 'nothing could be decided, which is no pass\n'
      : '';
  const mild = exit === 0 && findings.length > 0 ? `nothing as bad as --fail-on ${fail_on}\n` : '';
  const old = stale.map((text) => `${chalk.yellow('baseline')}: ${printableLine(text)}\n`).join('');
  return `${old}${all} cases: ${told.join(', ')}${interrupted ? ', interrupted' : ''}\n${nothing}${mild}`;
}
