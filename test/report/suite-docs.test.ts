/** docs/reporters.md names every reporter, and every key and type of what programs read. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { reporters } from '../../src/report/reporters.gen.ts';
import { root } from '../support/cli.ts';
import { suite, suiteEnd } from '../support/suite-events.ts';

const text = readFileSync(path.join(root, 'docs/reporters.md'), 'utf8');
const options = { chalk: new Chalk({ level: 0 }), quiet: false, verbose: false, version: '1.2.3' };

test('every reporter is named as its file is', async () => {
  for (const [name, load] of Object.entries(reporters)) {
    const reporter = await load();
    expect(reporter.name).toBe(name);
    expect(reporter.summary).toMatch(/^.{10,110}$/);
    expect(text).toContain(`| \`${name}\``);
  }
});

test('every key of the document', async () => {
  const json = (await reporters.json()).create(options);
  const end = {
    ...suiteEnd,
    interrupted: true,
    down: { cause: 'refused' as const, target: 'a', detail: 'b' },
  };
  const document = JSON.parse([...suite.slice(0, -1), end].map(json).join('')) as Record<string, unknown> & {
    scenarios: object[];
  };
  for (const key of [...Object.keys(document), ...document.scenarios.flatMap((item) => Object.keys(item))])
    expect(text).toContain(`\`${key}\``);
});

test('every type of line', () => {
  const events = ['src/run/events.ts', 'src/run/suite-events.ts'].map((file) =>
    readFileSync(path.join(root, file), 'utf8'),
  );
  const types = Array.from(events.join('').matchAll(/type: '([a-z-]+)'/g), ([, type = '']) => type);
  expect(types.length).toBeGreaterThan(14);
  for (const type of types.filter((name) => name !== 'scenario-event'))
    expect(text).toContain(`\n| \`${type}\``);
});
