/** The document of a suite, checked to the last key: what it has and nobody is told of is found as well. */
import * as v from 'valibot';
import type { SuiteDocument } from '../../src/index.ts';

const texts = v.record(v.string(), v.string());
const code = v.string() as unknown as v.GenericSchema<string, SuiteDocument['warnings'][number]['code']>;
const place = v.strictObject({ file: v.string(), line: v.number(), col: v.number() });
const problem = v.strictObject({
  code,
  at: v.exactOptional(place),
  message: v.string(),
  fix: v.string(),
});
const latency = v.nullable(v.number());
const totals = {
  sent: v.number(),
  undelivered: v.number(),
  duration_ms: v.number(),
  acks: v.record(v.string(), v.number()),
  latency_ms: v.strictObject({ min: latency, p50: latency, p90: latency, p99: latency, max: latency }),
};
const sent = v.strictObject({ method: v.string(), url: v.string(), headers: texts, body: v.string() });
const answered = v.strictObject({
  status: v.number(),
  headers: v.record(v.string(), v.union([v.string(), v.array(v.string())])),
  body: v.string(),
});
const delivery = v.strictObject({
  id: v.string(),
  step: v.number(),
  attempt: v.number(),
  kind: v.string(),
  out_trade_no: v.nullable(v.string()),
  request: sent,
  response: v.nullable(answered),
  ack: v.nullable(v.picklist(['SUCCESS', 'FAIL', 'INVALID'])),
  message: v.string(),
  error: v.nullable(v.string()),
  duration_ms: v.number(),
});
const step = v.strictObject({
  step: v.number(),
  name: v.string(),
  does: v.picklist(['notify', 'call', 'run']),
  ok: v.boolean(),
  skipped: v.exactOptional(v.literal(true)),
  error: v.exactOptional(v.nullable(v.string())),
  duration_ms: v.exactOptional(v.number()),
  tries: v.exactOptional(v.number()),
  captured: v.exactOptional(texts),
  request: v.exactOptional(sent),
  response: v.exactOptional(v.nullable(answered)),
  argv: v.exactOptional(v.array(v.string())),
  env: v.exactOptional(texts),
  stdin: v.exactOptional(v.nullable(v.string())),
  exit: v.exactOptional(v.nullable(v.number())),
  stdout: v.exactOptional(v.string()),
  stderr: v.exactOptional(v.string()),
});
const schedule = v.strictObject({
  step: v.number(),
  name: v.literal('wechat'),
  speed: v.number(),
  attempts: v.number(),
  of: v.number(),
  acknowledged_by: v.nullable(v.number()),
  after_s: v.number(),
});
const failure = {
  step: v.number(),
  attempt: v.nullable(v.number()),
  expectation: v.string(),
  expected: v.union([v.string(), v.number()]),
  actual: v.nullable(v.union([v.string(), v.number()])),
  message: v.string(),
};
const scenario = v.strictObject({
  name: v.string(),
  family: v.string(),
  title: v.string(),
  file: v.string(),
  line: v.number(),
  tags: v.array(v.string()),
  seed: v.string(),
  target: v.string(),
  reproduce: v.string(),
  status: v.picklist(['passed', 'flaky', 'failed', 'undelivered', 'skipped']),
  why: v.exactOptional(v.string()),
  attempts: v.number(),
  at: v.string(),
  duration_ms: v.number(),
  summary: v.nullable(v.strictObject({ ...totals, unsent: v.number(), skipped: v.number() })),
  deliveries: v.array(delivery),
  steps: v.exactOptional(v.array(step)),
  schedules: v.exactOptional(v.array(schedule)),
  failures: v.array(v.strictObject(failure)),
  failures_not_listed: v.exactOptional(v.number()),
  failures_before: v.exactOptional(v.array(v.strictObject({ ...failure, at: v.string() }))),
  warnings: v.array(problem),
});

export const suiteSchema = v.strictObject({
  schema: v.literal('wxnotify/1'),
  command: v.literal('run'),
  version: v.string(),
  ok: v.boolean(),
  exit: v.picklist([0, 1, 3, 130]),
  seed: v.string(),
  target: v.string(),
  at: v.string(),
  interrupted: v.exactOptional(v.literal(true)),
  down: v.exactOptional(v.strictObject({ target: v.string(), cause: v.string(), detail: v.string() })),
  summary: v.strictObject({
    ...totals,
    scenarios: v.number(),
    passed: v.number(),
    flaky: v.number(),
    failed: v.number(),
    skipped: v.number(),
  }),
  scenarios: v.array(scenario),
  warnings: v.array(problem),
});
