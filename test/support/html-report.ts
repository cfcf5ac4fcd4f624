/** What the tests of the page share: the page of some events, and events that try to be more than text. */
import { Chalk } from 'chalk';
import { htmlReporter } from '../../src/report/suite/html.ts';
import type { ReporterOptions } from '../../src/report/suite/reporter.ts';
import type { Failure, SuiteEvent } from '../../src/run/events.ts';
import { delivery } from './events.ts';
import { accepted, eventsOf, miscounted, result, scenario, suiteEnd, suiteStart } from './suite-events.ts';

const plain: ReporterOptions = {
  chalk: new Chalk({ level: 0 }),
  quiet: false,
  verbose: false,
  version: '9.8.7',
};

/** The page that these events make. */
export function pageOf(events: readonly SuiteEvent[], options: Partial<ReporterOptions> = {}): string {
  const tell = htmlReporter.create({ ...plain, ...options });
  return events.map(tell).join('');
}

/** A suite with one scenario that failed so. */
export function failedSuite(...failures: readonly Failure[]): readonly SuiteEvent[] {
  return [suiteStart, ...eventsOf(result({ status: 'failed', failures })), suiteEnd];
}

/** A suite in which everything that comes from outside is this text. */
export function suiteSaying(text: string): readonly SuiteEvent[] {
  const headers = { [text]: text };
  const bad: Failure = {
    ...accepted,
    step: { ...accepted.step, title: text, at: text },
    reasons: [{ code: 'ack', expected: 'REJECTED', actual: text, why: text }],
    delivery: delivery({
      message: text,
      out_trade_no: text,
      request: { method: text, url: text, headers: [[text, text]], body: text },
      response: { status: 200, headers, body: text },
    }),
  };
  const call: Failure = {
    ...miscounted,
    reasons: [
      {
        code: 'json',
        name: text,
        expected: `["${text}"]`,
        actual: `["${text}", "and a good deal more, so that it is compared"]`,
      },
      { code: 'body', expected: `${text}\n1`, actual: `${text}\n2` },
    ],
  };
  const command: Failure = {
    ...miscounted,
    reasons: [{ code: 'step', expected: text, actual: text, fix: text }],
    exchange: {
      does: 'run',
      argv: [text],
      env: { [text]: text },
      stdin: text,
      exit: 1,
      stdout: text,
      stderr: text,
      error: null,
      duration_ms: 1,
      tries: 1,
      captured: {},
    },
  };
  const facts = scenario({
    name: text,
    file: text,
    summary: text,
    tags: [text],
    seed: text,
    target: text,
    reproduce: text,
  });
  const problem = { code: 'usage', message: text, fix: text } as const;
  const skipped = { ...facts, number: 2 };
  return [
    { ...suiteStart, target: text, seed: text, shard: text, insecure: true },
    { type: 'suite-warning', problem },
    ...eventsOf(result({ scenario: facts, status: 'failed', failures: [bad, call, command] })),
    ...eventsOf(result({ scenario: skipped, status: 'skipped', why: text, attempts: 0, summary: null })),
    { ...suiteEnd, interrupted: true, down: { cause: 'refused', target: text, detail: text } },
  ];
}
