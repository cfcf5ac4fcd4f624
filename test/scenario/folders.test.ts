/** `_folder.yaml`: what the scenarios of a folder have in common. */
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenarios } from '../../src/cli/work/load.ts';
import { temporaryFolder } from '../support/cli.ts';
import { notification, notifications, problemsOf, scenariosOf } from '../support/scenarios.ts';

/** The only scenario of a file with these defaults beside it. */
function scenarioWith(defaults: string, yaml: string) {
  const [only] = scenariosOf({ 'a.yaml': yaml, '_folder.yaml': `defaults: ${defaults}` });
  if (!only) throw new Error('there is no scenario');
  return only;
}

describe('defaults', () => {
  test('go under every notification, also those of groups, and to no other step', () => {
    const yaml = `
steps:
  - notify: v2/payment
  - parallel: [{ notify: v2/payment, timeout: 9s }, { notify: v2/refund }]
  - order: reversed
    steps: [{ notify: v2/payment }, { notify: v2/refund }]
  - call: GET http://127.0.0.1/
  - run: 'true'`;
    const scenario = scenarioWith('{ timeout: 7s, sign_type: HMAC-SHA256 }', yaml);
    expect(notifications(scenario).map((step) => step.timeout_ms)).toEqual([7000, 9000, 7000, 7000, 7000]);
    expect(scenario.steps.map((step) => ('timeout_ms' in step ? step.timeout_ms : 0)).slice(5)).toEqual([
      10_000, 30_000,
    ]);
  });

  test('go under the only notification of a short file', () => {
    const step = notification(scenarioWith('{ times: 3, every: 10ms }', 'notify: v2/payment'));
    expect(step).toMatchObject({ times: 3, every_ms: 10 });
  });

  test('fields are merged, and are only those of the kind', () => {
    const yaml = 'steps: [{ notify: v2/payment, fields: { total_fee: 5 } }, { notify: v2/refund }]';
    const scenario = scenarioWith(
      '{ fields: { total_fee: 1, attach: x, refund_fee: 1, coupon_id_0: y } }',
      yaml,
    );
    expect(notifications(scenario).map(({ fields }) => fields)).toEqual([
      { total_fee: '5', attach: 'x', coupon_id_0: 'y' },
      { total_fee: '1', refund_fee: '1' },
    ]);
  });

  test('expectations are merged', () => {
    const yaml = 'notify: v2/payment\nexpect: { within: 1s }';
    const { expect: expected } = notification(scenarioWith('{ expect: { within: 2s, status: 200, ack: SUCCESS } }', yaml)); // prettier-ignore
    expect(expected.each).toEqual({ ack: 'SUCCESS', status: 200, within_ms: 1000 });
  });

  test('tags are added, each once; the scenario’s are first', () => {
    expect(scenarioWith('{ tags: [b, c] }', 'tags: [a, b]\nnotify: v2/payment').tags).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(scenarioWith('{ tags: [b, c] }', 'notify: v2/payment').tags).toEqual(['b', 'c']);
  });

  test('serial holds unless the scenario says otherwise', () => {
    expect(scenarioWith('{ serial: true }', 'notify: v2/payment').serial).toBe(true);
    expect(scenarioWith('{ serial: true }', 'serial: false\nnotify: v2/payment').serial).toBe(false);
  });

  test('what must be accepted says nothing of what must be refused', () => {
    const yaml = 'notify: v2/payment\ntamper: { sign: break }';
    const { expect: expected } = notification(scenarioWith('{ expect: { ack: SUCCESS, status: 200, within: 2s, acks: { SUCCESS: 1 } } }', yaml)); // prettier-ignore
    expect(expected).toEqual({ each: { ack: 'REJECTED', within_ms: 2000 } });
  });

  test.each([
    ['{ ack: SUCCESS }', '{ acks: { FAIL: 1 } }', { each: {}, acks: { FAIL: 1 } }],
    ['{ acks: { FAIL: 1 } }', '{ ack: SUCCESS }', { each: { ack: 'SUCCESS' } }],
    ['{ ack: SUCCESS }', '{ status: 500 }', { each: { ack: undefined, status: 500 } }],
  ])('expect %s leaves room for %s', (given, own, expected) => {
    const step = notification(scenarioWith(`{ expect: ${given} }`, `notify: v2/payment\nexpect: ${own}`));
    expect(step.expect).toEqual(expected);
  });

  test.each([
    ['{ concurrency: 4, every: 1s }', 'race: true', { race: true, concurrency: 1, every_ms: 0 }],
    ['{ race: true }', 'every: 1s', { race: false, every_ms: 1000 }],
    ['{ race: true }', 'schedule: wechat', { race: false }],
    ['{ times: 3 }', 'schedule: wechat', { times: 1 }],
    ['{ times: 3 }', 'race: true', { times: 3, race: true }],
    ['{ speed: 9 }', 'times: 2', { schedule: undefined }],
    ['{ speed: 9 }', 'schedule: wechat', { schedule: { name: 'wechat', speed: 9 } }],
    ['{ schedule: wechat, speed: 9 }', 'times: 2', { schedule: undefined, times: 2 }],
    ['{ schedule: wechat, speed: 9 }', 'timeout: 1s', { schedule: { name: 'wechat', speed: 9 } }],
    ['{ race: true }', 'race: false', { race: false }],
  ])('%s leaves room for %s', (defaults, own, expected) => {
    expect(notification(scenarioWith(defaults, `notify: v2/payment\n${own}`))).toMatchObject(expected);
  });
});

