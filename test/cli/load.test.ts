/** A load: very many copies over kept connections, every answer judged. */
import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { bin, ended, merchantEnv, reported, start, temporaryFolder, wxnotify } from '../support/cli.ts';
import { FAIL, SUCCESS, startServer } from '../support/server.ts';

test('every answer is judged and counted; the sum is what was planned', async () => {
  let count = 0;
  const server = await startServer((_, response) => void response.end(++count % 100 === 0 ? FAIL : SUCCESS));
  const args = ['send', 'paid', '--target', server.url, '--times', '2000', '--concurrency', '20'];
  const { status, report } = await reported(args);
  expect(status).toBe(1);
  expect(server.received).toHaveLength(2000);
  expect(report.summary).toMatchObject({
    sent: 2000,
    undelivered: 0,
    unsent: 0,
    acks: { SUCCESS: 1980, FAIL: 20 },
  });
  expect(report.failures).toHaveLength(20);
  expect(new Set(server.received.map(({ body }) => body.toString())).size).toBe(1);
});

test('of very many failures, some are told and all are counted', async () => {
  const server = await startServer(FAIL);
  const args = ['send', 'paid', '--target', server.url, '--times', '1000', '--concurrency', '10'];
  const { stdout, status } = await wxnotify(args, { env: merchantEnv });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^1000 sent in [\d.]+ s \(\d+\/s\): 1000 FAIL$/m);
  expect(stdout).toContain('970 more failures are not shown');
});

test('expectations over all of them hold', async () => {
  const server = await startServer();
  const yaml =
    'notify: v2/payment\ntimes: 300\nconcurrency: 10\nexpect: { acks: { SUCCESS: 299 }, within: 30s }\n';
  const cwd = temporaryFolder({ 'x.yaml': yaml });
  const { status, report } = await reported(['send', './x.yaml', '--target', server.url], { cwd });
  expect(status).toBe(1);
  expect(report.failures).toMatchObject([{ expectation: 'count', expected: 299, actual: 300 }]);
});

test('a slow answer among very many fails', async () => {
  let count = 0;
  const server = await startServer((_, response) => {
    setTimeout(() => response.end(SUCCESS), ++count === 50 ? 900 : 0);
  });
  const yaml = 'notify: v2/payment\ntimes: 100\nconcurrency: 5\nexpect: { within: 800ms }\n';
  const cwd = temporaryFolder({ 'x.yaml': yaml });
  const { status, report } = await reported(['send', './x.yaml', '--target', server.url], { cwd });
  expect(status).toBe(1);
  expect(report.failures).toMatchObject([{ expectation: 'too-slow', expected: 800 }]);
});

test('unique: every one is another order', async () => {
  const server = await startServer();
  const args = ['send', 'paid', '--target', server.url, '--times', '500', '--concurrency', '10', '--unique'];
  const { status, report } = await reported(args);
  expect(status).toBe(0);
  expect(new Set(server.received.map(({ body }) => /<out_trade_no>.*?<\/out/.exec(body.toString())?.[0])).size).toBe(500); // prettier-ignore
  expect(report.deliveries).toHaveLength(20);
});

const SERVER = `
const http = require('http');
let count = 0;
http.createServer((request, response) => {
  request.resume().on('end', () => {
    count++;
    response.end('<xml><return_code>SUCCESS</return_code></xml>');
    if (count === 3000) setImmediate(() => process.exit());
  });
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

test('a target that is killed in the middle: what was acknowledged, lost and not sent adds up', async () => {
  const server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<string>((resolve) =>
    server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
  );
  const url = `http://127.0.0.1:${port}/`;
  const args = ['send', 'paid', '--target', url, '--times', '100000', '--concurrency', '20'];
  const { status, report } = await reported(args);
  expect(status).toBe(3);
  const { sent, unsent, undelivered, acks } = report.summary;
  const acknowledged = acks['SUCCESS'] ?? 0;
  expect(acknowledged + undelivered).toBe(sent);
  expect(sent + unsent).toBe(100_000);
  expect(acknowledged).toBeLessThan(3100); // it answers a few more before it ends
  expect(acknowledged).toBeGreaterThan(2900);
  expect(unsent).toBeGreaterThan(90_000);
  expect(report.failures.at(-1)).toMatchObject({ expectation: 'unsent', expected: 100_000, actual: sent });
});

describe('Ctrl-C', () => {
  test('ends cleanly, with the report so far: 130', async () => {
    const server = await startServer();
    const args = [
      'send',
      'paid',
      '--target',
      server.url,
      '--times',
      '10000000',
      '--concurrency',
      '20',
      '--json',
    ];
    const run = start(args, { env: merchantEnv });
    let stdout = '';
    run.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const gone = ended(run);
    await expect.poll(() => server.received.length, { timeout: 20_000 }).toBeGreaterThan(200);
    run.kill('SIGINT');
    expect(await gone).toBe(130);
    const report = JSON.parse(stdout) as Awaited<ReturnType<typeof reported>>['report'];
    const { sent, unsent, undelivered, acks } = report.summary;
    expect(report.interrupted).toBe(true);
    expect((acks['SUCCESS'] ?? 0) + undelivered).toBe(sent);
    expect(sent + unsent).toBe(10_000_000);
    expect(report.failures).toEqual([]);
  });
});

test('a machine that allows fewer connections loses no copy, and says so', async () => {
  const server = await startServer();
  const cwd = temporaryFolder();
  const args = `send paid --target ${server.url} --times 600 --concurrency 120 --json`;
  const child = spawn('sh', ['-c', `ulimit -n 80; exec "${process.execPath}" "${bin}" ${args}`], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, WXNOTIFY_STATE: `${cwd}/.state`, ...merchantEnv },
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  expect(await ended(child)).toBe(0);
  const report = JSON.parse(stdout) as Awaited<ReturnType<typeof reported>>['report'];
  expect(report.summary).toMatchObject({ sent: 600, undelivered: 0, acks: { SUCCESS: 600 } });
  expect(report.warnings[0]?.message).toMatch(/^\d+ of 120 connections could not be opened/);
});

test('an expression that takes too long is tried once: other answers are not late for it', async () => {
  let count = 0;
  const server = await startServer((_, response) => {
    response.end(`<xml><return_code>SUCCESS</return_code><return_msg>m${count++}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</return_msg></xml>`); // prettier-ignore
  });
  const yaml =
    "notify: v2/payment\ntimes: 60\nconcurrency: 10\ntimeout: 10s\nexpect: { message: '/^m\\d+(x+x+)+y$/' }\n";
  const cwd = temporaryFolder({ 'x.yaml': yaml });
  const { status, report } = await reported(['send', './x.yaml', '--target', server.url], { cwd });
  expect(status).toBe(1);
  expect(report.summary).toMatchObject({ sent: 60, undelivered: 0 });
});
