/** Help, versions and what is typed wrong. */
import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bin, ended, root, start, temporaryFolder, wxnotify } from '../support/cli.ts';
import { freePort } from '../support/server.ts';

const commands = [
  'build',
  'config',
  'demo',
  'history',
  'init',
  'list',
  'listen',
  'replay',
  'schema',
  'send',
  'show',
  'validate',
];

test.each(['--version', '-V'])('%s', async (flag) => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(await wxnotify([flag])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('help of the whole names every command', async () => {
  for (const args of [['--help'], ['help'], []]) {
    const { status, stdout, stderr } = await wxnotify(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const name of commands) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(stdout).toContain('Examples:');
  }
});

test.each(commands)('help of %s has examples', async (name) => {
  const { status, stdout } = await wxnotify([name, '--help']);
  expect(status).toBe(0);
  expect(stdout).toContain(`Usage: wxnotify ${name}`);
  expect(stdout).toContain('Examples:');
});

describe('wrong usage ends with 2', () => {
  test.each<[readonly string[], string]>([
    [['sned'], 'Did you mean send?'],
    [['send', '--tmes', '3'], 'Did you mean --times?'],
    [['send', 'paid', '--times', '0'], 'Give a whole number, 1 or more.'],
    [['send', 'paid', '--timeout', '5'], 'Give a time with its unit'],
    [['send', 'paid', '--timeout', '0s'], 'Give a time between'],
    [['send', 'paid', '--every', 'soon'], 'Give a time with its unit'],
    [['send', 'paid', '--expect', 'OK'], 'Give SUCCESS, FAIL, REJECTED or NONE.'],
    [['send', 'paid', '--set', 'total_fee'], 'Give name=value'],
    [['send', 'paid', 'again'], 'too many arguments'],
    [['show'], "missing required argument 'scenario'"],
    [['listen', '--flaky', '2'], 'Give a number from 0 to 1.'],
    [['listen', '--answer', 'maybe'], 'Give success or fail.'],
    [['--nope'], "unknown option '--nope'"],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await wxnotify(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

test('a reader that stops early is no error', async () => {
  const shell = `"${process.execPath}" "${bin}" schema | head -c 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-c', shell]);
  expect({ stdout, stderr }).toEqual({ stdout: '{0\n', stderr: '' });
});

test.each<[Record<string, string>, readonly string[], boolean]>([
  [{}, [], false],
  [{ FORCE_COLOR: '1' }, [], true],
  [{ FORCE_COLOR: '1' }, ['--no-color'], false],
  [{ NO_COLOR: '1' }, [], false],
])('colours: %j %j', async (env, args, coloured) => {
  const { stdout } = await wxnotify(['list', ...args], { env });
  expect(stdout.includes('\u001b[')).toBe(coloured);
});

describe('init', () => {
  const target = 'http://127.0.0.1:8080/notify';

  test.each([[[]], [['--target', target, '--appid', 'wx1', '--mch-id', '10000100', '--key-env', 'MY_KEY']]])(
    'in a pipe that never ends: %j',
    async (args) => {
      const cwd = temporaryFolder();
      const child = start(['init', ...args], { cwd });
      expect(await ended(child)).toBe(0);
      const config = readFileSync(path.join(cwd, 'wxnotify.yaml'), 'utf8');
      expect(config).toContain(
        args.includes('MY_KEY') ? 'api_key: ${env.MY_KEY}' : 'api_key: ${env.WXNOTIFY_API_KEY}',
      );
      expect(await wxnotify(['validate'], { cwd })).toMatchObject({
        status: 0,
        stdout: '1 scenario is valid\n',
      });
      expect(await wxnotify(['config', '--json'], { cwd })).toMatchObject({
        stdout: expect.stringContaining(target) as string,
      });
    },
  );

  test('overwrites nothing unasked', async () => {
    const cwd = temporaryFolder({ '.env.example': 'MINE=1\n' });
    const refused = await wxnotify(['init'], { cwd });
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('.env.example is already here, and nothing was written');
    expect(readFileSync(path.join(cwd, '.env.example'), 'utf8')).toBe('MINE=1\n');
    expect(await wxnotify(['init', '--force'], { cwd })).toMatchObject({ status: 0 });
  });
});

describe('on a terminal', () => {
  /** Types into a pseudo-terminal: Python's, as there is none in Node. */
  async function typed(args: readonly string[], answers: readonly string[], cwd: string): Promise<string> {
    const script = path.join(root, 'test/support/type.py');
    const child = spawn('python3', [script, JSON.stringify(answers), process.execPath, bin, ...args], {
      cwd,
      env: { PATH: process.env['PATH'], HOME: cwd, TERM: 'xterm' },
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    await ended(child);
    return output;
  }

  const python = async (): Promise<boolean> =>
    promisify(execFile)('python3', ['--version']).then(
      () => true,
      () => false,
    );

  test('init asks', async (context) => {
    if (!(await python())) context.skip();
    const cwd = temporaryFolder();
    const answers = ['http://127.0.0.1:7/n\r', 'wx1\r', '10000100\r', '\r', 'MY_KEY\r'];
    expect(await typed(['init'], answers, cwd)).toMatch(/Where does the API key come from[\s\S]*exit 0\s*$/);
    const config = readFileSync(path.join(cwd, 'wxnotify.yaml'), 'utf8');
    for (const part of ['target: "http://127.0.0.1:7/n"', 'appid: "wx1"', '${env.MY_KEY}'])
      expect(config).toContain(part);
  });

  test('Ctrl-C at a question is an interruption', async (context) => {
    if (!(await python())) context.skip();
    expect(await typed(['init'], ['\u0003'], temporaryFolder())).toMatch(/exit 130\s*$/);
  });

  test('a host that is not listed is asked about', async (context) => {
    if (!(await python())) context.skip();
    const args = [
      'send',
      'paid',
      '--profile',
      'demo',
      '--target',
      'http://198.51.100.1/n',
      '--timeout',
      '50ms',
    ];
    expect(await typed(args, ['n\r'], temporaryFolder())).toMatch(/no profile names it[\s\S]*exit 2\s*$/);
    expect(await typed(args, ['\u0004'], temporaryFolder())).toMatch(
      /no profile names it[\s\S]*exit 130\s*$/,
    );
  });
});

describe('listen', () => {
  test('ends well with Ctrl-C, and a taken port is said', async () => {
    const port = await freePort();
    const child = start(['listen', '--port', String(port)]);
    await new Promise((resolve) => child.stderr?.once('data', resolve));
    const second = await wxnotify(['listen', '--port', String(port)]);
    expect(second.status).toBe(2);
    expect(second.stderr).toContain(`cannot listen on port ${port}`);
    child.kill('SIGINT');
    expect(await ended(child)).toBe(0);
  });

  test.each<[readonly string[], number]>([
    [[], 0],
    [['--answer', 'fail'], 1],
    [['--status', '500'], 1],
    [['--flaky', '1'], 3],
  ])('%j', async (flags, status) => {
    const port = await freePort();
    const child = start(['listen', '--json', '--port', String(port), ...flags]);
    let seen = '';
    child.stdout?.on('data', (text: Buffer) => (seen += text.toString()));
    await new Promise((resolve) => child.stderr?.once('data', resolve));
    const target = `http://127.0.0.1:${port}/any/path`;
    expect(await wxnotify(['send', 'paid', '--profile', 'demo', '--target', target])).toMatchObject({
      status,
    });
    expect(JSON.parse(seen)).toMatchObject({
      schema: 'wxnotify/1',
      kind: 'v2/payment',
      ok: true,
      path: '/any/path',
    });
  });
});