describe('variables', () => {
  test('are merged, each after those that it needs', () => {
    const { vars } = scenarioWith(
      '{ vars: { orders: "${base}/orders", base: "http://x", n: 1 } }',
      'vars: { n: 2, own: "${orders}/${n}" }\nnotify: v2/payment\nfields: { attach: "${own}" }',
    );
    expect(Object.entries(vars)).toEqual([
      ['n', '2'],
      ['base', 'http://x'],
      ['orders', '${base}/orders'],
      ['own', '${orders}/${n}'],
    ]);
  });

  test('that nothing in the scenario uses are not its own: they may need what it has not', () => {
    const { vars } = scenarioWith(
      '{ vars: { order: "${amount}", token: "${env.TOKEN}", path: $.id, attach: x } }',
      'steps: [{ call: GET http://x, expect: { json: { "${path}": 1 } } }]',
    );
    expect(vars).toEqual({ path: '$.id', attach: 'x' }); // one named like a field is used without being named
  });

  test('keep their types', () => {
    const scenario = scenarioWith('{ vars: { n: 9.90, t: "1" } }', 'notify: v2/payment\nfields: { attach: "${n}${t}" }'); // prettier-ignore
    expect([...scenario.typed]).toEqual(['n']);
  });

  test('a row’s value comes before a default', () => {
    const scenario = scenarioWith('{ vars: { n: 1 } }', 'matrix: { n: [2] }\nnotify: v2/payment');
    expect(scenario.vars).toEqual({ n: '2' });
  });

  test('a default may use the row, and stand for what the row makes of it', () => {
    const files = {
      'a.yaml': 'matrix: { kind: [v2/payment, v2/refund], n: [7] }\nnotify: ${kind}',
      '_folder.yaml': 'defaults: { fields: { attach: "n=${n}", refund_fee: "${n}" } }',
    };
    expect(scenariosOf(files).map((scenario) => notification(scenario).fields)).toEqual([
      { attach: 'n=7' },
      { refund_fee: '7' },
    ]);
  });
});

describe('folders', () => {
  const files = {
    '_folder.yaml':
      'defaults: { tags: [outer], timeout: 1s, times: 2, fields: { attach: outer, device_info: x } }',
    'in/_folder.yaml': 'defaults: { tags: [inner], timeout: 3s, fields: { attach: inner } }',
    'in/a.yaml': 'notify: v2/payment',
    'in/deep/b.yaml': 'notify: v2/payment\ntimeout: 4s',
    'c.yaml': 'notify: v2/payment',
    'other/_folder.yaml': 'defaults: { times: 9 }',
  };

  test('the inner one wins, and the scenario over all', () => {
    const [a] = scenariosOf(files, 'in/a');
    expect(a?.tags).toEqual(['inner', 'outer']);
    expect(notification(a)).toMatchObject({
      timeout_ms: 3000,
      times: 2,
      fields: { attach: 'inner', device_info: 'x' },
    });
    expect(notification(scenariosOf(files, 'in/deep/b')[0])).toMatchObject({ timeout_ms: 4000, times: 2 });
    expect(notification(scenariosOf(files, 'c')[0])).toMatchObject({ timeout_ms: 1000, times: 2 });
  });

  test('are sources', () => {
    const [a] = scenariosOf(files, 'in/a');
    expect(a?.sources.map((file) => file.replace(/.*scenarios/, ''))).toEqual([
      '/in/a.yaml',
      '/_folder.yaml',
      '/in/_folder.yaml',
    ]);
  });

  test('what stands in one has its place there', () => {
    const [a] = scenariosOf(files, 'in/a');
    expect(a?.place(['timeout'])).toEqual({ file: 'scenarios/in/_folder.yaml', line: 1, col: 37 });
    expect(a?.place(['fields', 'device_info'], 'key')).toMatchObject({ file: 'scenarios/_folder.yaml' });
  });

  test('outside the library: its own, and those above it up to the working directory', () => {
    const root = temporaryFolder({
      '_folder.yaml': 'defaults: { tags: [above] }',
      'work/_folder.yaml': 'defaults: { tags: [work] }',
      'work/x/y/_folder.yaml': 'defaults: { tags: [own] }',
      'work/x/y/a.yaml': 'notify: v2/payment',
      'beside/_folder.yaml': 'defaults: { tags: [beside] }',
      'beside/b.yaml': 'notify: v2/payment',
    });
    const library = {
      own: undefined,
      builtin: path.join(root, 'none'),
      root: path.join(root, 'work'),
      cwd: path.join(root, 'work'),
    };
    const tagsOf = (reference: string) => {
      const read = loadScenarios(reference, library);
      return read.ok ? read.value[0]?.tags : read.problems;
    };
    expect(tagsOf('x/y/a.yaml')).toEqual(['own', 'work']);
    expect(tagsOf('../beside/b.yaml')).toEqual(['beside']);
  });
});

