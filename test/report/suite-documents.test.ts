/** The reporters for programs that write JSON: key by key, and line by line. */
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonReporter } from '../../src/report/suite/json.ts';
import { ndjsonReporter } from '../../src/report/suite/ndjson.ts';
import type { Reporter } from '../../src/report/suite/reporter.ts';
import type { SuiteEvent } from '../../src/run/events.ts';
import {
  accepted,
  eventsOf,
  miscounted,
  oddResult,
  result,
  scenario,
  suite,
  suiteEnd,
  suiteStart,
} from '../support/suite-events.ts';

type Json = Readonly<Record<string, unknown>>;

function print({ create }: Reporter, events: readonly SuiteEvent[]): string {
  const options = { chalk: new Chalk({ level: 0 }), quiet: false, verbose: false, version: '1.2.3' };
  return events.map(create(options)).join('');
}

const document = (events: readonly SuiteEvent[]): Json => JSON.parse(print(jsonReporter, events)) as Json;
const lines = (events: readonly SuiteEvent[]): readonly Json[] =>
  print(ndjsonReporter, events)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Json);

describe('json', () => {
  test('the document', () => {
    const { scenarios, ...rest } = document(suite);
    expect(rest).toEqual({
      schema: 'wxnotify/1',
      command: 'run',
      version: '1.2.3',
      ok: false,
      exit: 3,
      seed: '42',
      target: 'http://127.0.0.1:1/n',
      at: '2026-11-25T12:00:00.000Z',
      summary: suiteEnd.summary,
      warnings: [],
    });
    expect(
      (scenarios as readonly Json[]).map(({ name, status, attempts }) => [name, status, attempts]),
    ).toEqual([
      ['payment/paid', 'passed', 1],
      ['hostile/forged', 'failed', 1],
      ['payment/paid[amount=1,note=a "b"]', 'undelivered', 1],
      ['flow/once', 'failed', 1],
      ['payment/slow', 'flaky', 2],
      ['payment/last', 'skipped', 0],
    ]);
  });

  test('a scenario', () => {
    const end = result({
      scenario: scenario({ name: 'flow/once', line: 2 }),
      status: 'failed',
      failures: [miscounted],
    });
    const { scenarios } = document([suiteStart, ...eventsOf(end), suiteEnd]);
    expect(scenarios).toEqual([
      {
        name: 'flow/once',
        family: 'flow/once',
        file: 'scenarios/flow/once.yaml',
        line: 2,
        summary: {
          sent: 1,
          undelivered: 0,
          unsent: 0,
          skipped: 0,
          duration_ms: 13,
          acks: { SUCCESS: 1 },
          latency_ms: { min: 12.5, p50: 12.5, p90: 12.5, p99: 12.5, max: 12.5 },
        },
        title: 'An order is paid',
        tags: ['payment', 'smoke'],
        seed: '42',
        target: 'http://127.0.0.1:1/n',
        reproduce: 'wxnotify run flow/once --seed 42',
        status: 'failed',
        attempts: 1,
        at: '2026-11-25T12:00:00.000Z',
        duration_ms: 13,
        deliveries: [],
        steps: [
          {
            step: 3,
            name: 'GET /orders/A1',
            ok: false,
            does: 'call',
            request: {
              method: 'GET',
              url: 'http://127.0.0.1:1/orders/A1',
              headers: { accept: '*/*' },
              body: '',
            },
            response: {
              status: 200,
              headers: { 'content-type': 'application/json' },
              body: '{"id":"A1","status":"PAID","paid_count":2}',
            },
            error: null,
            duration_ms: 3,
            tries: 1,
            captured: {},
          },
        ],
        failures: [
          {
            step: 3,
            attempt: null,
            expectation: 'json',
            expected: '1',
            actual: '2',
            message: 'expected $.paid_count is 1, got 2',
          },
        ],
        warnings: [],
      },
    ]);
  });

  test('the last attempt counts; what was wrong before it makes it flaky', () => {
    const failures = [accepted];
    const end = result({ status: 'flaky', attempts: 3, failures });
    const [only] = document([suiteStart, ...eventsOf(end), suiteEnd])['scenarios'] as readonly Json[];
    expect(only).toMatchObject({ status: 'flaky', attempts: 3, failures: [] });
    expect(only?.['deliveries']).toHaveLength(1);
    expect(only?.['failures_before']).toEqual([
      {
        step: 1,
        attempt: 1,
        expectation: 'ack',
        expected: 'REJECTED',
        actual: 'SUCCESS',
        message: 'expected a refusal (anything but SUCCESS), got SUCCESS',
        at: 'scenarios/hostile/forged.yaml:4:3',
      },
    ]);
  });

  test('what was not run has nothing of the one before', () => {
    const skipped = result({ status: 'skipped', why: '--bail', attempts: 0, summary: null });
    const events = [suiteStart, ...eventsOf(result()), ...eventsOf(skipped), suiteEnd];
    const [, last] = document(events)['scenarios'] as readonly Json[];
    expect(last).toMatchObject({ why: '--bail', summary: null, deliveries: [], failures: [], warnings: [] });
  });

  test('a repetition, a part, an unverified one, a warning', () => {
    const problem = { code: 'field-rule', message: 'odd', fix: 'Change it.' } as const;
    const repeated = result({ scenario: scenario({ repeat: { number: 2, of: 3 } }) });
    const shown = document([
      { ...suiteStart, insecure: true, shard: '2/5' },
      { type: 'suite-warning', problem },
      ...eventsOf(repeated),
      suiteEnd,
    ]);
    expect(shown).toMatchObject({ insecure: true, shard: '2/5', warnings: [problem] });
    expect(shown['scenarios']).toMatchObject([{ repeat: { number: 2, of: 3 } }]);
  });
});

