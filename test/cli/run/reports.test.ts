/** `run`: several reports at once, each where it was asked for. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { merchant, merchantEnv, temporaryFolder, wxnotify, type CliResult } from '../../support/cli.ts';
import { FAIL, startServer } from '../../support/server.ts';

const FILES = {
  'scenarios/good.yaml': 'summary: An order is paid\nnotify: v2/payment\n',
  'scenarios/bad.yaml': 'summary: Nobody says so\nnotify: v2/payment\nexpect:\n  ack: FAIL\n',
};

async function runIn(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const server = await startServer();
  return wxnotify(['run', ...args, '--target', server.url], { cwd, env: { ...merchantEnv, ...env } });
}

describe('where reports go', () => {
  test('several files at once, folders made as needed, and stdout stays for people', async () => {
    const cwd = temporaryFolder(FILES);
    const files = ['junit=out/deep/junit.xml', 'json=out/report.json', 'ndjson=events.ndjson'];
    const { status, stdout } = await runIn(
      cwd,
      files.flatMap((one) => ['--reporter', one]),
    );
    expect(status).toBe(1);
    expect(stdout).toContain('1 failed | 1 passed (2)');
    expect(readFileSync(`${cwd}/out/deep/junit.xml`, 'utf8')).toMatch(/^<\?xml[^]*<\/testsuites>\s*$/);
    expect(JSON.parse(readFileSync(`${cwd}/out/report.json`, 'utf8'))).toMatchObject({ ok: false, exit: 1 });
    expect(readdirSync(`${cwd}/out`).sort()).toEqual(['deep', 'report.json']); // nothing half-written is left
  });

  test('a document on stdout is alone there', async () => {
    const cwd = temporaryFolder(FILES);
    const { status, stdout } = await runIn(cwd, ['--reporter', 'json', '--reporter', 'junit=j.xml']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'wxnotify/1', command: 'run' });
  });

  test.each([
    [['--reporter', 'json', '--reporter', 'pretty']],
    [['--json', '--reporter', 'dot']],
    [['--reporter', 'junit', '--reporter', 'ndjson']],
  ])('%j would be mixed, and is refused', async (args) => {
    const cwd = temporaryFolder(FILES);
    const { status, stdout, stderr } = await runIn(cwd, args);
    expect(status).toBe(2);
    expect(stdout + stderr).toMatch(/cannot both write to stdout[^]*Give one of them a file/);
  });

  test('a place that cannot be written is known before anything is sent', async () => {
    const server = await startServer();
    const cwd = temporaryFolder({ ...FILES, 'taken/x': '' });
    const args = [
      'run',
      '--reporter',
      'json=fine.json',
      '--reporter',
      'junit=taken/x/j.xml',
      '--target',
      server.url,
    ];
    const { status, stderr } = await wxnotify(args, { cwd, env: merchantEnv });
    expect(status).toBe(2);
    expect(stderr).toContain('cannot write taken/x/j.xml');
    expect(server.received).toEqual([]);
    expect(readdirSync(cwd).filter((name) => name.startsWith('fine'))).toEqual([]);
  });

  test('a report that is a folder is told in the end, and the verdict stands', async () => {
    const cwd = temporaryFolder(FILES);
    mkdirSync(`${cwd}/j.xml`);
    const { status, stderr } = await runIn(cwd, ['good', '--reporter', 'junit=j.xml']);
    expect(stderr).toContain('cannot write j.xml');
    expect(status).toBe(2);
    expect(readdirSync(cwd).filter((name) => name.includes('.part'))).toEqual([]);
  });
});

describe('on GitHub', () => {
  test('annotations and a summary come by themselves', async () => {
    const cwd = temporaryFolder({ ...FILES, 'summary.md': 'before\n' });
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: `${cwd}/summary.md` };
    const { status, stdout } = await runIn(cwd, [], env);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=scenarios\/bad\.yaml,line=\d+/m);
    expect(stdout).toContain('1 failed | 1 passed (2)');
    const summary = readFileSync(`${cwd}/summary.md`, 'utf8');
    expect(summary).toMatch(/^before\n/);
    expect(summary).toContain('bad');
  });

  test('a document on stdout is left alone', async () => {
    const cwd = temporaryFolder(FILES);
    const { stdout, stderr } = await runIn(cwd, ['--json'], { GITHUB_ACTIONS: 'true' });
    expect(JSON.parse(stdout)).toMatchObject({ command: 'run' });
    expect(stderr).toMatch(/^::error file=scenarios\/bad\.yaml/m);
  });

  test('elsewhere there are none', async () => {
    const cwd = temporaryFolder(FILES);
    const { stdout } = await runIn(cwd, []);
    expect(stdout).not.toContain('::error');
  });
});

describe('pretty', () => {
  test('a failure tells the whole story', async () => {
    const cwd = temporaryFolder(FILES);
    const { stdout } = await runIn(cwd, ['--seed', '42']);
    expect(stdout).toMatch(/ FAIL {2}bad/);
    expect(stdout).toContain('scenarios/bad.yaml:2:1');
    expect(stdout).toMatch(/expected +an explicit FAIL/);
    expect(stdout).toMatch(/got +SUCCESS/);
    expect(stdout).toContain('<out_trade_no>');
    expect(stdout).toContain('HTTP 200');
    expect(stdout).toMatch(/seed +42/);
    expect(stdout).toContain('wxnotify run bad --seed 42');
  });

  test('--quiet says nothing of what went well, and --verbose shows every exchange once', async () => {
    const cwd = temporaryFolder(FILES);
    expect((await runIn(cwd, ['good', '--quiet'])).stdout).toBe('');
    const quiet = await runIn(cwd, ['--quiet']);
    expect(quiet.stdout).not.toContain('✓ good');
    expect(quiet.stdout).toContain('FAIL  bad');
    const verbose = await runIn(cwd, ['--verbose']);
    expect(verbose.stdout.match(/POST http/g)).toHaveLength(2);
  });
});

describe('secrets', () => {
  test('no report has a key in it, wherever it was echoed', async () => {
    const key = merchant.api_key;
    const answers = [
      `<xml><return_code>FAIL</return_code><return_msg>${key}</return_msg></xml>`,
      `{"key":"${key.toUpperCase()}"}`,
      `<html>${key}</html>`,
    ];
    let count = 0;
    const server = await startServer((_, response) => {
      response.setHeader('x-key', key).end(answers[count++ % answers.length]);
    });
    const cwd = temporaryFolder({
      'scenarios/a.yaml': 'notify: v2/payment\n',
      'scenarios/b.yaml': 'notify: v2/payment\nexpect: { message: none }\n',
      'scenarios/c.yaml': `steps:\n  - call: GET \${target.origin}/x\n    expect: { json: { $.key: nothing } }\n`,
      'scenarios/d.yaml': 'summary: "${attach}"\nmatrix: { attach: [x] }\nnotify: v2/payment\n',
    });
    const names = ['pretty', 'dot', 'ndjson', 'json', 'junit', 'tap', 'github', 'github-summary', 'html'];
    const args = names.flatMap((name) => ['--reporter', `${name}=out/${name}`]);
    const flags = ['--verbose', '--set', 'attach=x', '--target', server.url];
    const env = { ...merchantEnv, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: `${cwd}/summary.md` };
    const { stdout, stderr } = await wxnotify(['run', 'a', 'b', 'c', ...args, ...flags], { cwd, env });
    const texts = [stdout, stderr, readFileSync(`${cwd}/summary.md`, 'utf8')];
    for (const name of names) texts.push(readFileSync(`${cwd}/out/${name}`, 'utf8'));
    for (const text of texts) expect(text.toLowerCase()).not.toContain(key);
    expect(stdout).toContain('********');
  });
});

test('what cannot be noted for --only-failed is a warning, and not the verdict', async () => {
  const cwd = temporaryFolder({ ...FILES, '.state': 'a file' });
  const { status, stderr } = await runIn(cwd, ['good']);
  expect(status).toBe(0);
  expect(stderr).toContain('--only-failed will not know it');
});

test('a failure of the last run that is not run now is still one', async () => {
  const cwd = temporaryFolder(FILES);
  await runIn(cwd, []);
  await runIn(cwd, ['good']);
  const { stdout } = await runIn(cwd, ['--only-failed', '--list']);
  expect(stdout.trim()).toMatch(/^bad/);
  const server = await startServer(FAIL);
  await wxnotify(['run', 'bad', '--target', server.url], { cwd, env: merchantEnv });
  expect((await runIn(cwd, ['--only-failed'])).status).toBe(2);
});
