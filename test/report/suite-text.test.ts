/** What the reporters of suites share: the story of a failure and the totals. */
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import type { Failure, Reason } from '../../src/run/events.ts';
import { differenceOf } from '../../src/report/suite-text/difference.ts';
import { durationText } from '../../src/report/suite-text/duration.ts';
import { endText } from '../../src/report/suite-text/end-text.ts';
import { failureText, messageOf } from '../../src/report/suite-text/failure-text.ts';
import { readable } from '../../src/report/suite-text/readable.ts';
import {
  accepted,
  miscounted,
  refused,
  result,
  scenario,
  suiteEnd,
  suiteStart,
} from '../support/suite-events.ts';

const plain = { chalk: new Chalk({ level: 0 }), verbose: false };

describe('the story of a failure', () => {
  test('a delivery', () => {
    const failed = result({ status: 'failed', failures: [accepted] });
    expect(failureText(failed, plain).split('\n')).toEqual([
      ' FAIL  payment/paid  An order is paid',
      '',
      ' ❯ scenarios/hostile/forged.yaml:4:3  step 1 of 1: v2/payment',
      '',
      '   expected  a refusal (anything but SUCCESS)',
      '   got       SUCCESS',
      '   next      The handler accepted what it must refuse: an attacker could do the same. Verify the signature and compare amount, appid and mch_id with the order, before anything else.',
      '',
      '   request   POST http://127.0.0.1:1/n',
      '             Accept: */*',
      '',
      '             <xml></xml>',
      '   answer    HTTP 200 (12.5 ms)',
      '             content-type: text/xml',
      '',
      '             <xml>',
      '               <return_code><![CDATA[SUCCESS]]></return_code>',
      '               <return_msg>签名 & ]]> "ok" \\x07</return_msg>',
      '             </xml>',
      '   resend    wxnotify replay --id bbb222-1-1',
      '',
      '   took      13 ms',
      '   seed      42',
      '   again     wxnotify run payment/paid --seed 42',
      '',
    ]);
  });

  test('what was not delivered', () => {
    const text = failureText(result({ status: 'undelivered', failures: [refused] }), plain);
    expect(text).toContain(' UNDELIVERED  payment/paid');
    expect(text).toContain('   answer    none: connect ECONNREFUSED 127.0.0.1:1 (12.5 ms)\n');
  });

  test('a call', () => {
    const text = failureText(result({ status: 'failed', failures: [miscounted] }), plain);
    expect(text).toContain('\n ❯ scenarios/flow/once.yaml:12:5  step 3 of 3: GET /orders/A1\n');
    expect(text).toContain('   expected  $.paid_count is 1\n   got       2\n');
    expect(text).toContain(
      '   request   GET http://127.0.0.1:1/orders/A1\n             accept: */*\n   answer ',
    );
    expect(text).not.toContain('resend');
  });

  test('a command', () => {
    const exchange = {
      does: 'run',
      argv: ['./count', 'A1'],
      env: { ORDER: 'A1' },
      stdin: null,
      exit: 1,
    } as const;
    const base = { stdout: '2\n', stderr: '', error: null, duration_ms: 3, tries: 1, captured: {} };
    const reasons: readonly Reason[] = [{ code: 'exit', expected: 0, actual: 1 }];
    const failure: Failure = { ...miscounted, reasons, exchange: { ...exchange, ...base } };
    expect(failureText(result({ status: 'failed', failures: [failure] }), plain)).toContain(
      '   command   ORDER=A1\n             ./count A1\n             exit status 1 (3 ms)\n   stdout    2\n\n',
    );
  });

  test('what is wrong with a whole step has no request', () => {
    const reasons: readonly Reason[] = [{ code: 'count', word: 'SUCCESS', expected: 5, actual: 4 }];
    const failure: Failure = { ...accepted, reasons, delivery: null };
    const text = failureText(result({ status: 'failed', failures: [failure] }), plain);
    expect(text).toContain('   got       4 × SUCCESS\n');
    expect(text).not.toMatch(/request|\n\n\n/);
  });

  test('attempts', () => {
    const failures = [accepted];
    expect(failureText(result({ status: 'flaky', attempts: 2, failures }), plain)).toContain(
      ' FLAKY  payment/paid  An order is paid\n   passed at attempt 2; what was wrong before:\n',
    );
    expect(failureText(result({ status: 'failed', attempts: 3, failures }), plain)).toContain(
      'failed in all of 3 attempts; the last one:',
    );
  });

  test('the same failure is told once, three that differ are told, and all of them when asked', () => {
    const other = (expected: number): Failure => ({
      ...accepted,
      reasons: [{ code: 'too-slow', expected, actual: expected + 1 }],
    });
    const failures = [accepted, { ...accepted }, { ...accepted }, other(1), other(2), other(3)];
    const failed = result({ status: 'failed', failures, failures_not_listed: 7 });
    const text = failureText(failed, plain);
    expect(text.match(/^ {3}request/gm)).toHaveLength(3);
    expect(text.match(/^ ❯/gm)).toHaveLength(5);
    expect(text).toContain('  expected a refusal (anything but SUCCESS), got SUCCESS  (2 times)\n');
    expect(text).toContain('  expected an answer within 3 ms, got 4 ms\n');
    expect(text).toContain('and 7 more failures');
    expect(messageOf(failures)).toBe(
      'expected a refusal (anything but SUCCESS), got SUCCESS; expected an answer within 1 ms, got 2 ms; expected an answer within 2 ms, got 3 ms; expected an answer within 3 ms, got 4 ms',
    );
    expect(failureText(failed, { ...plain, verbose: true }).match(/^ {3}request/gm)).toHaveLength(6);
  });

  test('a long answer is cut, unless all is asked for', () => {
    const body = Array.from({ length: 100 }, (_, n) => `line ${n} ${'x'.repeat(300)}`).join('\n');
    const delivery = accepted.delivery && {
      ...accepted.delivery,
      response: { status: 500, headers: {}, body },
    };
    const failed = result({ status: 'failed', failures: [{ ...accepted, delivery }] });
    const text = failureText(failed, plain);
    expect(text).toContain('… 62 more lines (--verbose)');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(250);
    expect(failureText(failed, { ...plain, verbose: true })).toContain(`line 99 ${'x'.repeat(300)}`);
  });

  test('what others sent cannot drive the terminal', () => {
    const evil = '\u001b[2J\u009b\u202e';
    const failed = result({
      status: 'failed',
      scenario: scenario({ name: `a${evil}\nb`, summary: evil, reproduce: evil }),
      failures: [
        { ...accepted, reasons: [{ code: 'message', expected: `${evil}${'a'.repeat(99)}`, actual: evil }] },
        { ...miscounted, step: { ...miscounted.step, title: evil, at: evil } },
      ],
    });
    expect(failureText(failed, plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  test('and no CI system that reads along', () => {
    const body =
      '::error::owned\n  ::stop-commands::x\n##vso[task.setvariable variable=a]b\n##[error]c\na::b';
    const delivery = accepted.delivery && {
      ...accepted.delivery,
      response: { status: 500, headers: {}, body },
    };
    const text = failureText(result({ status: 'failed', failures: [{ ...accepted, delivery }] }), plain);
    expect(text).not.toMatch(/^\s*::|##\w*\[/m);
    expect(text).toContain('\\x3a:error::owned\n');
    expect(text).toContain('a::b');
  });

  test('colours end with their line', () => {
    const text = failureText(result({ status: 'failed', failures: [accepted] }), {
      chalk: new Chalk({ level: 1 }),
      verbose: false,
    });
    expect(text).toContain('\u001b[32ma refusal (anything but SUCCESS)\u001b[39m\n');
    expect(text).toContain('\u001b[41m\u001b[37m\u001b[1m FAIL \u001b[22m\u001b[39m\u001b[49m');
  });
});

describe('the difference', () => {
  const json = (expected: string, actual: string): string | undefined =>
    differenceOf({ code: 'json', name: '$', expected, actual })
      ?.lines.map(({ sign, pieces }) => `${sign} ${pieces.map(({ text }) => text).join('')}`)
      .join('\n');

  test('short values need none', () => {
    expect(json('1', '2')).toBeUndefined();
    expect(json('{"a":1}', '{"a":2}')).toBeUndefined();
  });

  test('JSON, member by member, numbers as they are written', () => {
    const rest = `"note":"${'x'.repeat(60)}"`;
    expect(json(`{"a":1.00,${rest}}`, `{"a":1.10,${rest}}`)).toBe(
      `  {\n-   "a": 1.00,\n+   "a": 1.10,\n    "note": "${'x'.repeat(60)}"\n  }`,
    );
  });

  test('a regular expression, or a value that is not there, is compared with nothing', () => {
    const long = 'x'.repeat(80);
    expect(differenceOf({ code: 'body', expected: `/${long}/i`, actual: long })).toBeUndefined();
    expect(json(`"/${long}/"`, `"${long}"`)).toBeUndefined();
    expect(json(`"${long}"`, 'nothing is there')).toBeUndefined();
  });

  test('words of one line', () => {
    const text = 'the quick brown fox jumps over the lazy dog and then over another one';
    const difference = differenceOf({
      code: 'message',
      expected: text,
      actual: text.replace('lazy', 'busy'),
    });
    expect(difference?.of).toBe('the message');
    expect(difference?.lines.map(({ pieces }) => pieces.filter(({ differs }) => differs))).toEqual([
      [{ text: 'lazy', differs: true }],
      [{ text: 'busy', differs: true }],
    ]);
  });

  test('lines of output', () => {
    const difference = differenceOf({ code: 'stdout', expected: 'a\nb', actual: 'a\nc' });
    expect(difference?.lines.map(({ sign }) => sign).join('')).toBe(' -+');
  });
});

test.each([
  ['<xml><a>1</a><b/></xml>', '<xml>\n  <a>1</a>\n  <b/>\n</xml>'],
  ['<xml>\n<a><![CDATA[<b>]]></a>\n</xml>', '<xml>\n  <a><![CDATA[<b>]]></a>\n</xml>'],
  ['<?xml version="1.0"?><xml><a></a></xml>', '<?xml version="1.0"?>\n<xml>\n  <a></a>\n</xml>'],
  ['<xml><a>1</xml></a></b>', '<xml><a>1</xml></a></b>'],
  ['<xml><a>', '<xml><a>'],
  ['<html><p>x', '<html><p>x'],
  ['{"a":[]}', '{"a":[]}'],
  ['[\n1,{"a":{}}]', '[\n  1,\n  {\n    "a": {}\n  }\n]'],
  ['{"a":\n', '{"a":'],
  ['plain', 'plain'],
  ['', ''],
])('readable: %j', (body, shown) => {
  expect(readable(body)).toBe(shown);
});

test.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [999.6, '1.00 s'],
  [59_994, '59.99 s'],
  [59_996, '1 min 0 s'],
  [125_000, '2 min 5 s'],
])('%d', (ms, shown) => {
  expect(durationText(ms)).toBe(shown);
});

test('a hostile body does not grow without end', () => {
  const deep = `${'['.repeat(8000)}${']'.repeat(8000)}`;
  expect(readable(deep).length).toBeLessThan(1_000_000);
});

describe('the end', () => {
  const { chalk } = plain;

  test('the totals', () => {
    expect(endText(suiteEnd, { start: suiteStart, chalk }).split('\n')).toEqual([
      ' Scenarios  3 failed | 1 flaky | 1 passed | 1 skipped (6)',
      '      Sent  6: 4 SUCCESS, 1 FAIL, 1 undelivered',
      '   Latency  min 3  p50 12.5  p90 13  p99 14  max 14 ms',
      '  Duration  80 ms',
      '      Seed  42',
      '',
    ]);
  });

  test('why it ended early', () => {
    const down = {
      cause: 'refused' as const,
      target: 'http://127.0.0.1:1/n',
      detail: 'connect ECONNREFUSED 127.0.0.1:1',
    };
    const text = endText(
      { ...suiteEnd, interrupted: true, down },
      { start: { ...suiteStart, shard: '2/5' }, chalk },
    );
    expect(text).toContain('     Shard  2/5\n');
    expect(text).toContain('The target is down: http://127.0.0.1:1/n\n  connect ECONNREFUSED 127.0.0.1:1\n');
    expect(text).toMatch(/Interrupted: this is what was done so far\.\n$/);
  });
});
