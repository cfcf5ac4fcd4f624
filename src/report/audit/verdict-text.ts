/** How an audit ended, in a sentence. */
import type { AuditResult } from '../../audit/result.ts';
import { count, plural } from '../html/amounts.ts';

/** `4 of 9 cases failed`. */
export function verdictText({ findings, accepted, passed, undecided, interrupted }: AuditResult): string {
  const cases = findings.length + accepted.length + passed.length + undecided.length;
  if (findings.length > 0) return `${count(findings.length)} of ${plural(cases, 'case')} failed`;
  if (interrupted) return 'Interrupted';
  const stood = passed.length + accepted.length;
  if (stood === 0) return 'Nothing could be decided';
  const open = undecided.length > 0 ? `, ${count(undecided.length)} undecided` : '';
  return `No finding in ${plural(stood, 'case')}${open}`;
}