const good = { ...suiteEnd, summary: { ...suiteEnd.summary, failed: 0 } };
const down = { cause: 'refused' as const, target: 'http://127.0.0.1:1/n', detail: 'refused' };

describe.each([
  ['all is well', [], good, { ok: true, exit: 0 }],
  ['one failed', [result({ status: 'failed' })], suiteEnd, { ok: false, exit: 1 }],
  ['one was not delivered', [result({ status: 'undelivered' })], suiteEnd, { ok: false, exit: 3 }],
  ['flaky is well', [result({ status: 'flaky' })], good, { ok: true, exit: 0 }],
  ['the target is down', [], { ...good, down }, { ok: false, exit: 3, down }],
  ['interrupted', [], { ...suiteEnd, interrupted: true }, { ok: false, exit: 130, interrupted: true }],
] as const)('%s', (_, results, end, expected) => {
  const ends = results.map((result) => ({ type: 'scenario-end', result }) as const);

  test('json', () => expect(document([suiteStart, ...ends, end])).toMatchObject(expected));

  test('ndjson', () => expect(lines([suiteStart, ...ends, end]).at(-1)).toMatchObject(expected));
});

describe('ndjson', () => {
  test('a line an event, in order', () => {
    const told = lines(suite);
    expect(told).toHaveLength(suite.length);
    for (const line of told)
      expect(line).toMatchObject({ schema: 'wxnotify/1', type: expect.any(String) as string });
    const names = told.filter(({ type }) => type === 'scenario-end').map(({ scenario }) => scenario);
    expect(names).toEqual(
      suite.flatMap((event) => (event.type === 'scenario-end' ? [event.result.scenario.name] : [])),
    );
  });

  test('the suite and a scenario', () => {
    const [first, start, run, step, delivery] = lines(suite);
    expect(first).toEqual({
      schema: 'wxnotify/1',
      type: 'suite-start',
      version: '1.2.3',
      seed: '42',
      target: 'http://127.0.0.1:1/n',
      insecure: false,
      scenarios: 6,
      workers: 8,
      shard: null,
      at: '2026-11-25T12:00:00.000Z',
    });
    const of = { schema: 'wxnotify/1', scenario: 'payment/paid', number: 1 };
    expect(start).toEqual({
      ...of,
      type: 'scenario-start',
      title: 'An order is paid',
      family: 'payment/paid',
      file: 'scenarios/payment/paid.yaml',
      line: 1,
      tags: ['payment', 'smoke'],
      seed: '42',
      target: 'http://127.0.0.1:1/n',
      reproduce: 'wxnotify run payment/paid --seed 42',
    });
    expect(run).toEqual({
      ...of,
      type: 'run-start',
      run: 1,
      seed: '42',
      target: 'http://127.0.0.1:1/n',
      planned: 1,
    });
    expect(step).toMatchObject({
      ...of,
      type: 'step-start',
      run: 1,
      step: 1,
      of: 1,
      at: 'scenarios/a.yaml:1:1',
    });
    expect(delivery).toEqual({
      ...of,
      type: 'delivery',
      run: 1,
      ok: true,
      id: 'abc123-1-1',
      step: 1,
      attempt: 1,
      at: '2026-11-25T12:00:00.000Z',
      kind: 'v2/payment',
      out_trade_no: 'A1',
      request: {
        method: 'POST',
        url: 'http://127.0.0.1:1/n',
        headers: { Accept: '*/*' },
        body: '<xml></xml>',
      },
      response: { status: 200, headers: { 'content-type': 'text/xml' }, body: '<xml/>' },
      ack: 'SUCCESS',
      message: 'OK',
      error: null,
      duration_ms: 12.5,
      failures: [],
    });
  });

  test('how one ended', () => {
    const end = lines(suite).find(
      ({ type, scenario }) => type === 'scenario-end' && scenario === 'flow/once',
    );
    expect(end).toMatchObject({
      status: 'failed',
      attempts: 1,
      failures: [{ step: 3, expectation: 'json', at: 'scenarios/flow/once.yaml:12:5' }],
      failures_not_listed: 0,
    });
  });

  test('other events', () => {
    const [warning, progress, waiting, skipped, end] = lines(
      [
        { type: 'warning', problem: { code: 'no-race', message: 'a', fix: 'b' } } as const,
        { type: 'progress', done: 1, of: 2, failed: 0, rate: 3, acks: {}, latency_ms: null } as const,
        { type: 'waiting', step: miscounted.step, attempt: 2, ms: 10 } as const,
        { type: 'step-skipped', step: miscounted.step } as const,
        { type: 'step-end', step: miscounted.step, reasons: [], untold: 4 } as const,
      ].map((event) => ({ type: 'scenario-event', scenario: scenario(), attempt: 2, event })),
    );
    expect(warning).toMatchObject({ type: 'warning', run: 2, code: 'no-race', message: 'a' });
    expect(progress).toMatchObject({ type: 'progress', done: 1, of: 2 });
    expect(waiting).toMatchObject({ type: 'waiting', step: 3, attempt: 2, ms: 10 });
    expect(skipped).toMatchObject({ type: 'step-skipped', step: 3, ok: false, skipped: true });
    expect(end).toMatchObject({ type: 'step-end', step: 3, ok: false, failures: [], failures_not_listed: 4 });
  });

  test('whatever texts are, a line is a line of printable JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const end = oddResult(text);
        const printed = print(ndjsonReporter, eventsOf(end));
        expect(printed.split('\n')).toHaveLength(eventsOf(end).length + 1);
        expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
        for (const line of printed.split('\n').slice(0, -1)) JSON.parse(line);
      }),
    );
  });
});

test('none of them mixes the words of two suites', () => {
  for (const reporter of [jsonReporter, ndjsonReporter])
    expect(print(reporter, suite)).toBe(print(reporter, suite));
});
