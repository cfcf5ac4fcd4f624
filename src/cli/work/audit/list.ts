/** `audit --list`: what would be tried. */
import { caseList, caseListDocument } from '../../../report/audit/list-text.ts';
import { colours, done, type Cli, type Ending } from '../../context.ts';
import type { AuditOptions } from './options.ts';
import type { Prepared } from './prepare.ts';

/** Shows the cases, and sends nothing. */
export async function listCases(cli: Cli, { cases, left }: Prepared, options: AuditOptions): Promise<Ending> {
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
