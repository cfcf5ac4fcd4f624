/** TAP, by somebody else's parser. */
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { Parser, type FinalResults, type Result } from 'tap-parser';
import { expect, test } from 'vitest';
import { tapReporter } from '../../src/report/suite/tap.ts';
import type { SuiteEvent } from '../../src/run/events.ts';
import {
  eventsOf,
  oddResult,
  result,
  scenario,
  suite,
  suiteEnd,
  suiteStart,
} from '../support/suite-events.ts';

function print(events: readonly SuiteEvent[]): string {
  const options = { chalk: new Chalk({ level: 1 }), quiet: false, verbose: false, version: '1.2.3' };
  return events.map(tapReporter.create(options)).join('');
}

interface Read {
  readonly points: readonly Result[];
  readonly ok: boolean;
  readonly bailout: string | boolean;
  /** Lines that are no TAP, plans that do not fit. */
  readonly problems: readonly unknown[];
}

function read(tap: string): Read {
  const events = Parser.parse(tap, { strict: true }) as unknown as readonly (readonly [string, unknown])[];
  const of = (type: string): readonly unknown[] =>
    events.flatMap(([name, value]) => (name === type ? [value] : []));
  const [results] = of('complete') as FinalResults[];
  if (!results) throw new Error('the parser came to no end');
  const misfits = results.failures.filter((failure) => 'tapError' in failure && Boolean(failure.tapError));
  return {
    points: of('assert') as Result[],
    ok: results.ok,
    bailout: results.bailout,
    problems: [...misfits, ...of('extra'), ...of('child')],
  };
}

test('a point a scenario', () => {
  const { points, ok, problems, bailout } = read(print(suite));
  expect(problems).toEqual([]);
  expect(bailout).toBe(false);
  expect(ok).toBe(false);
  expect(points.map(({ ok, name, skip }) => [ok, name, skip])).toEqual([
    [true, 'payment/paid', false],
    [false, 'hostile/forged', false],
    [false, 'payment/paid[amount=1,note=a "b"]', false],
    [false, 'flow/once', false],
    [true, 'payment/slow', false],
    [true, 'payment/last', '--bail'],
  ]);
});

test('the text', () => {
  const events = [suiteStart, ...eventsOf(result()), suiteEnd];
  expect(print(events).split('\n')).toEqual([
    'TAP version 14',
    '# seed 42',
    '# target http://127.0.0.1:1/n',
    'ok 1 - payment/paid',
    '  ---',
    '  status: "passed"',
    '  duration_ms: 13',
    '  ...',
    '1..1',
    '',
  ]);
});

test('what is known of a failure', () => {
  const { points } = read(print(suite));
  const diag = points[1]?.diag as Record<string, unknown>;
  const { story, ...facts } = diag;
  expect(facts).toEqual({
    status: 'failed',
    message: 'expected a refusal (anything but SUCCESS), got SUCCESS',
    at: 'scenarios/hostile/forged.yaml:4:3',
    seed: '42',
    reproduce: 'wxnotify run hostile/forged --seed 42',
    failures: [
      {
        step: 1,
        attempt: 1,
        expectation: 'ack',
        expected: 'REJECTED',
        actual: 'SUCCESS',
        message: 'expected a refusal (anything but SUCCESS), got SUCCESS',
        at: 'scenarios/hostile/forged.yaml:4:3',
      },
    ],
  });
  expect(story).toMatch(/^ FAIL {2}hostile\/forged {2}A forged <b>signature<\/b> & more\n\n ❯ /);
  expect(story).toContain('\n   request   POST http://127.0.0.1:1/n\n             Accept: */*\n');
  expect(points[1]?.time).toBe(13);
  expect(points[4]?.diag).toMatchObject({ status: 'flaky', attempts: 2 });
});

test.each([
  [
    'down',
    { ...suiteEnd, down: { cause: 'refused', target: 'http://127.0.0.1:1/n', detail: 'refused' } },
    'The target is down: http://127.0.0.1:1/n: refused',
  ],
  ['interrupted', { ...suiteEnd, interrupted: true }, 'Interrupted: not everything was run'],
] as const)('bails out: %s', (_, end, why) => {
  const { bailout, ok } = read(print([suiteStart, ...eventsOf(result()), end]));
  expect(bailout).toBe(why);
  expect(ok).toBe(false);
});

test('no scenario, repetitions, a shard', () => {
  const empty = read(print([suiteStart, suiteEnd]));
  expect(empty).toMatchObject({ ok: true, problems: [] });
  const repeated = result({ scenario: scenario({ repeat: { number: 2, of: 3 } }) });
  const text = print([{ ...suiteStart, shard: '2/5' }, ...eventsOf(repeated), suiteEnd]);
  expect(text).toContain('# shard 2/5\nok 1 - payment/paid (2 of 3)\n');
});

test('signs of TAP in a name are its own', () => {
  const odd = ['a # SKIP no', 'a\\b', '# TODO', 'a {', '{', '\n1..9', 'ok 1 - x', ' - ', '---'];
  const events = odd.map((name) => eventsOf(result({ scenario: scenario({ name }) }))).flat();
  const { points, problems, ok } = read(print([suiteStart, ...events, suiteEnd]));
  expect(problems).toEqual([]);
  expect(ok).toBe(true);
  expect(points.map(({ name, skip, todo }) => [name, skip, todo])).toEqual([
    ['a # SKIP no', false, false],
    ['a\\b', false, false],
    ['# TODO', false, false],
    ['a', false, false], // a brace at the end is this parser's own extension: it is lost, and nothing else
    ['', false, false],
    ['⏎ 1..9', false, false],
    ['ok 1 - x', false, false],
    ['-', false, false],
    ['---', false, false],
  ]);
});

test('whatever texts are, it is TAP, and the story is YAML', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom(
        '#',
        '\\',
        '{',
        '}',
        '\n',
        '\r',
        '\t',
        ' ',
        '...',
        '---',
        ': ',
        '- ',
        '\ud800',
        '\ufeff',
        '\u2028',
        '\0',
      ),
    ),
  });
  fc.assert(
    fc.property(fc.array(text, { minLength: 10 }), (texts) => {
      const events = texts.flatMap((text) => eventsOf(oddResult(text)));
      const { points, problems } = read(print([suiteStart, ...events, suiteEnd]));
      expect(problems).toEqual([]);
      expect(points).toHaveLength(texts.length);
      for (const [index, { ok, diag }] of points.entries()) {
        expect(ok).toBe(false);
        expect((diag as { failures: unknown }).failures).toMatchObject([{ actual: texts[index] }]);
        expect((diag as { story: string }).story).toContain('\n   request   POST ');
      }
    }),
  );
});
