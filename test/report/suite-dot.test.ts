/** Dots: what people see of a long suite. */
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { dotReporter } from '../../src/report/suite/dot.ts';
import type { ReporterOptions } from '../../src/report/suite/reporter.ts';
import type { SuiteEvent } from '../../src/run/events.ts';
import { eventsOf, result, suite, suiteEnd, suiteStart } from '../support/suite-events.ts';

function print(events: readonly SuiteEvent[], given: Partial<ReporterOptions> = {}): string {
  const options = {
    chalk: new Chalk({ level: 0 }),
    quiet: false,
    verbose: false,
    version: '1.2.3',
    ...given,
  };
  return events.map(dotReporter.create(options)).join('');
}

const well: SuiteEvent = { ...suiteEnd, summary: { ...suiteEnd.summary, failed: 0, flaky: 0 } };

test('a character a scenario, then the failures, then the totals', () => {
  const text = print(suite);
  expect(text).toMatch(/^\.FEFfs\n\n FAIL {2}hostile\/forged /);
  expect(text.match(/^ (FAIL|UNDELIVERED|FLAKY) {2}\S+/gm)).toEqual([
    ' FAIL  hostile/forged',
    ' UNDELIVERED  payment/paid[amount=1,note=a',
    ' FAIL  flow/once',
    ' FLAKY  payment/slow',
  ]);
  expect(text).toMatch(
    /\n\n Scenarios {2}3 failed \| 1 flaky \| 1 passed \| 1 skipped \(6\)\n[^]*Seed {2}42\n$/,
  );
});

test.each([
  [79, 1],
  [80, 1],
  [81, 2],
  [160, 2],
])('%d dots take %d lines of at most 80', (count, lines) => {
  const events = Array.from({ length: count }, () => eventsOf(result())).flat();
  const [dots = ''] = print([suiteStart, ...events, well]).split('\n\n');
  expect(dots.split('\n')).toHaveLength(lines);
  expect(dots.replaceAll('\n', '')).toBe('.'.repeat(count));
});

test('quiet says nothing of what went well, and all of what did not', () => {
  expect(print([suiteStart, ...eventsOf(result()), well], { quiet: true })).toBe('');
  expect(print([suiteStart, { ...well, interrupted: true }], { quiet: true })).toContain('Interrupted');
  expect(print(suite, { quiet: true })).toMatch(/^ FAIL {2}hostile/);
});

test('colours', () => {
  const text = print([suiteStart, ...eventsOf(result())], { chalk: new Chalk({ level: 1 }) });
  expect(text).toBe('\u001b[32m.\u001b[39m');
});
