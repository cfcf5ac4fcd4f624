/** Results of audits as reports get them. */
import { Chalk } from 'chalk';
import type { AnswerFacts, AuditResult, Finding } from '../../src/audit/result.ts';
import type { AuditReportOptions } from '../../src/report/audit/report.ts';

/** What reports are made with. */
export const reportOptions: AuditReportOptions = {
  chalk: new Chalk({ level: 0 }),
  quiet: false,
  verbose: false,
  version: '9.8.7',
  place: { uri: 'shop/wxnotify.yaml', line: 7 },
  exit: 1,
};

/** One notification and its answer. */
export function answer(own: Partial<AnswerFacts> = {}): AnswerFacts {
  return {
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:1/notify',
      headers: [['Content-Type', 'text/xml']],
      body: '<xml><out_trade_no>A1</out_trade_no></xml>',
    },
    status: 200,
    body: '<xml><return_code>SUCCESS</return_code></xml>',
    ack: 'SUCCESS',
    error: null,
    duration_ms: 12.5,
    amount: '100',
    authentic: false,
    ...own,
  };
}

/** A forged notification that was credited. */
export function finding(own: Partial<Finding> = {}): Finding {
  return {
    case: 'hostile/signature/missing-signature',
    severity: 'critical',
    title: 'Anybody who knows the URL can mark orders as paid',
    kind: 'v2/payment',
    evidence: {
      says: 'what must be refused was credited',
      hostile: answer(),
      control: answer({ authentic: true }),
      before: { paid_count: '0', status: 'NEW' },
      after: { paid_count: '1', status: 'PAID' },
      settled: { paid_count: '2', status: 'PAID' },
      callbacks: [],
    },
    imitates: 'Somebody without any key.',
    why: 'Goods are handed out for nothing.',
    fix: 'Refuse what has no `sign`.',
    source: ['https://github.com/Wechat-Group/WxJava/issues/1890', 'PROTOCOL.md'],
    reproduce: 'wxnotify audit --case missing-signature --seed 42',
    file: 'scenarios/hostile/signature/missing-signature.yaml',
    line: 2,
    ...own,
  };
}

/** A result with a finding of each severity, and some of everything else. */
export function auditResult(own: Partial<AuditResult> = {}): AuditResult {
  const { evidence } = finding();
  return {
    seed: '42',
    endpoints: { 'v2/payment': 'http://127.0.0.1:1/notify', 'v2/refund': 'http://127.0.0.1:1/refund' },
    fail_on: 'high',
    findings: [
      finding(),
      finding({
        case: 'hostile/xml/xxe-network',
        severity: 'high',
        title: 'The server can be made to ask other servers',
        evidence: { ...evidence, before: null, after: null, settled: null, callbacks: ['GET /oob/1'] },
      }),
      finding({
        case: 'hostile/http/gzip-bomb',
        severity: 'medium',
        title: 'A small request can exhaust the memory',
        evidence: {
          ...evidence,
          hostile: answer({ status: null, ack: null, body: '', error: 'no answer within 5 s' }),
          control: null,
        },
      }),
      finding({
        case: 'hostile/http/get-request',
        severity: 'low',
        title: 'A GET is taken for a notification',
        source: [],
      }),
    ],
    accepted: [
      {
        ...finding({ case: 'hostile/value/wrong-appid', severity: 'medium' }),
        reason: 'one appid only',
        expires: '2027-01-31',
      },
    ],
    undecided: [
      {
        case: 'hostile/value/one-fen-less',
        kind: 'v2/payment',
        title: 'Goods for less',
        why: 'nobody looked',
        fix: 'Configure `audit.order_state`.',
      },
      {
        case: 'hostile/value/zero-amount',
        kind: 'v2/payment',
        title: 'Goods for nothing',
        why: 'nobody looked',
        fix: 'Configure `audit.order_state`.',
      },
      {
        case: 'hostile/replay/raced-payment',
        kind: 'v2/payment',
        title: 'Credited twice',
        why: 'nothing captures it',
        fix: 'Capture `paid_count`.',
      },
    ],
    passed: [
      { case: 'hostile/signature/forged-signature', kind: 'v2/payment', summary: 'Signed with another key' },
    ],
    sent: 31,
    duration_ms: 1234,
    interrupted: false,
    stale: ['hostile/xml/xxe-file is accepted, and was not found any more (baseline.yaml:4:5)'],
    ...own,
  };
}

/** A result in which everything that comes from outside is this text. */
export function auditSaying(text: string): AuditResult {
  const facts = answer({
    request: { method: text, url: text, headers: [[text, text]], body: text },
    body: text,
    ack: text,
    error: text,
  });
  const state = { paid_count: text, status: text, refunded: text };
  const bad = finding({
    title: text,
    kind: text,
    evidence: {
      says: text,
      hostile: facts,
      control: { ...facts, status: null },
      before: state,
      after: state,
      settled: state,
      callbacks: [text],
    },
    imitates: text,
    why: text,
    fix: text,
    source: [text, `https://example.com/${text}`, `javascript:${text}`],
    reproduce: text,
    file: text,
  });
  return auditResult({
    seed: text,
    endpoints: { [text]: text },
    findings: [{ ...bad, case: text }],
    accepted: [{ ...bad, case: `${text}2`, reason: text, expires: text }],
    undecided: [{ case: text, kind: text, title: text, why: text, fix: text }],
    passed: [{ case: text, kind: text, summary: text }],
    stale: [text],
    interrupted: true,
  });
}
