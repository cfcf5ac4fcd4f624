/** The JSON document, key by key; its text is safe on a terminal. */
import { expect, test } from 'vitest';
import { createJson } from '../../src/report/json.ts';
import { jsonLine, jsonText } from '../../src/report/json-text.ts';
import { problemLines } from '../../src/report/problems.ts';
import { yuan } from '../../src/report/money.ts';
import type { Reason, RunEvent, Summary } from '../../src/run/events.ts';
import { delivery, start, step } from '../support/events.ts';

const summary: Summary = {
  sent: 2,
  undelivered: 1,
  unsent: 0,
  duration_ms: 5,
  skipped: 0,
  acks: { FAIL: 1 },
  latency_ms: null,
};
const refused: Reason = {
  code: 'undelivered',
  expected: 'SUCCESS',
  cause: 'refused',
  detail: 'ECONNREFUSED',
};

function document(events: readonly RunEvent[], exit = 3): Record<string, unknown> {
  const json = createJson();
  for (const event of events) json.add(event);
  return json.document(exit) as Record<string, unknown>;
}

test('the document', () => {
  const error = { cause: 'refused', detail: 'ECONNREFUSED' } as const;
  const lost = delivery({ attempt: 2, response: null, ack: null, message: '', error });
  const shown = document([
    start,
    {
      type: 'delivery',
      delivery: delivery({ ack: 'FAIL', message: 'no' }),
      reasons: [{ code: 'ack', expected: 'SUCCESS', actual: 'FAIL', why: 'no' }],
    },
    { type: 'delivery', delivery: lost, reasons: [refused] },
    { type: 'step-end', step, reasons: [{ code: 'count', word: 'SUCCESS', expected: 2, actual: 0 }] },
    { type: 'run-end', interrupted: false, summary },
  ]);
  const request = {
    method: 'POST',
    url: 'http://127.0.0.1:1/n',
    headers: { Accept: '*/*' },
    body: '<xml></xml>',
  };
  expect(shown).toEqual({
    schema: 'wxnotify/1',
    command: 'send',
    ok: false,
    exit: 3,
    seed: '42',
    target: 'http://127.0.0.1:1/n',
    scenario: 'payment/paid',
    summary: { ...summary, latency_ms: { min: null, p50: null, p90: null, p99: null, max: null } },
    deliveries: [
      {
        id: 'abc123-1-1',
        step: 1,
        attempt: 1,
        kind: 'v2/payment',
        out_trade_no: 'A1',
        request,
        response: { status: 200, headers: { 'content-type': 'text/xml' }, body: '<xml/>' },
        ack: 'FAIL',
        message: 'no',
        error: null,
        duration_ms: 12.5,
      },
      {
        id: 'abc123-1-1',
        step: 1,
        attempt: 2,
        kind: 'v2/payment',
        out_trade_no: 'A1',
        request,
        response: null,
        ack: null,
        message: '',
        error: 'refused: ECONNREFUSED',
        duration_ms: 12.5,
      },
    ],
    failures: [
      {
        step: 1,
        attempt: 1,
        expectation: 'ack',
        expected: 'SUCCESS',
        actual: 'FAIL',
        message: 'expected SUCCESS, got FAIL: no',
      },
      {
        step: 1,
        attempt: 2,
        expectation: 'undelivered',
        expected: 'SUCCESS',
        actual: 'no answer: ECONNREFUSED',
        message: 'expected SUCCESS, got no answer: ECONNREFUSED',
      },
      {
        step: 1,
        attempt: null,
        expectation: 'count',
        expected: 2,
        actual: 0,
        message: 'expected 2 × SUCCESS, got 0 × SUCCESS',
      },
    ],
    warnings: [],
  });
});

test('control characters are escaped, and come back', () => {
  const value = { a: '\u009b31m\u202e\u007f\u2028\n' };
  for (const text of [jsonText(value), jsonLine(value)]) {
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(JSON.parse(text)).toEqual(value);
  }
});

test('problems say where, what, and what next', () => {
  const at = { file: 'a.yaml', line: 2, col: 3 };
  expect(problemLines([{ code: 'bad-value', at, message: 'wrong', fix: 'Do right.' }], 'error')).toBe(
    'error: a.yaml:2:3: wrong\n  Do right.\n',
  );
});

test.each([
  ['1', '0.01'],
  ['100', '1.00'],
  ['123456', '1234.56'],
  ['1.5', '1.5'],
])('%s fen are %s yuan', (fen, shown) => {
  expect(yuan(fen)).toBe(shown);
});
