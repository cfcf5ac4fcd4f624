/** Annotations and the job summary of GitHub Actions, as GitHub would read them. */
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { Marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { githubReporter } from '../../src/report/suite/github.ts';
import { githubSummaryReporter } from '../../src/report/suite/github-summary.ts';
import type { Reporter } from '../../src/report/suite/reporter.ts';
import type { SuiteEvent } from '../../src/run/events.ts';
import {
  accepted,
  eventsOf,
  miscounted,
  oddResult,
  result,
  suite,
  suiteEnd,
  suiteStart,
} from '../support/suite-events.ts';

function print({ create }: Reporter, events: readonly SuiteEvent[]): string {
  const options = { chalk: new Chalk({ level: 1 }), quiet: false, verbose: false, version: '1.2.3' };
  return events.map(create(options)).join('');
}

const down = { cause: 'refused' as const, target: 'http://127.0.0.1:1/n', detail: 'refused' };

describe('annotations', () => {
  const lines = (events: readonly SuiteEvent[]): readonly string[] =>
    print(githubReporter, events).split('\n');

  test('one a scenario, where it is expected otherwise', () => {
    expect(lines(suite)).toEqual([
      '::error file=scenarios/hostile/forged.yaml,line=4,col=3,title=hostile/forged::expected a refusal (anything but SUCCESS), got SUCCESS%0AThe handler accepted what it must refuse: an attacker could do the same. Verify the signature and compare amount, appid and mch_id with the order, before anything else.%0AAgain: wxnotify run hostile/forged --seed 42',
      '::error file=scenarios/a.yaml,line=1,col=1,title=payment/paid[amount=1%2Cnote=a "b"]%3A undelivered::expected SUCCESS, got no answer: connect ECONNREFUSED 127.0.0.1:1%0ANothing listens there. Is the server up, and are host and port right?%0AAgain: wxnotify run payment/paid[amount=1,note=a "b"] --seed 42',
      '::error file=scenarios/flow/once.yaml,line=12,col=5,title=flow/once::expected $.paid_count is 1, got 2%0AAgain: wxnotify run flow/once --seed 42',
      '::warning file=scenarios/hostile/forged.yaml,line=4,col=3,title=payment/slow%3A flaky%2C passed at attempt 2::expected an answer within 5 ms, got 12.5 ms%0AAnswer first and work afterwards: the platform gives up after 5 s and sends again, up to 15 times.%0AAgain: wxnotify run payment/slow --seed 42',
      '',
    ]);
  });

  test('the failures of a step are one', () => {
    const failures = [accepted, { ...accepted }, miscounted];
    const [first, second, end] = lines(eventsOf(result({ status: 'failed', failures })));
    expect(first).toContain('%0A2 failures of this step.%0AAgain: ');
    expect(second).toContain('file=scenarios/flow/once.yaml,line=12,col=5');
    expect(end).toBe('');
  });

  test('warnings, a target that is down, an interruption', () => {
    const at = { file: 'a, b.yaml', line: 2, col: 3 };
    const problem = { code: 'field-rule', at, message: '100% odd', fix: 'Change it.' } as const;
    expect(lines([{ type: 'suite-warning', problem }])[0]).toBe(
      '::warning file=a%2C b.yaml,line=2,col=3,title=wxnotify::100%25 odd%0AChange it.',
    );
    expect(lines([{ ...suiteEnd, down }])[0]).toBe(
      '::error title=wxnotify::The target is down: http://127.0.0.1:1/n%0Arefused',
    );
    expect(lines([{ ...suiteEnd, interrupted: true }])[0]).toContain('::error title=wxnotify::Interrupted');
    expect(print(githubReporter, [suiteStart, ...eventsOf(result()), suiteEnd])).toBe('');
  });

  test('whatever texts are, it is one command, and says them', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(
            fc.constantFrom('::', ',', '%', '\n', '\r', '='),
            fc.string({ unit: 'binary', maxLength: 1 }),
          ),
        }),
        (text) => {
          const printed = print(githubReporter, eventsOf(oddResult(text)));
          expect(printed).toMatch(/^::error [^\n\r]*::[^\n\r]*\n$/);
          const [, properties = ''] = /^::error (.*?)::/.exec(printed) ?? [];
          expect(properties.split(',').map((property) => property.split('=')[0])).toEqual([
            'file',
            'line',
            'col',
            'title',
          ]);
        },
      ),
    );
  });
});

