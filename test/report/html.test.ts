/** The page as text: what it tells, what it leaves out, and that nothing in it is taken for markup. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { HtmlValidate, type RuleConfig } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { markup } from '../../src/report/html/markup.ts';
import { htmlReporter } from '../../src/report/suite/html.ts';
import { delivery, step } from '../support/events.ts';
import { failedSuite, pageOf, suiteSaying } from '../support/html-report.ts';
import { largeSuite } from '../support/large-suite.ts';
import {
  accepted,
  eventsOf,
  result,
  scenario,
  suite,
  suiteEnd,
  suiteStart,
} from '../support/suite-events.ts';

const HOSTILE = `</pre></code></title></style><script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;<!--`;

/** The text of a page, as it is read. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)>[^]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');
}

describe('what it tells', () => {
  const text = textOf(pageOf(suite));

  test('the totals, when, where and with what', () => {
    expect(text).toContain('3 of 6 scenarios failed');
    expect(text).toMatch(/1 passed 1 skipped 1 flaky 1 undelivered 2 failed/);
    expect(text).toContain('Target http://127.0.0.1:1/n Started 2026-11-25 12:00:00 UTC Took 80 ms');
    expect(text).toContain('Sent 6 deliveries: 4 SUCCESS, 1 FAIL, 1 undelivered Seed 42');
    expect(text).toContain('wxnotify 9.8.7');
  });

  test('what needs a look comes first', () => {
    const groups = [...pageOf(suite).matchAll(/<h2 id="(\w+)"/g)].map(([, id]) => id);
    expect(groups).toEqual(['timeline', 'latency', 'failed', 'undelivered', 'flaky', 'skipped', 'passed']);
  });

  test('a failed delivery: place, expectation, request, answer, and the commands', () => {
    expect(text).toContain(
      'scenarios/hostile/forged.yaml:4:3 took 12.5 ms sent at +20 ms order A1 tampered with',
    );
    expect(text).toContain('Expected a refusal (anything but SUCCESS) Got SUCCESS Next The handler accepted');
    expect(text).toContain('POST http://127.0.0.1:1/n Accept: */* <xml></xml>');
    expect(text).toContain(`<return_msg>签名 & ]]> "ok" \\x07</return_msg>`);
    expect(text.replace(/ +/g, ' ')).toContain('wxnotify run hostile/forged --seed 42');
    expect(text).toContain('wxnotify replay --id bbb222-1-1');
  });

  test('a call, what was not delivered, and why something was skipped', () => {
    expect(text).toContain('Step 3 of 3: call GET /orders/A1 scenarios/flow/once.yaml:12:5');
    expect(text).toContain('No answer refused connect ECONNREFUSED 127.0.0.1:1');
    expect(text).toContain('payment/last An order is paid scenarios/payment/last.yaml:1 --bail');
  });

  test('long texts are compared line by line', () => {
    const reasons = [{ code: 'stdout', expected: 'one\ntwo\nthree', actual: 'one\n2\nthree' } as const];
    const html = pageOf(failedSuite({ ...accepted, reasons }));
    expect(textOf(html)).toContain('Differs stdout: - expected , + got');
    expect(html).toContain('<span class="expected">- two\n</span><span class="got">+ 2\n</span>');
  });

  test('copies that failed alike are told once', () => {
    const copies = [1, 2, 3, 5].map((attempt) => ({
      ...accepted,
      step: { ...step, times: 20 },
      delivery: delivery({ attempt, duration_ms: attempt }),
    }));
    const html = pageOf(failedSuite(...copies));
    expect(textOf(html)).toContain('4 deliveries alike: #1–3, 5 of 20 took 1 ms to 5 ms');
    expect(html.match(/class="failure"/g)).toHaveLength(1);
  });

  test.each([
    [
      'a target that is down',
      { down: { cause: 'refused' as const, target: 'http://h', detail: 'refused' } },
      'The target is down',
    ],
    ['an interruption', { interrupted: true }, 'The run was interrupted'],
  ])('%s', (_, given, words) => {
    expect(textOf(pageOf([suiteStart, { ...suiteEnd, ...given }]))).toContain(words);
  });

  test('a suite that passed', () => {
    const html = pageOf([suiteStart, ...eventsOf(result()), suiteEnd]);
    expect(html).toContain('<title>wxnotify: The scenario passed</title>');
    expect(html).not.toContain('id="failed"');
  });

  test('repetitions are told apart', () => {
    const again = scenario({ repeat: { number: 2, of: 3 } });
    expect(textOf(pageOf([suiteStart, ...eventsOf(result({ scenario: again })), suiteEnd]))).toContain(
      'payment/paid 2 of 3',
    );
  });

  test('what was sent is shown as it was, when asked for', () => {
    const body = '<xml><a>1</a><b>2</b></xml>';
    const bad = { ...accepted, delivery: delivery({ request: { ...delivery().request, body } }) };
    expect(textOf(pageOf(failedSuite(bad)))).not.toContain(body);
    expect(textOf(pageOf(failedSuite(bad), { verbose: true }))).toContain(body);
  });

  test('nothing is said before the end', () => {
    expect(pageOf(suite.slice(0, -1))).toBe('');
  });
});

