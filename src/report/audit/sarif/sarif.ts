/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as code scanning takes it: a rule and a result for
 * each finding. GitHub wants a location inside of the repository and refuses URLs there, so every result stands where
 * the audit is configured; the endpoint is in the result's request.
 */
import type { AcceptedFinding, AuditResult, Finding } from '../../../audit/result.ts';
import { jsonText } from '../../json-text.ts';
import type { AuditReport, AuditReportOptions } from '../report.ts';
import { groupsOf } from '../undecided-groups.ts';
import { levelOf, sarifRule } from './rule.ts';
import { webRequest, webResponse } from './web.ts';

/** The log. */
export const sarifReport: AuditReport = (result, options) =>
  jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run(result, options)],
  });

function run(result: AuditResult, options: AuditReportOptions): object {
  const { findings, accepted, seed, endpoints, fail_on } = result;
  const told: readonly (Finding | AcceptedFinding)[] = [...findings, ...accepted];
  return {
    tool: { driver: { name: 'wxnotify', semanticVersion: options.version, rules: told.map(sarifRule) } },
    invocations: [
      {
        executionSuccessful: !result.interrupted,
        exitCode: options.exit,
        toolExecutionNotifications: notifications(result),
      },
    ],
    columnKind: 'utf16CodeUnits',
    properties: { seed, endpoints, failOn: fail_on },
    results: told.map((finding, ruleIndex) => resultOf(finding, { ruleIndex, ...options })),
  };
}

/** What could not be decided, and what the baseline no longer needs, is about the audit and not about the handler. */
function notifications({ undecided, stale }: AuditResult): readonly object[] {
  const open = groupsOf(undecided).map((cases) => {
    const [{ why, fix }] = cases;
    return `Not decided: ${why}. ${fix} (${cases.map((one) => one.case).join(', ')})`;
  });
  const old = stale.map((text) => `Baseline: ${text}`);
  return [...open, ...old].map((text) => ({ level: 'note', message: { text } }));
}

interface Stand extends AuditReportOptions {
  readonly ruleIndex: number;
}

function resultOf(finding: Finding | AcceptedFinding, { ruleIndex, place }: Stand): object {
  const { case: name, kind, severity, title, evidence, fix, reproduce } = finding;
  const { hostile, before, after, settled } = evidence;
  return {
    ruleId: name,
    ruleIndex,
    level: levelOf(severity),
    message: { text: `${title}: ${evidence.says}. ${fix} Try it alone: ${reproduce}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: place.uri },
          region: { startLine: place.line },
        },
        logicalLocations: [{ name: kind, kind: 'resource' }],
      },
    ],
    // the second is what GitHub matches alerts of several runs by
    partialFingerprints: { 'wxnotifyCase/v1': name, primaryLocationLineHash: `${name}:1` },
    ...('reason' in finding && { suppressions: [suppression(finding)] }),
    ...(hostile && { webRequest: webRequest(hostile), webResponse: webResponse(hostile) }),
    properties: { severity, before, after, settled, callbacks: evidence.callbacks, reproduce },
  };
}

function suppression({ reason, expires }: AcceptedFinding): object {
  return { kind: 'external', status: 'accepted', justification: `${reason} (until ${expires})` };
}