describe('the job summary', () => {
  const render = (events: readonly SuiteEvent[]): string =>
    new Marked({ gfm: true, async: false }).parse(print(githubSummaryReporter, events)) as string;

  test('totals, a table, stories', () => {
    const text = print(githubSummaryReporter, suite);
    expect(text).toContain('## wxnotify: 3 failed, 1 flaky, 1 passed, 1 skipped (6)\n\n');
    expect(text).toContain(
      '<p>sent 6: 4 SUCCESS, 1 FAIL, 1 undelivered · latency p50 12.5 ms, p99 14 ms · 80 ms · seed <code>42</code> · target <code>http://127.0.0.1:1/n</code></p>\n',
    );
    expect(text).toContain(
      '<tr><td>❌</td><td><code>hostile/forged</code></td><td><code>scenarios/hostile/forged.yaml:4:3</code></td><td><code>expected a refusal (anything but SUCCESS), got SUCCESS</code></td></tr>\n',
    );
    expect(text.match(/<summary>[^<]*/g)).toEqual([
      '<summary>❌ ',
      '<summary>🔌 ',
      '<summary>❌ ',
      '<summary>⚠️ ',
    ]);
    expect(text).toContain('&#60;return_code&#62;');
  });

  test('all is well', () => {
    const well = {
      ...suiteEnd,
      summary: { ...suiteEnd.summary, failed: 0, flaky: 0, skipped: 0, passed: 6 },
    };
    const text = print(githubSummaryReporter, [suiteStart, ...eventsOf(result()), well]);
    expect(text).toContain('## wxnotify: 6 passed (6)');
    expect(text).not.toMatch(/table|details/);
  });

  test('down, interrupted', () => {
    expect(print(githubSummaryReporter, [suiteStart, { ...suiteEnd, down, interrupted: true }])).toMatch(
      /<p>❌ The target is down: <code>http:\/\/127\.0\.0\.1:1\/n: refused<\/code><\/p>\n\n<p>⚠️ Interrupted/,
    );
  });

  test('ten thousand failures stay well below what GitHub takes', () => {
    const body = `${'签'.repeat(150)}\n`.repeat(40);
    const delivery = accepted.delivery && {
      ...accepted.delivery,
      response: { status: 500, headers: {}, body },
    };
    const failed = eventsOf(result({ status: 'failed', failures: [{ ...accepted, delivery }] }));
    const text = print(githubSummaryReporter, [
      suiteStart,
      ...Array.from({ length: 10_000 }, () => failed).flat(),
      suiteEnd,
    ]);
    expect(Buffer.byteLength(text)).toBeLessThan(512 * 1024);
    expect(text).toMatch(/Left out, because there is no room: \d+ scenarios of the table, \d{4} stories/);
  });

  test('whatever texts are, they are text', () => {
    const tags = /<\/?([a-z0-9]+)/g;
    const known = (html: string): readonly string[] => Array.from(html.matchAll(tags), ([tag]) => tag);
    const expected = known(render([suiteStart, ...eventsOf(oddResult('x')), suiteEnd]));
    const odd = [
      '</pre>',
      '</code>',
      '<b>',
      '`',
      '```',
      '|',
      '\n\n',
      '\n',
      '# ',
      '[a](b)',
      '@all',
      '&lt;',
      '&',
      '<!--',
      '](',
      '**',
      '<details>',
    ];
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary', maxLength: 1 })),
    });
    fc.assert(
      fc.property(text, (text) => {
        expect(known(render([suiteStart, ...eventsOf(oddResult(text)), suiteEnd]))).toEqual(expected);
      }),
    );
  });
});
