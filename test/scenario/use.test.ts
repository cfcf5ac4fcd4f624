/** `use`: steps that stand in files of their own. */
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadScenarios } from '../../src/cli/work/load.ts';
import { temporaryFolder } from '../support/cli.ts';
import { notifications, problemsOf, scenariosOf } from '../support/scenarios.ts';

const files = {
  'shop/a.yaml': 'steps:\n  - use: ../_steps/one.yaml\n  - notify: v2/payment\n    name: last',
  '_steps/one.yaml':
    '- name: first\n  notify: v2/payment\n- use: more/two.yaml\n- name: fourth\n  notify: v2/refund',
  '_steps/more/two.yaml':
    'summary: two steps\nsteps:\n  - name: second\n    notify: v2/payment\n  - parallel:\n      - { name: third, notify: v2/payment }\n      - { notify: v2/refund }',
};

test('the steps stand where they are used, and are numbered as one flow', () => {
  const [scenario] = scenariosOf(files);
  expect(scenario?.steps.map(({ number, name }) => [number, name])).toEqual([
    [1, 'first'],
    [2, 'second'],
    [3, 'third'],
    [4, 'v2/refund'],
    [5, 'fourth'],
    [6, 'last'],
  ].map(([number, name]) => [number, name === 'v2/refund' ? undefined : name])); // prettier-ignore
});

test('each has its place in its own file', () => {
  const [scenario] = scenariosOf(files);
  const places = scenario?.steps.map(({ path }) => scenario.place(path));
  expect(places?.map(({ file, line }) => `${file.replace('scenarios/', '')}:${line}`)).toEqual([
    '_steps/one.yaml:1',
    '_steps/more/two.yaml:3',
    '_steps/more/two.yaml:6',
    '_steps/more/two.yaml:7',
    '_steps/one.yaml:4',
    'shop/a.yaml:3',
  ]);
});

test('the files are sources, each once', () => {
  const twice = { ...files, 'shop/a.yaml': `${files['shop/a.yaml']}\n  - use: ../_steps/more/two.yaml` };
  const [scenario] = scenariosOf(twice);
  expect(scenario?.steps.length).toBe(9);
  expect(scenario?.sources.map((file) => file.replace(/.*scenarios/, ''))).toEqual([
    '/shop/a.yaml',
    '/_steps/one.yaml',
    '/_steps/more/two.yaml',
  ]);
});

test('rows and defaults reach into them', () => {
  const [first, second] = scenariosOf({
    'a.yaml': 'matrix: { n: [2, 3] }\nsteps: [{ use: _s.yaml }]',
    '_s.yaml': '- notify: v2/payment\n  times: ${n}\n- call: POST http://x\n  json: { n: "${n}", m: 1.50 }',
    '_folder.yaml': 'defaults: { timeout: 7s }',
  });
  for (const [scenario, times] of [
    [first, 2],
    [second, 3],
  ] as const) {
    if (!scenario) throw new Error('there is no scenario');
    expect(notifications(scenario)).toMatchObject([{ times, timeout_ms: 7000 }]);
    const call = scenario.steps[1];
    const payload = call?.does === 'call' ? call.payload?.value : undefined;
    expect(JSON.stringify(payload)).toBe(`{"n":${times},"m":"1.50"}`);
  }
});

test('numbers in JSON stay as they are written, wherever they come from', () => {
  const [scenario] = scenariosOf({
    'a.yaml': 'steps: [{ use: _s.yaml }, { call: POST http://x, json: { m: 2.50 } }]',
    '_s.yaml': '- call: POST http://x\n  json: { m: 1.50 }',
  });
  expect(
    JSON.stringify(scenario?.steps.map((step) => (step.does === 'call' ? step.payload : undefined))),
  ).toBe('[{"as":"json","value":{"m":"1.50"}},{"as":"json","value":{"m":"2.50"}}]');
});

test('files that use each other twice come to an end', () => {
  const chain = Array.from({ length: 20 }, (_, index) => [
    `_${index}.yaml`,
    index === 19 ? '- notify: v2/payment' : `- use: _${index + 1}.yaml\n- use: _${index + 1}.yaml`,
  ]);
  const problems = problemsOf({ ...(Object.fromEntries(chain) as Record<string, string>), 'a.yaml': 'steps: [{ use: _0.yaml }]' }); // prettier-ignore
  expect(problems[0]).toMatch(/`use` reads more than 1000 files$/);
});

test('a circle through a link is one', () => {
  const root = temporaryFolder({
    'a.yaml': 'steps: [{ use: _steps/one.yaml }]',
    '_steps/one.yaml': '- use: again/one.yaml',
  });
  symlinkSync('.', path.join(root, '_steps/again'), 'junction');
  const library = { own: root, builtin: path.join(root, 'none'), root, cwd: root };
  const read = loadScenarios('a', library);
  expect(read.ok ? [] : read.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^`use` leads in a circle: .*a\.yaml, which uses .*one\.yaml, which uses .*one\.yaml$/,
    ),
  ]);
});

test('what is wrong in a file that is used twice is told once', () => {
  const wrong = problemsOf({
    'a.yaml': 'steps: [{ use: _one.yaml }, { use: _one.yaml }]',
    '_one.yaml': 'steps: [{ use: _gone.yaml }]',
  });
  expect(wrong).toEqual([expect.stringContaining('there is no file')]);
});
