/** What an adversarial review found, so that it stays found. */
import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readAckV2 } from '../../src/index.ts';
import { bin, merchant, merchantEnv, reported, temporaryFolder, wxnotify } from '../support/cli.ts';
import { startServer, SUCCESS } from '../support/server.ts';

const env = merchantEnv;
const key = merchant.api_key;

describe('an answer cannot take long to read', () => {
  test.each([
    ['<!--'.repeat(250_000)],
    [`<xml>${'<![CDATA['.repeat(110_000)}`],
    [`<xml>${'<![CDATA[x]]>'.repeat(70_000)}`],
    [`<xml>${'&amp;'.repeat(180_000)}`],
  ])('%#', (body) => {
    const started = process.cpuUsage();
    expect(readAckV2(200, body).as).toBe('INVALID');
    const { user } = process.cpuUsage(started);
    expect(user / 1e6).toBeLessThan(20); // quadratic reading takes minutes
  });
});

test('many at once wait for the merchant only, and say nothing of Node', async () => {
  const { url } = await startServer(async (_, response) => {
    await sleep(300);
    response.end(SUCCESS);
  });
  const args = [
    'send',
    'paid',
    '--target',
    url,
    '--times',
    '200',
    '--concurrency',
    '200',
    '--timeout',
    '30s',
  ];
  const { report, stderr } = await reported(args);
  expect(report.summary).toMatchObject({ sent: 200, undelivered: 0, acks: { SUCCESS: 200 } });
  expect(stderr).toBe('');
});

describe('the key stays secret', () => {
  test.each([
    ['as character references', Array.from(key, (char) => `&#${char.charCodeAt(0)};`).join('')],
    ['in two pieces', `<![CDATA[${key.slice(0, 16)}]]><![CDATA[${key.slice(16)}]]>`],
  ])('echoed %s', async (_, echo) => {
    const { url } = await startServer(
      `<xml><return_code>FAIL</return_code><return_msg>${echo}</return_msg></xml>`,
    );
    for (const flags of [[], ['--json']]) {
      const { stdout, stderr } = await wxnotify(['send', 'paid', '--target', url, ...flags], { env });
      expect(stdout + stderr).toContain('********');
      expect(stdout + stderr).not.toContain(key);
    }
  });

  test.each([[['--set', `attach=${key}`]], [['--target', `http://127.0.0.1:9/${key}`]]])(
    'in a request: %j',
    async (args) => {
      const target = args.includes('--target') ? [] : ['--target', 'http://127.0.0.1:9/'];
      for (const command of ['send', 'build']) {
        const { status, stdout, stderr } = await wxnotify([command, 'paid', ...target, ...args], { env });
        expect(status).toBe(2);
        expect(stdout + stderr).not.toContain(key);
      }
    },
  );

  test.each([
    [['--key-env', key]],
    [['--key-file', key]],
    [['--appid', key]],
    [['--key-env', 'A}\n  evil: {x']],
  ])('init %j writes nothing', async (args) => {
    const cwd = temporaryFolder();
    const { status, stdout, stderr } = await wxnotify(['init', ...args], { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toContain(key);
    expect(await wxnotify(['init'], { cwd })).toMatchObject({ status: 0 });
  });

  test.each([
    `profiles: { a: { api_key: *${key} } }`,
    `profiles: { a: { ${key}: x } }`,
    `profile: ${key}\nprofiles: {}`,
    `profiles: { a: { api_key_file: ${key} } }`,
    `profiles: { a: { api_key: "\${env.${key}}" } }`,
  ])('in a wrong configuration: %#', async (config) => {
    const { status, stdout, stderr } = await wxnotify(['send', 'paid'], {
      cwd: temporaryFolder({ 'wxnotify.yaml': config }),
    });
    expect(status).toBe(2);
    expect(stdout + stderr).not.toContain(key);
  });
});

describe('files', () => {
  test('links that lead in circles', async () => {
    const cwd = temporaryFolder({ 'scenarios/own.yaml': 'notify: v2/payment' });
    symlinkSync('..', path.join(cwd, 'scenarios/a'));
    symlinkSync('..', path.join(cwd, 'scenarios/b'));
    const { status, stdout } = await wxnotify(['list'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^own /m);
  });

  test('journal lines of wrong types are skipped before anything is sent', async () => {
    const { url, received } = await startServer();
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, '.state'));
    const line = {
      ...{
        id: 'x',
        at: '2099-01-01',
        scenario: 's',
        step: 1,
        attempt: 1,
        kind: 'v2/payment',
        seed: '1',
        target: url,
      },
      ...{ out_trade_no: null, amount: 123, authentic: true, expect: {} },
      request: { method: 'POST', headers: [], body: '' },
    };
    appendFileSync(path.join(cwd, '.state/journal.ndjson'), `${JSON.stringify(line)}\n`);
    const { status, stderr } = await wxnotify(['replay'], { cwd });
    expect([status, received.length]).toEqual([2, 0]);
    expect(stderr).not.toContain('bug');
  });

  test('a journal that is no file', async () => {
    const cwd = temporaryFolder({ '.state/journal.ndjson/x': '' });
    const { status, stderr } = await wxnotify(['history'], { cwd });
    expect(status).toBe(0);
    expect(stderr).toContain('is no regular file');
  });

  test('a working directory that is gone', async () => {
    const script = `mkdir gone && cd gone && rmdir ../gone && "${process.execPath}" "${bin}" list 2>&1; echo $?`;
    const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd: temporaryFolder() });
    expect(stdout).toBe('error: the working directory is gone\n  Change to one that exists.\n2\n');
  });

  test('a full disk', async (context) => {
    if (process.platform !== 'linux') context.skip();
    const script = `"${process.execPath}" "${bin}" list > /dev/full; echo $?`;
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', script], { cwd: temporaryFolder() });
    expect(stdout).toBe('2\n');
    expect(stderr).toMatch(/^error: results cannot be written: ENOSPC/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('what proves nothing, or cannot be', () => {
  test.each([
    ['tamper: {}', /changes nothing/],
    [`tamper: { key: ${key} }`, /changes nothing/],
    ['tamper: { method: CONNECT }', /CONNECT/],
    ['timeout: 600h', /24 days/],
    ['times: 5\nconcurrency: 1000000000', /10000 or less/],
  ])('%s', async (yaml, message) => {
    const cwd = temporaryFolder({ 'a.yaml': `notify: v2/payment\n${yaml}\n` });
    const { status, stderr } = await wxnotify(['send', 'a.yaml', '--target', 'http://127.0.0.1:9/'], {
      cwd,
      env,
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('--set of a character that XML cannot carry', async () => {
    const result = await wxnotify(['build', 'paid', '--set', 'attach=a\u0001b'], { env });
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain('U+0001');
  });
});