describe('what is wrong with one', () => {
  const problem = (text: string): readonly string[] => problemsOf({ 'a.yaml': 'notify: v2/payment', '_folder.yaml': text }); // prettier-ignore

  test.each([
    ['', '1:1 the file is empty'],
    ['default: {}', '1:1 `default` is no key of the file'],
    ['defaults: { timout: 1s }', '1:13 `timout` is no key of `defaults`'],
    ['defaults: { notify: v2/payment }', '1:13 `notify` is no key of `defaults`'],
    ['defaults: { tamper: { sign: break } }', '1:13 `tamper` is no key of `defaults`'],
    ['defaults: { name: x }', '1:13 `name` is no key of `defaults`'],
    [
      'defaults: { timeout: 5 }',
      '1:22 `defaults.timeout` is 5, and must be a time with its unit: 500ms, 5s, 2m',
    ],
    ['defaults:\n  fields: { total_fe: 1 }', '2:13 no kind of notification has the field total_fe'],
    ['defaults: { vars: [a] }', '1:20 `defaults.vars.0` is not a name of letters'],
    ['defaults: {', '1:12 not valid YAML: '],
  ])('%j', (text, message) => {
    const [first] = problem(text);
    expect(first).toContain(`scenarios/_folder.yaml:${message}`);
  });

  test('what does not go together is told at the default', () => {
    const files = { 'a.yaml': 'notify: v2/payment', '_folder.yaml': 'defaults:\n  race: true\n  times: 1' };
    expect(problemsOf(files)).toEqual(['scenarios/_folder.yaml:3:3 a race has 2 to 500 copies, and not 1']);
  });
});

describe('a file that has no say', () => {
  const yaml = 'notify: v2/payment\n';

  test.each(['_folders.yaml', '_folders.yml', '_Folder.yaml'])('%s is told', (name) => {
    expect(problemsOf({ 'a.yaml': yaml, [name]: 'defaults: { times: 2 }' })).toEqual([
      expect.stringMatching(/_[fF]olders?\.ya?ml has no say/),
    ]);
  });

  test('_folder.yml is as good', () => {
    expect(
      notification(scenariosOf({ 'a.yaml': yaml, '_folder.yml': 'defaults: { times: 2 }' })[0]).times,
    ).toBe(2);
  });

  test('a folder of that name is told', () => {
    expect(problemsOf({ 'a.yaml': yaml, '_folder.yaml/x': '' })).toEqual([
      expect.stringContaining('it is no regular file'),
    ]);
  });

  test('a link that leads nowhere is told', () => {
    const root = temporaryFolder({ 'a.yaml': yaml });
    symlinkSync(path.join(root, 'gone.yaml'), path.join(root, '_folder.yaml'));
    const library = { own: root, builtin: path.join(root, 'none'), root, cwd: root };
    expect(loadScenarios('a', library)).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('_folder.yaml') as string }],
    });
  });
});

test.each([
  ['- a', 'mapping of keys to values'],
  ['', 'the file is empty'],
])('a _folder.yaml that is no mapping is told what it is: %j', (text, words) => {
  expect(problemsOf({ 'a.yaml': 'notify: v2/payment', '_folder.yaml': text })).toEqual([
    expect.stringContaining(words),
  ]);
});
