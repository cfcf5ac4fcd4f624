/** The result as a document. */
import type { AuditReport } from './report.ts';
import { SCHEMA, jsonText } from '../json-text.ts';

export const jsonReport: AuditReport = (result, { exit }) => {
  const { findings, undecided, passed, accepted } = result;
  return jsonText({
    schema: SCHEMA,
    command: 'audit',
    ok: exit === 0,
    exit,
    seed: result.seed,
    endpoints: result.endpoints,
    fail_on: result.fail_on,
    summary: {
      cases: findings.length + undecided.length + passed.length + accepted.length,
      passed: passed.length,
      failed: findings.length,
      undecided: undecided.length,
      accepted: accepted.length,
      sent: result.sent,
      duration_ms: result.duration_ms,
    },
    interrupted: result.interrupted,
    findings,
    accepted,
    undecided,
    passed,
    stale: result.stale,
  });
};
