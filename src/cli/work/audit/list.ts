/** `audit --list`: what would be tried. */
import { caseList, caseListDocument } from '../../../report/audit/list-text.ts';
import type { ProblemCode, Result } from '../../../scenario/problem.ts';
import { colours, done, stopped, type Cli, type Ending } from '../../context.ts';
import { libraryOf } from '../load.ts';
import type { AuditOptions } from './options.ts';
import { selectCases } from './plan.ts';
import type { Prepared } from './prepare.ts';

/** Shows the cases, and sends nothing. Without a target and keys, all that there are. */
export async function listCases(
  cli: Cli,
  prepared: Result<Pick<Prepared, 'cases' | 'left'>>,
  options: AuditOptions,
): Promise<Ending> {
  const isUnset = !prepared.ok && prepared.problems.every(({ code }) => NEEDED_TO_SEND.includes(code));
  const all = isUnset ? selectCases(libraryOf(cli, cli.cwd), options) : prepared;
  if (!all.ok) return stopped(all.problems);
  const { cases, left } = 'cases' in all.value ? all.value : { cases: all.value, left: [] };
  const listed = cases.map(({ scenario, about, block }) => ({
    case: scenario.name,
    kind: about.kind.id,
    severity: block.severity,
    must: block.must,
    summary: scenario.summary,
    title: block.finding,
  }));
  if (options.json) cli.json(caseListDocument(listed, left));
  else cli.out(caseList(listed, left, await colours(cli, 'stdout', options.color)));
  return done;
}

/** What is missing to send is not missing to show. */
const NEEDED_TO_SEND: readonly ProblemCode[] = ['no-target', 'no-credentials'];
