/** Ctrl-C and SIGTERM: the status is 130, and what was done is reported all the same. */
import type { ChildProcess } from 'node:child_process';
import { expect, test } from 'vitest';
import { ended, merchantEnv, start, temporaryFolder, wxnotify, type Report } from '../support/cli.ts';
import { startRawServer, startServer, SUCCESS } from '../support/server.ts';

interface Watched {
  readonly child: ChildProcess;
  readonly end: Promise<{ status: number | null; stdout: string; stderr: string }>;
}

function watch(args: readonly string[], cwd = temporaryFolder()): Watched {
  const child = start(args, { cwd, env: merchantEnv });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return { child, end: ended(child).then((status) => ({ status, stdout, stderr })) };
}

const LONG = ['--times', '100000', '--every', '5ms'];

test.each([
  ['SIGINT', '1'],
  ['SIGTERM', '1'],
  ['SIGINT', '8'],
] as const)('%s in a long run, %s at once: the document says what was done', async (signal, concurrency) => {
  const { url, received } = await startServer((_, response) => {
    if (received.length === 10) run.child.kill(signal);
    response.end(SUCCESS);
  });
  const run = watch(['send', 'paid', '--target', url, ...LONG, '--concurrency', concurrency, '--json']);
  const { status, stdout } = await run.end;
  expect(status).toBe(130);
  const report = JSON.parse(stdout) as Report;
  expect(report).toMatchObject({ ok: false, exit: 130, interrupted: true, failures: [] });
  expect(report.summary.sent).toBeGreaterThan(0);
  const { sent, undelivered, acks } = report.summary;
  expect(acks).toEqual({ SUCCESS: sent - undelivered });
  expect(undelivered).toBeLessThanOrEqual(Number(concurrency)); // those that were in flight
  expect(sent).toBeGreaterThanOrEqual(received.length);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s: people are told what was done', async (signal) => {
  const { url, received } = await startServer((_, response) => {
    response.end(SUCCESS);
    if (received.length === 5) run.child.kill(signal);
  });
  const run = watch(['send', 'paid', '--target', url, ...LONG]);
  const { status, stdout } = await run.end;
  expect(status).toBe(130);
  expect(stdout).toMatch(/^\d+ sent: \d+ SUCCESS(, 1 undelivered)?; \d+ not sent$/m);
  expect(stdout).toContain('interrupted: this is what was done so far');
  expect(stdout).not.toMatch(/^passed$/m);
});

test('while it waits for the next copy', async () => {
  const { url } = await startServer((_, response) => {
    response.end(SUCCESS);
    setTimeout(() => run.child.kill('SIGINT'), 300);
  });
  const run = watch(['send', 'paid', '--target', url, '--times', '3', '--every', '1h', '--json']);
  const { status, stdout } = await run.end;
  expect(status).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ interrupted: true, summary: { sent: 1, acks: { SUCCESS: 1 } } });
});

test('while it waits for an answer: the request is in the journal', async () => {
  const cwd = temporaryFolder();
  const url = await startRawServer((socket) => socket.once('data', () => run.child.kill('SIGINT')));
  const run = watch(['send', 'paid', '--target', url, '--timeout', '1h', '--json'], cwd);
  const { status, stdout } = await run.end;
  expect(status).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({
    exit: 130,
    interrupted: true,
    deliveries: [{ response: null, ack: null, error: 'aborted: interrupted' }],
    failures: [],
  });
  const history = await wxnotify(['history'], { cwd });
  expect(history.stdout).toContain('payment/paid');
});

test('in a flow: the steps that were not reached are counted', async () => {
  const { url } = await startServer((_, response) => {
    run.child.kill('SIGINT');
    setTimeout(() => response.end(SUCCESS), 5000);
  });
  const run = watch(['send', 'refund/partial-then-full', '--target', url, '--timeout', '1m', '--json']);
  const { status, stdout } = await run.end;
  expect(status).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ interrupted: true, summary: { skipped: 2 } });
});

test('an interrupted run that had failures is interrupted', async () => {
  const { url, received } = await startServer((_, response) => {
    response.writeHead(500).end();
    if (received.length === 5) run.child.kill('SIGINT');
  });
  const run = watch(['send', 'paid', '--target', url, ...LONG, '--json']);
  const { status, stdout } = await run.end;
  expect(status).toBe(130);
  const report = JSON.parse(stdout) as Report;
  expect(report.failures.length).toBeGreaterThan(0);
  expect(report.exit).toBe(130);
});