describe('nothing is taken for markup', () => {
  test('whatever is filled in stays text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(HOSTILE, '\0\u202e\ud800')),
        (given) => {
          const { text } = markup`${given}`;
          expect(text).not.toMatch(
            /[<>"']|&(?!#\d+;)|[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]|\p{Surrogate}/u,
          );
        },
      ),
    );
  });

  test('a page has the same elements, whatever came', () => {
    // how many lines a comparison has depends on the text
    const varying = /^\/?(mark|span|pre|dl|div|dt|dd)\b/;
    const elements = (html: string): readonly string[] =>
      [...html.matchAll(/<(\/?[a-z!][\w-]*)((?:[^<>"]|"[^"]*")*)>/gi)]
        .map(([, name = '', attributes = '']) => `${name} ${attributes.replace(/"[^"]*"/g, '""')}`)
        .filter((element) => !varying.test(element));
    const usual = elements(pageOf(suiteSaying('text')));
    const tricky = fc.oneof(
      fc.constant(HOSTILE),
      fc.string({ unit: fc.constantFrom(...Array.from(`<>"'&/=!-[]a`)), minLength: 1 }),
    );
    expect(usual.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(tricky, (given) => {
        const bare = given.replace(/[\s`]/g, '');
        fc.pre(bare !== ''); // what is empty has words instead, and words have code in them
        expect(elements(pageOf(suiteSaying(bare)))).toEqual(usual);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['small', suite],
    ['large', largeSuite({ scenarios: 400, deliveries: 3 })],
    ['hostile', suiteSaying(HOSTILE)],
  ])('it is valid: %s', async (_, events) => {
    const rules: RuleConfig = {
      'long-title': 'off',
      'no-raw-characters': 'off', // of its own style and script
    };
    const validator = new HtmlValidate({ extends: ['html-validate:standard'], rules });
    const report = await validator.validateString(pageOf(events));
    const told = report.results.flatMap(({ messages }) =>
      messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`),
    );
    expect(told).toEqual([]);
  });

  test('it refers to nothing outside of itself', () => {
    const html = pageOf(suite);
    const references = [...html.matchAll(/\b(?:href|src|srcset|action|data|xlink:href)="([^"]*)"/g)];
    expect(references.length).toBeGreaterThan(5);
    for (const [, to] of references) expect(to).toMatch(/^(#[\w-]+|data:image\/gif;base64,[\w+/=]+)$/);
    expect(html).not.toMatch(/@import|url\(/);
    const ids = new Set([...html.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id));
    for (const [, to = ''] of references.filter(([, to]) => to?.startsWith('#')))
      expect(ids).toContain(to.slice(1));
  });
});

describe('it stays usable', () => {
  test('500 scenarios of 20 deliveries', () => {
    expect(pageOf(largeSuite({ scenarios: 500, deliveries: 20 })).length).toBeLessThan(600_000);
    expect(pageOf(largeSuite({ scenarios: 500, deliveries: 20, failing: 1 })).length).toBeLessThan(3_000_000);
  });

  test('answers as long as they are read are cut, and what is missing is said', () => {
    const body = 'x'.repeat(1024 * 1024);
    const bad = { ...accepted, delivery: delivery({ response: { status: 200, headers: {}, body } }) };
    const text = textOf(pageOf(failedSuite(bad)));
    expect(text.length).toBeLessThan(20_000);
    expect(text).toContain('… 1044576 more characters are left out');
  });

  test('what is left out is not kept in memory either', () => {
    setFlagsFromString('--expose_gc');
    const collect = runInNewContext('gc') as () => void;
    const tell = htmlReporter.create({ chalk: new Chalk(), quiet: false, verbose: false, version: '1' });
    tell(suiteStart);
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let number = 1; number <= 100; number++) {
      const body = `${Buffer.alloc(1024 * 1024, 'x').toString('latin1')}${number}`;
      const response = { status: 200, headers: {}, body };
      const bad = { ...accepted, delivery: delivery({ response, message: body.slice(0, 100) }) };
      const end = result({ scenario: scenario({ number }), status: 'failed', failures: [bad] });
      eventsOf(end).forEach(tell);
    }
    collect();
    const kept = process.memoryUsage().heapUsed - before;
    expect(kept).toBeLessThan(20 * 1024 * 1024); // of 100 MiB
    expect(tell(suiteEnd).match(/class="failure"/g)).toHaveLength(100);
  });

  test('beyond a limit failures are told without request and answer', () => {
    const bodies = Array.from({ length: 400 }, (_, index) => `${index} `.repeat(4000).slice(0, 4000));
    const bad = bodies.map((body) => ({
      ...accepted,
      delivery: delivery({
        request: { ...delivery().request, body },
        response: { status: 200, headers: {}, body },
      }),
    }));
    const ends = bad.flatMap((failure, index) =>
      eventsOf(result({ scenario: scenario({ number: index + 1 }), status: 'failed', failures: [failure] })),
    );
    const html = pageOf([suiteStart, ...ends, suiteEnd]);
    expect(html.length).toBeLessThan(5_000_000);
    expect(html.match(/class="failure"/g)).toHaveLength(400);
    const leftOut = html.match(/Request and answer are left out/g)?.length ?? 0;
    expect(leftOut).toBeGreaterThan(0);
    expect(leftOut + (html.match(/class="panels"/g)?.length ?? 0)).toBe(400);
  });

  test('thousands of scenarios share rows, and what needs a look has its own', () => {
    const html = pageOf(largeSuite({ scenarios: 4000, deliveries: 2, failing: 100 }));
    const picture = /<svg class="timeline[^]*?<\/svg>\n<\/div>/.exec(html)?.[0] ?? '';
    expect(picture).toContain('others');
    expect(picture.match(/<rect/g)?.length).toBeLessThan(3000);
    expect(picture).toMatch(/<text class="wide failed"/);
    expect(html.match(/<tr id/g)?.length).toBeLessThanOrEqual(2 * 2000);
    expect(textOf(html)).toMatch(/[\d,]+ more are not listed/);
  });
});
