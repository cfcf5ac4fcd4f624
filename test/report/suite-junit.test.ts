/** JUnit XML, by the schemas and parsers of others. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { junitReporter } from '../../src/report/suite/junit.ts';
import type { SuiteEvent } from '../../src/run/events.ts';
import { root } from '../support/cli.ts';
import {
  accepted,
  eventsOf,
  oddResult,
  result,
  scenario,
  suite,
  suiteEnd,
  suiteStart,
} from '../support/suite-events.ts';

function print(events: readonly SuiteEvent[], level: 0 | 1 = 0): string {
  const options = { chalk: new Chalk({ level }), quiet: false, verbose: false, version: '1.2.3' };
  return events.map(junitReporter.create(options)).join('');
}

const vector = (name: string): string => readFileSync(path.join(root, 'test/vectors/junit', name), 'utf8');

/** The author's later version has `skipped`; see test/vectors/junit/README.md. */
function withSkipped(schema: string): string {
  return schema
    .replace('<xs:choice minOccurs="0">', '$&<xs:element name="skipped"/>')
    .replace(/(?=<xs:attribute name="timestamp")/, '<xs:attribute name="skipped" type="xs:int"/>');
}

const schemas = [
  ['Jenkins', vector('junit-10.xsd')],
  ['Ant', withSkipped(vector('JUnit.xsd'))],
] as const;

const down = { cause: 'refused' as const, target: 'http://127.0.0.1:1/n', detail: 'refused' };
const repeated = [1, 2].map((number) =>
  eventsOf(result({ scenario: scenario({ repeat: { number, of: 2 } }) })),
);
const single = result({ scenario: scenario({ name: 'paid' }) });

describe.each(schemas)('the schema of %s', (_, schema) => {
  const problems = async (xml: string): Promise<readonly string[]> => {
    const { errors } = await validateXML({ xml, schema });
    return errors.map(({ message }) => message);
  };

  test.each<[string, readonly SuiteEvent[]]>([
    ['every sort of scenario', suite],
    ['no scenario', [suiteStart, suiteEnd]],
    ['a scenario in no folder', [suiteStart, ...eventsOf(single), suiteEnd]],
    ['repetitions', [suiteStart, ...repeated.flat(), suiteEnd]],
    ['down', [suiteStart, { ...suiteEnd, down }]],
    ['interrupted', [...suite.slice(0, 9), { ...suiteEnd, interrupted: true }]],
  ])('%s', async (_, events) => {
    expect(await problems(print(events))).toEqual([]);
  });

  test('refuses what is wrong', async () => {
    expect(await problems(print(suite).replace(' tests=', ' test='))).not.toEqual([]);
    expect(await problems(print(suite).replace('<failure ', '<failed '))).not.toEqual([]);
  });
});

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly failure?: { readonly type: string; readonly message: string; readonly '#text': string };
  readonly error?: { readonly type: string; readonly message: string; readonly '#text': string };
  readonly skipped?: { readonly message: string };
}

interface Suite {
  readonly name: string;
  readonly tests: string;
  readonly failures: string;
  readonly errors: string;
  readonly skipped: string;
  readonly properties: { readonly property: readonly { readonly name: string; readonly value: string }[] };
  readonly testcase: readonly Case[];
  readonly 'system-out': string;
}

function read(xml: string): readonly Suite[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => ['testsuite', 'testcase', 'property'].includes(name),
    htmlEntities: true,
  });
  const document = parser.parse(xml) as { testsuites: { testsuite?: readonly Suite[] } };
  return document.testsuites.testsuite ?? [];
}

