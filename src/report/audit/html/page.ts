/** The page of an audit: what was found, the worst first, then what could not be decided, and what was stood. */
import type { AuditResult } from '../../../audit/result.ts';
import { htmlDocument } from '../../html/document.ts';
import { markup } from '../../html/markup.ts';
import type { AuditReport } from '../report.ts';
import { verdictText } from '../verdict-text.ts';
import { findingGroups } from './findings.ts';
import { acceptedGroup, passedGroup, undecidedGroup } from './others.ts';
import { summary, toneOf } from './summary.ts';

/** The whole document. */
export const htmlReport: AuditReport = (result, options) =>
  htmlDocument({
    title: verdictText(result),
    tone: toneOf(result, options.exit),
    main: markup`${summary(result, options)}${groups(result, options.verbose)}`,
    footer:
      'Keys are masked. Of a body the first 4,000 characters are kept. Undecided cases count neither as passed nor as failed.',
  });

function groups(result: AuditResult, verbose: boolean): ReturnType<typeof markup> {
  return markup`${findingGroups(result.findings, verbose)}${undecidedGroup(result)}${acceptedGroup(result, verbose)}${passedGroup(result)}`;
}
