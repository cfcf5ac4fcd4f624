/** `validate`: what is checked, how it is told, and --strict. Each kind of mistake has a case in test/cases. */
import { describe, expect, test } from 'vitest';
import { temporaryFolder, wxnotify } from '../support/cli.ts';

const GOOD = 'summary: good\nnotify: v2/payment\n';
const ODD = 'notify: v2/payment\nfields:\n  totl_fee: 1\n';
const BAD = 'notify: v2/paymnt\n';

const run = (args: readonly string[], files: Record<string, string> = {}) =>
  wxnotify(['validate', ...args], { cwd: temporaryFolder(files) });

describe('without names', () => {
  test('the built-in ones, when there are no others', async () => {
    const { status, stdout, stderr } = await run([]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(Number(/^(\d+) scenarios are valid\n$/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(15);
    expect((await run(['--strict'])).status).toBe(0);
  });

  test('all of one’s own, and only those', async () => {
    const { stdout } = await run([], { 'scenarios/a.yaml': GOOD, 'scenarios/deep/b.yml': GOOD });
    expect(stdout).toBe('2 scenarios are valid\n');
    const bad = await run([], { 'scenarios/a.yaml': GOOD, 'scenarios/deep/b.yml': BAD });
    expect(bad).toMatchObject({ status: 2, stdout: '' });
    expect(bad.stderr).toMatch(/^error: scenarios\/deep\/b\.yml:1:9: /);
  });
});

describe('names', () => {
  const files = {
    'scenarios/shop/a.yaml': `${GOOD}cases: [{ name: usual, x: 1 }, { name: odd, x: 2 }]\n`,
    'scenarios/shop/b.yaml': GOOD,
    'ci/c.yaml': GOOD,
    'ci/d.yaml': GOOD,
  };

  test.each([
    ['a file with rows', ['shop/a'], 2],
    ['a row', ['shop/a[odd]'], 1],
    ['a group', ['shop'], 3],
    ['a folder', ['ci'], 2],
    ['a glob of names', ['shop/*'], 3],
    ['a glob of files', ['ci/*.yaml'], 2],
    ['a row of whatever has it', ['shop/*[usual]'], 1],
    ['a set of letters', ['shop/*[ab]'], 3],
    ['several, each once', ['ci', './ci/c.yaml', 'shop/b'], 3],
  ])('%s', async (_, names, count) => {
    const valid = count === 1 ? '1 scenario is valid\n' : `${count} scenarios are valid\n`;
    expect(await run(names, files)).toEqual({ status: 0, stdout: valid, stderr: '' });
  });

  test('a row that is wrong is one of so many', async () => {
    const yaml = 'notify: v2/payment\nmatrix: { times: [1, 0, 2] }\ntimes: ${times}\n';
    const { status, stderr } = await run([], { 'scenarios/a.yaml': yaml });
    expect(status).toBe(2);
    expect(stderr).toMatch(/1 is not/);
  });

  test('that mean nothing', async () => {
    const { status, stderr } = await run(['shop/*[nope]', 'empty/*'], files);
    expect(status).toBe(2);
    expect(stderr).toMatch(/no scenario matches shop\/\*\[nope\].*no scenario matches empty\/\*/s);
  });
});

describe('mistakes', () => {
  test('every one of every file, with its place and what would be right', async () => {
    const { status, stdout, stderr } = await run(['./a.yaml', './b.yaml', './c.yaml', './good.yaml'], {
      'a.yaml': BAD,
      'b.yaml': 'notify: v2/payment\ntimes: 0\nexpct: { ack: SUCCESS }\n',
      'c.yaml': 'notify: v2/payment\nfields: { attach: "${nme}" }\nvars: { name: x }\n',
      'good.yaml': GOOD,
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: a\.yaml:1:9: .*"v2\/paymnt".*\n.*Did you mean `v2\/payment`\?/m);
    expect(stderr).toMatch(/^error: b\.yaml:2:8: `times` is 0, and must be at least 1/m);
    expect(stderr).toMatch(/^error: b\.yaml:3:1: `expct` is no key of the file\n.*Did you mean `expect`\?/m);
    expect(stderr).toMatch(/^error: c\.yaml:2:19: \$\{nme\} is not known here\n.*Did you mean `name`\?/m);
    expect(stderr).not.toMatch(/good\.yaml|^\s+at /m);
  });

  test('--json', async () => {
    const { status, stdout } = await run(['./a.yaml', '--json'], { 'a.yaml': BAD });
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'wxnotify/1',
      command: 'validate',
      ok: false,
      exit: 2,
      problems: [
        { code: 'unknown-kind', at: { file: 'a.yaml', line: 1, col: 9 }, fix: 'Did you mean `v2/payment`?' },
      ],
    });
  });

  test('a name that is none', async () => {
    const { status, stderr } = await run(['payd']);
    expect(status).toBe(2);
    expect(stderr).toContain('Did you mean `paid`?');
  });
});

describe('what the platform would not send', () => {
  test('is a warning', async () => {
    const { status, stdout, stderr } = await run(['./odd.yaml'], { 'odd.yaml': ODD });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '1 scenario is valid, with 1 warning\n' });
    expect(stderr).toMatch(
      /^warning: odd\.yaml:3:3: .*totl_fee is no field of v2\/payment.*\n.*Did you mean `total_fee`\?/,
    );
  });

  test('is an error with --strict', async () => {
    const { status, stdout, stderr } = await run(['./odd.yaml', '--strict'], { 'odd.yaml': ODD });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: odd\.yaml:3:3: /);
  });

  test('is in the document', async () => {
    const { stdout } = await run(['./odd.yaml', '--json'], { 'odd.yaml': ODD });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      exit: 0,
      checked: 1,
      warnings: [{ code: 'field-rule', at: { file: 'odd.yaml', line: 3, col: 3 } }],
    });
  });
});

test('neither credentials nor an environment are needed', async () => {
  const yaml =
    'notify: v2/payment\nfields: { attach: "${env.ANYTHING} ${target.origin} ${random.digits}" }\n';
  expect(await run(['./a.yaml'], { 'a.yaml': yaml })).toEqual({
    status: 0,
    stdout: '1 scenario is valid\n',
    stderr: '',
  });
});