test('a suite a folder, a case a scenario', () => {
  const suites = read(print(suite));
  expect(
    suites.map(({ name, tests, failures, errors, skipped }) => [name, tests, failures, errors, skipped]),
  ).toEqual([
    ['payment', '4', '0', '1', '1'],
    ['hostile', '1', '1', '0', '0'],
    ['flow', '1', '1', '0', '0'],
  ]);
  expect(suites[0]?.testcase.map(({ name, classname }) => [name, classname])).toEqual([
    ['payment/paid', 'payment.paid'],
    ['payment/paid[amount=1,note=a "b"]', 'payment.paid'],
    ['payment/slow', 'payment.slow'],
    ['payment/last', 'payment.last'],
  ]);
});

test('a failure has expected and actual, request and answer', () => {
  const { failure } = read(print(suite))[1]?.testcase[0] ?? {};
  expect(failure?.type).toBe('ack');
  expect(failure?.message).toBe('expected a refusal (anything but SUCCESS), got SUCCESS');
  expect(failure?.['#text']).toContain('\n ❯ scenarios/hostile/forged.yaml:4:3  step 1 of 1: v2/payment\n');
  expect(failure?.['#text']).toContain(
    '   expected  a refusal (anything but SUCCESS)\n   got       SUCCESS\n',
  );
  expect(failure?.['#text']).toContain('   request   POST http://127.0.0.1:1/n\n');
  expect(failure?.['#text']).toContain('<return_msg>签名 & ]]> "ok" \\x07</return_msg>\n');
  expect(failure?.['#text']).toContain('   again     wxnotify run hostile/forged --seed 42\n');
});

test('what was not delivered is an error, what was not run is skipped, what is flaky is told beside', () => {
  const [payment] = read(print(suite));
  const [, undelivered, flaky, skipped] = payment?.testcase ?? [];
  expect(undelivered?.error?.message).toBe(
    'expected SUCCESS, got no answer: connect ECONNREFUSED 127.0.0.1:1',
  );
  expect(skipped?.skipped?.message).toBe('--bail');
  expect(Object.keys(flaky ?? {})).toEqual(['name', 'classname', 'time']);
  expect(payment?.properties.property).toContainEqual({ name: 'flaky', value: 'payment/slow: 2 attempts' });
  expect(payment?.['system-out']).toContain('passed at attempt 2; what was wrong before:');
});

test('a suite that came to no end is red', () => {
  const [last] = read(print([suiteStart, { ...suiteEnd, down }]));
  expect(last).toMatchObject({ name: 'wxnotify', errors: '1' });
  expect(last?.testcase[0]?.error?.message).toBe('The target is down: http://127.0.0.1:1/n: refused');
  const [, stopped] = read(print([suiteStart, ...eventsOf(result()), { ...suiteEnd, interrupted: true }]));
  expect(stopped?.testcase[0]?.error?.message).toBe('Interrupted: not everything was run');
});

test('colours of the terminal stay out of it, and a long message is cut', () => {
  expect(print(suite, 1)).toBe(print(suite));
  const reasons = [{ code: 'message', expected: 'x'.repeat(2000), actual: 'y' }] as const;
  const end = result({ status: 'failed', failures: [{ ...accepted, reasons }] });
  expect(
    read(print([suiteStart, ...eventsOf(end), suiteEnd]))[0]?.testcase[0]?.failure?.message,
  ).toHaveLength(500);
});

const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      ']]>',
      '<',
      '&',
      '"',
      '\n',
      '\r',
      '\t',
      '\ud800',
      '\udc00',
      '\ufffe',
      '\uffff',
      '\0',
      '\u0085',
      '\u007f',
    ),
  ),
});

test('whatever texts are, it is XML by both schemas, and says them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyText, { minLength: 40 }), async (texts) => {
      const xml = print([suiteStart, ...texts.flatMap((text) => eventsOf(oddResult(text))), suiteEnd]);
      for (const [, schema] of schemas) expect((await validateXML({ xml, schema })).errors).toEqual([]);
      const cases = read(xml).flatMap(({ testcase }) => testcase);
      expect(cases).toHaveLength(texts.length);
      for (const { failure } of cases) expect(failure?.['#text']).toContain('   request   POST ');
    }),
    { numRuns: 5 },
  );
});
