/** Events in, text out: what people read. */
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import type { RunEvent, Summary } from '../../src/run/events.ts';
import { createPretty, type PrettyOptions } from '../../src/report/pretty.ts';
import { createProgress } from '../../src/report/progress.ts';
import { delivery, start, step } from '../support/events.ts';

const plain = { chalk: new Chalk({ level: 0 }), quiet: false, verbose: false, compact: false };
const summary: Summary = {
  sent: 1,
  undelivered: 0,
  unsent: 0,
  duration_ms: 5,
  skipped: 0,
  acks: { SUCCESS: 1 },
  latency_ms: null,
};
const end = (given: Partial<Summary> = {}, interrupted = false): RunEvent => ({
  type: 'run-end',
  interrupted,
  summary: { ...summary, ...given },
});
const good: RunEvent = { type: 'delivery', delivery: delivery(), reasons: [] };
const html = { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>\n<h1>Bad</h1>' };
const bad = (attempt = 1): RunEvent => ({
  type: 'delivery',
  delivery: delivery({ attempt, ack: 'INVALID', message: 'HTTP 502', response: html }),
  reasons: [{ code: 'ack', expected: 'SUCCESS', actual: 'INVALID', why: 'HTTP 502' }],
});

function print(events: readonly RunEvent[], options: Partial<PrettyOptions> = {}): string {
  const pretty = createPretty({ ...plain, ...options });
  return events.map(pretty).join('');
}

describe('pretty', () => {
  test('a run that passed', () => {
    expect(print([start, { type: 'step-start', step }, good, end()])).toBe(
      [
        'send payment/paid → http://127.0.0.1:1/n  seed 42',
        'An order is paid',
        '  ✓ v2/payment  1.00  A1  SUCCESS  OK  12.5 ms',
        '',
        '1 sent: 1 SUCCESS',
        'passed',
        '',
      ].join('\n'),
    );
  });

  test('a run that failed tells the story', () => {
    expect(
      print([start, bad(), end({ acks: { INVALID: 1 } })])
        .split('\n')
        .slice(2),
    ).toEqual([
      '  ✗ v2/payment  1.00  A1  INVALID  12.5 ms',
      '      expected  SUCCESS',
      '      got       INVALID: HTTP 502',
      '      answer    HTTP 502 text/html',
      '                <html>',
      '                <h1>Bad</h1>',
      '      next      The handler failed on an ordinary notification. Its own log has the reason.',
      '      again     wxnotify replay --id abc123-1-1',
      '',
      '1 sent: 1 INVALID',
      'failed  (seed 42)',
      '',
    ]);
  });

  test('the same failure is told once', () => {
    const text = print([start, bad(1), bad(2), bad(3)]);
    expect(text.match(/expected {2}SUCCESS/g)).toHaveLength(1);
    expect(text.match(/✗/g)).toHaveLength(3);
  });

  test('a thousand failures do not flood the screen', () => {
    const text = print([start, ...Array.from({ length: 1000 }, (_, n) => bad(n + 1)), end({ sent: 1000 })]);
    expect(text.match(/✗/g)).toHaveLength(30);
    expect(text).toContain('970 more failures are not shown');
  });

  test('many copies: only failures and percentiles', () => {
    const many = { ...step, times: 50 };
    const latency_ms = { min: 1, p50: 2, p90: 3, p99: 4, max: 5 };
    const text = print([
      start,
      { type: 'step-start', step: many },
      good,
      bad(2),
      end({ sent: 50, latency_ms }),
    ]);
    expect(text).toContain('step 1 of 1: v2/payment × 50');
    expect(text).not.toContain('✓');
    expect(text).toContain('latency ms: min 1  p50 2  p90 3  p99 4  max 5');
  });

  test('quiet says nothing of what went well', () => {
    expect(print([start, { type: 'step-start', step }, good, end()], { quiet: true })).toBe('');
    expect(print([start, bad(), end()], { quiet: true })).toContain('✗');
  });

  test('interrupted is neither passed nor failed', () => {
    const text = print([start, good, end({}, true)]);
    expect(text).toContain('interrupted');
    expect(text).not.toMatch(/passed|failed/);
  });

  test('what others sent cannot drive the terminal', () => {
    const evil = delivery({ message: '\u001b[2J\u009bred\u202e\rOK', out_trade_no: 'A' });
    const text = print([{ type: 'delivery', delivery: evil, reasons: [] }]);
    expect(text).toContain('\\x1b[2J\\x9bred\\u202eOK');
  });
});

test('the progress bar is for long runs, and goes away', () => {
  const run = (planned: number): string => {
    let now = 0;
    const progress = createProgress({ now: () => (now += 200), columns: () => 80 });
    return [{ ...start, planned }, good, bad(2), end()].map(progress).join('');
  };
  expect(run(20)).toBe('');
  expect(run(100)).toMatch(/1\/100.*2\/100, 1 failed.*\r\u001b\[K$/s);
});
