/** `run`: where reports go when that is no ordinary file, and names that are no ordinary names. */
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { merchantEnv, temporaryFolder, wxnotify, type CliResult } from '../../support/cli.ts';
import { FAIL, startServer, SUCCESS } from '../../support/server.ts';
import { suiteOf, wordsOf } from '../../support/suite.ts';

const PAID = 'notify: v2/payment\n';

async function runIn(cwd: string, args: readonly string[], answer = SUCCESS): Promise<CliResult> {
  const server = await startServer(answer);
  return wxnotify(['run', ...args, '--target', server.url], { cwd, env: merchantEnv });
}

describe('a report’s place', () => {
  test('a link stays one: what it leads to is written', async () => {
    const cwd = temporaryFolder({ 'scenarios/a.yaml': PAID, 'real/j.json': 'old' });
    symlinkSync('real/j.json', path.join(cwd, 'link.json'));
    expect(await runIn(cwd, ['--reporter', 'json=link.json'])).toMatchObject({ status: 0 });
    expect(lstatSync(path.join(cwd, 'link.json')).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(path.join(cwd, 'real/j.json'), 'utf8'))).toMatchObject({ ok: true });
  });

  test('a pipe is written into, and stays one', async () => {
    const cwd = temporaryFolder({ 'scenarios/a.yaml': PAID });
    const pipe = path.join(cwd, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reading = readFile(pipe, 'utf8');
    expect(await runIn(cwd, ['--reporter', 'ndjson=pipe'])).toMatchObject({ status: 0 });
    expect(await reading).toContain('"type":"suite-end"');
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  test('what an earlier run reported does not stay when this one ends early, nor what a killed one left', async () => {
    const cwd = temporaryFolder({ 'scenarios/a.yaml': PAID, 'j.json': 'old', 'j.json.999999.part': 'torn' });
    const { status } = await runIn(cwd, ['--tag', 'nosuch', '--reporter', 'json=j.json']);
    expect(status).toBe(2);
    expect(existsSync(path.join(cwd, 'j.json'))).toBe(false);
    expect(existsSync(path.join(cwd, 'j.json.999999.part'))).toBe(false);
  });

  test('two reporters do not write over each other', async () => {
    const cwd = temporaryFolder({ 'scenarios/a.yaml': PAID });
    const { status, stderr } = await runIn(cwd, ['--reporter', 'json=x', '--reporter', 'tap=./x']);
    expect(status).toBe(2);
    expect(stderr).toContain('json and tap cannot both write to ./x');
  });

  test('a folder, and a place where there can be none', async () => {
    const cwd = temporaryFolder({ 'scenarios/a.yaml': PAID });
    mkdirSync(path.join(cwd, 'f'));
    const server = await startServer();
    for (const place of ['f', '/proc/x/y.json']) {
      const args = ['run', '--reporter', `json=${place}`, '--target', server.url];
      const { status, stderr } = await wxnotify(args, { cwd, env: merchantEnv });
      expect(status).toBe(2);
      expect(stderr).toContain(`cannot write ${place}`);
    }
    expect(server.received).toEqual([]);
  });
});

describe('names', () => {
  test('a place as a report names it can be given back', async () => {
    const cwd = temporaryFolder({ 'scenarios/a.yaml': PAID, 'scenarios/b.yaml': PAID });
    for (const place of ['scenarios/a.yaml:1:1', 'scenarios/a.yaml:1']) {
      const { report } = await suiteOf([place, '--target', (await startServer()).url], { cwd });
      expect(report.scenarios.map(({ name }) => name)).toEqual(['a']);
    }
  });

  test('one that looks like a flag is reproduced all the same', async () => {
    const cwd = temporaryFolder({ 'scenarios/--list.yaml': PAID, 'scenarios/-x.yaml': PAID });
    const server = await startServer(FAIL);
    const { report } = await suiteOf(['--target', server.url], { cwd });
    expect(report.scenarios).toHaveLength(2);
    for (const { reproduce } of report.scenarios) {
      const before = server.received.length;
      const { status } = await wxnotify(wordsOf(reproduce).slice(1), { cwd, env: merchantEnv });
      expect({ status, sent: server.received.length - before }).toEqual({ status: 1, sent: 1 });
    }
  });

  test('a summary may be a number', async () => {
    const cwd = temporaryFolder({ 'scenarios/a.yaml': `summary: \${n}\nmatrix: { n: [1, 2] }\n${PAID}` });
    const { stdout } = await wxnotify(['run', '--list', '--json'], { cwd });
    const { scenarios } = JSON.parse(stdout) as { scenarios: { summary: string }[] };
    expect(scenarios.map(({ summary }) => summary)).toEqual(['1', '2']);
  });

  test('commands are to be typed as this one was', async () => {
    const cwd = temporaryFolder({ 'scenarios/a.yaml': PAID });
    const { report } = await suiteOf(['--target', (await startServer(FAIL)).url], {
      cwd,
      env: { npm_command: 'exec' },
    });
    expect(report.scenarios[0]?.reproduce).toMatch(/^npx wxnotify run a /);
  });
});

describe('what is told', () => {
  test('of many that fail alike, three are told in full', async () => {
    const cwd = temporaryFolder({
      'scenarios/a.yaml': 'matrix: { attach: [a, b, c, d, e, f] }\nnotify: v2/payment\n',
    });
    const { stdout } = await runIn(cwd, [], FAIL);
    expect(stdout.match(/^ FAIL {2}/gm)).toHaveLength(6);
    expect(stdout.match(/POST http/g)).toHaveLength(3);
    expect(stdout.match(/^ {3}again /gm)).toHaveLength(6);
    const verbose = await runIn(cwd, ['--verbose'], FAIL);
    expect(verbose.stdout.match(/POST http/g)).toHaveLength(6);
  });

  test('a flow that failed shows the way there', async () => {
    const cwd = temporaryFolder({
      'scenarios/a.yaml': [
        'steps:',
        '  - notify: v2/payment',
        '    times: 2',
        '  - call: GET ${target.origin}/x',
        '    name: the books',
        '    expect: { status: 404 }',
        '  - notify: v2/payment',
        '',
      ].join('\n'),
    });
    const { stdout } = await runIn(cwd, []);
    expect(stdout).toContain('✓ step 1: v2/payment × 2  2 SUCCESS');
    expect(stdout).toContain('✗ step 2: the books  HTTP 200');
    expect(stdout).toContain('- step 3: v2/payment  skipped');
  });

  test('a name, a summary or a message is no command to a CI system', async () => {
    const cwd = temporaryFolder({
      'scenarios/##[debug]x.yaml': `summary: '##[warning]sum'\n${PAID}`,
      'scenarios/y.yaml': `summary: '::error::sum'\n${PAID}`,
    });
    const answer = '<xml><return_code>FAIL</return_code><return_msg>##[error]msg</return_msg></xml>';
    for (const reporter of ['pretty', 'dot']) {
      const { stdout } = await runIn(cwd, ['--reporter', reporter], answer);
      expect(stdout).not.toContain('##[');
      expect(stdout).not.toMatch(/^\s*::error::/m);
    }
  });

  test('a handler that is not there refuses forgeries as well, which is told', async () => {
    const cwd = temporaryFolder({ 'scenarios/f.yaml': `${PAID}tamper: { sign: drop }\n` });
    const { status, stdout } = await runIn(cwd, [], '<html>not found</html>');
    expect(status).toBe(0);
    expect(stdout).toContain('did the handler check it?');
    expect((await runIn(cwd, [], FAIL)).stdout).not.toContain('did the handler check it?');
  });

  test('a long reason is cut, but in documents', async () => {
    const message = 'x'.repeat(100_000);
    const answer = `<xml><return_code>FAIL</return_code><return_msg>${message}</return_msg></xml>`;
    const cwd = temporaryFolder({ 'scenarios/a.yaml': PAID });
    const names = ['dot', 'junit', 'github', 'github-summary', 'html'];
    const args = names.flatMap((name) => ['--reporter', `${name}=out/${name}`]);
    const { stdout } = await runIn(cwd, [...args, '--reporter', 'json=out/json'], answer);
    const longest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
    expect(longest(stdout)).toBeLessThan(5000);
    for (const name of names)
      expect(longest(readFileSync(path.join(cwd, 'out', name), 'utf8')), name).toBeLessThan(25_000);
    expect(readFileSync(path.join(cwd, 'out/json'), 'utf8').length).toBeGreaterThan(100_000);
  });

  test('--quiet tells of what is flaky', async () => {
    let count = 0;
    const server = await startServer((_, response) => void response.end(count++ === 0 ? FAIL : SUCCESS));
    const cwd = temporaryFolder({ 'scenarios/a.yaml': PAID });
    const args = ['run', '-q', '--retries', '1', '--target', server.url];
    const { status, stdout } = await wxnotify(args, { cwd, env: merchantEnv });
    expect(status).toBe(0);
    expect(stdout).toContain('FLAKY  a');
  });

  test('TLS that cannot be agreed on is told once', async () => {
    const cwd = temporaryFolder({ 'scenarios/a.yaml': PAID, 'scenarios/b.yaml': PAID });
    const server = await startServer();
    const { status, report } = await suiteOf(['--target', server.url.replace('http:', 'https:')], { cwd });
    expect(status).toBe(3);
    expect(report.summary.skipped).toBe(2);
    expect(server.received).toEqual([]);
  });
});

test('annotations begin a line, whatever stood on it', async () => {
  const cwd = temporaryFolder({ 'scenarios/a.yaml': PAID, 'scenarios/b.yaml': PAID });
  writeFileSync(path.join(cwd, 'scenarios/c.yaml'), PAID);
  const server = await startServer(FAIL);
  const args = ['run', '--reporter', 'dot', '--target', server.url];
  const { stdout } = await wxnotify(args, { cwd, env: { ...merchantEnv, GITHUB_ACTIONS: 'true' } });
  expect(stdout.match(/::error /g)).toHaveLength(3);
  expect(stdout.match(/^::error /gm)).toHaveLength(3);
});
