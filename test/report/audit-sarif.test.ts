/** SARIF of an audit: it is valid, and what code scanning needs is in it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import type { AuditResult } from '../../src/audit/result.ts';
import { sarifReport } from '../../src/report/audit/sarif/sarif.ts';
import { answer, auditResult, auditSaying, finding, reportOptions } from '../support/audit-result.ts';
import { root } from '../support/cli.ts';

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
      readonly results: readonly Record<string, unknown>[];
      readonly invocations: readonly Record<string, unknown>[];
    },
  ];
}

const logOf = (result: AuditResult): Log => JSON.parse(sarifReport(result, reportOptions)) as Log;

/** Draft 4, whose words that differ from draft 7 are its `id` and `$schema`. */
function validator(): ReturnType<Ajv['compile']> {
  const text = readFileSync(path.join(root, 'test/schemas/sarif-2.1.0.json'), 'utf8');
  const { id: _id, $schema: _schema, ...schema } = JSON.parse(text) as Record<string, unknown>;
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(
    schema,
  );
}

test.each([
  ['usual', auditResult()],
  ['nothing', auditResult({ findings: [], accepted: [], undecided: [], passed: [], stale: [] })],
  ['hostile', auditSaying(`"'</script>\u0000\u202e\ud800 [a](b) <b>`)],
])('it is valid: %s', (_, result) => {
  const validate = validator();
  expect({ valid: validate(logOf(result)), errors: validate.errors }).toEqual({ valid: true, errors: null });
});

test('the schema refuses what is none', () => {
  expect(validator()({ version: '2.1.0', runs: [{ tool: {}, results: [{}] }] })).toBe(false);
});

test('a rule for each case that failed, with a score that GitHub ranks by', () => {
  const { rules } = logOf(auditResult()).runs[0].tool.driver;
  expect(rules).toHaveLength(5);
  expect(rules[0]).toMatchObject({
    id: 'hostile/signature/missing-signature',
    shortDescription: { text: 'Anybody who knows the URL can mark orders as paid' },
    helpUri: 'https://github.com/Wechat-Group/WxJava/issues/1890',
    defaultConfiguration: { level: 'error' },
    properties: { 'security-severity': '9.5', tags: ['security', 'wechat-pay', 'signature'] },
  });
  const levels = rules.map((rule) => (rule['defaultConfiguration'] as { level: string }).level);
  expect(levels).toEqual(['error', 'error', 'warning', 'note', 'warning']);
});

test('a result: a place in the repository and no URL, a fingerprint that does not change, request and answer', () => {
  const [first] = logOf(auditResult()).runs[0].results;
  expect(first).toMatchObject({
    ruleId: 'hostile/signature/missing-signature',
    level: 'error',
    locations: [
      { physicalLocation: { artifactLocation: { uri: 'shop/wxnotify.yaml' }, region: { startLine: 7 } } },
    ],
    partialFingerprints: { primaryLocationLineHash: 'hostile/signature/missing-signature:1' },
    webRequest: { method: 'POST', target: 'http://127.0.0.1:1/notify' },
    webResponse: { statusCode: 200 },
    properties: { before: { paid_count: '0' }, after: { paid_count: '1' } },
  });
  const later = logOf(auditResult({ seed: '43', duration_ms: 1 })).runs[0].results[0];
  expect(later?.['partialFingerprints']).toEqual(first?.['partialFingerprints']);
});

test('what the baseline accepts is suppressed, with the reason', () => {
  const { results } = logOf(auditResult()).runs[0];
  expect(results.filter((one) => 'suppressions' in one)).toMatchObject([
    {
      ruleId: 'hostile/value/wrong-appid',
      suppressions: [
        { kind: 'external', status: 'accepted', justification: 'one appid only (until 2027-01-31)' },
      ],
    },
  ]);
});

test('undecided cases are notes about the audit', () => {
  const [invocation] = logOf(auditResult()).runs[0].invocations;
  expect(invocation).toMatchObject({ executionSuccessful: true, exitCode: 1 });
  expect(invocation?.['toolExecutionNotifications']).toMatchObject([
    { message: { text: expect.stringContaining('nobody looked. Configure `audit.order_state`.') as string } },
    {},
    { message: { text: expect.stringContaining('Baseline: ') as string } },
  ]);
});

test('headers of one name come together, and a bomb is cut', () => {
  const { evidence } = finding();
  const request = {
    ...answer().request,
    headers: [
      ['X', '1'],
      ['X', '2'],
    ] as const,
    body: 'x'.repeat(1_000_000),
  };
  const bombed = finding({ evidence: { ...evidence, hostile: answer({ request }) } });
  const text = sarifReport(auditResult({ findings: [bombed] }), reportOptions);
  expect(text.length).toBeLessThan(60_000);
  expect(text).toContain('"X": "1, 2"');
});
