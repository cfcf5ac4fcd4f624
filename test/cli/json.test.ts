/** `--json`: one document on stdout and nothing else, in every command, and the contract of `send`. */
import { describe, expect, test } from 'vitest';
import { merchantEnv, reported, temporaryFolder, wxnotify } from '../support/cli.ts';
import { FAIL, freePort, startServer, SUCCESS } from '../support/server.ts';

const env = merchantEnv;
const keys = (value: unknown): string[] => Object.keys(value as object).sort();
const NUMBER = expect.any(Number) as number;
const TEXT = expect.any(String) as string;

/** What the contract names, and what may stand beside it. */
const TOP = [
  'command',
  'deliveries',
  'exit',
  'failures',
  'ok',
  'scenario',
  'schema',
  'seed',
  'summary',
  'target',
];
const DELIVERY = 'ack attempt duration_ms error id kind message out_trade_no request response step'.split(
  ' ',
);

describe('send', () => {
  test('the document of a delivery that was answered', async () => {
    const { url, received } = await startServer();
    const { report, status, stderr } = await reported(['send', 'paid', '--seed', '42', '--target', url]);
    const body = received[0]?.body.toString() ?? '';
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(keys(report)).toEqual([...TOP, 'warnings'].sort());
    expect(keys(report.summary)).toEqual([
      'acks',
      'duration_ms',
      'latency_ms',
      'sent',
      'skipped',
      'undelivered',
      'unsent',
    ]);
    expect(keys(report.deliveries[0])).toEqual(DELIVERY);
    expect(report).toEqual({
      schema: 'wxnotify/1',
      command: 'send',
      ok: true,
      exit: 0,
      seed: '42',
      target: url,
      scenario: 'payment/paid',
      summary: {
        sent: 1,
        undelivered: 0,
        unsent: 0,
        skipped: 0,
        duration_ms: NUMBER,
        acks: { SUCCESS: 1 },
        latency_ms: { min: NUMBER, p50: NUMBER, p90: NUMBER, p99: NUMBER, max: NUMBER },
      },
      deliveries: [
        {
          id: expect.stringMatching(/^[0-9a-f]+-1-1$/) as string,
          step: 1,
          attempt: 1,
          kind: 'v2/payment',
          out_trade_no: /<out_trade_no><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1],
          request: {
            method: 'POST',
            url,
            headers: {
              'User-Agent': 'Mozilla/4.0',
              Accept: '*/*',
              'Content-Type': 'text/xml',
              Pragma: 'no-cache',
            },
            body,
          },
          response: {
            status: 200,
            headers: expect.objectContaining({ 'content-type': 'text/xml' }) as object,
            body: SUCCESS,
          },
          ack: 'SUCCESS',
          message: 'OK',
          error: null,
          duration_ms: NUMBER,
        },
      ],
      failures: [],
      warnings: [],
    });
  });

  test('a failure names what was expected and what came', async () => {
    const { url } = await startServer(FAIL);
    const { report, status } = await reported(['send', 'paid', '--target', url]);
    expect(status).toBe(1);
    expect(report).toMatchObject({ ok: false, exit: 1, summary: { sent: 1, acks: { FAIL: 1 } } });
    expect(report.failures).toEqual([
      {
        step: 1,
        attempt: 1,
        expectation: 'ack',
        expected: 'SUCCESS',
        actual: 'FAIL',
        message: expect.stringContaining('nope') as string,
      },
    ]);
  });

  test('nothing answers: no response, an error, no latency', async () => {
    const { report, status } = await reported([
      'send',
      'paid',
      '--target',
      `http://127.0.0.1:${await freePort()}/`,
    ]);
    expect(status).toBe(3);
    expect(report).toMatchObject({
      ok: false,
      exit: 3,
      summary: { sent: 1, acks: {}, latency_ms: { min: null, p50: null, p90: null, p99: null, max: null } },
      deliveries: [
        { response: null, ack: null, message: '', error: expect.stringMatching(/^refused: /) as string },
      ],
      failures: [
        { step: 1, attempt: 1, expectation: 'undelivered', expected: 'SUCCESS', actual: TEXT, message: TEXT },
      ],
    });
  });
});

interface Refusal {
  readonly problems: readonly { readonly code: string; readonly message: string; readonly fix: string }[];
}

describe('a problem is one document too', () => {
  const broken = { 'broken.yaml': 'notify: [\n', 'wxnotify.yaml': 'profiles: { a: {} }\n' };
  test.each<[string, string[], string]>([
    ['no scenario', ['send'], 'usage'],
    ['an unknown scenario', ['send', 'payd'], 'unknown-scenario'],
    ['no target', ['send', 'paid'], 'no-target'],
    ['a forbidden host', ['send', 'paid', '--target', 'http://203.0.113.1/'], 'unsafe-target'],
    ['broken YAML', ['send', './broken.yaml'], 'yaml'],
    ['an unknown field', ['send', 'paid', '--set', 'total_fe=1'], 'unknown-field'],
    ['an unknown flag', ['send', 'paid', '--tims', '3'], 'usage'],
    ['a wrong value', ['send', 'paid', '--times', 'x'], 'usage'],
    ['too much', ['send', 'paid', 'failed'], 'usage'],
    ['an unknown profile', ['send', 'paid', '--profile', 'b'], 'unknown-profile'],
    ['an empty journal', ['replay'], 'journal'],
    ['two ways', ['replay', '--id', 'a', '--scenario', 'paid'], 'usage'],
    ['an unknown step', ['build', 'paid', '--step', '2'], 'usage'],
    ['an unknown format', ['build', 'paid', '--format', 'soap'], 'usage'],
    ['nothing to build', ['build'], 'usage'],
    ['nothing to show', ['show', 'payd'], 'unknown-scenario'],
    ['what does not validate', ['validate', './broken.yaml'], 'yaml'],
    ['no such demo', ['demo', 'payd'], 'unknown-scenario'],
    ['no such configuration', ['config', '--config', 'nope.yaml'], 'unreadable'],
    ['no such profile to list with', ['list', '--profile', 'b'], 'unknown-profile'],
    ['no such profile in history', ['history', '--profile', 'b'], 'unknown-profile'],
    ['files that are there', ['init'], 'unreadable'],
    ['a port that is none', ['listen', '--port', '65536'], 'usage'],
  ])('%s', async (_, args, code) => {
    const { status, stdout, stderr } = await wxnotify([...args, '--json'], {
      cwd: temporaryFolder(broken),
      env,
    });
    const { problems, ...document } = JSON.parse(stdout) as Refusal;
    expect(status).toBe(2);
    expect(document).toMatchObject({ schema: 'wxnotify/1', command: args[0], ok: false, exit: 2 });
    expect(problems[0]).toMatchObject({ code });
    for (const { message, fix } of problems) expect([message, fix]).not.toContain('');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('missing credentials', async () => {
    const { stdout, status } = await wxnotify(['build', 'paid', '--json']);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, exit: 2, problems: [{ code: 'no-credentials' }] });
  });

  test('an unknown command', async () => {
    const { stdout, status } = await wxnotify(['sned', '--json']);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'sned', problems: [{ code: 'usage' }] });
  });
});

test.each([
  ['build paid'],
  ['build refund/success'],
  ['build paid --format curl'],
  ['send paid --dry-run'],
  ['send paid --dry-run --verbose'],
  ['list'],
  ['list --tag nothing-has-this'],
  ['show paid'],
  ['history'],
  ['validate'],
  ['validate --quiet'],
  ['config'],
  ['schema'],
  ['init'],
  ['demo paid'],
  ['demo paid --verbose'],
  ['demo paid --quiet'],
])('%s: stdout is one document', async (line) => {
  const { status, stdout } = await wxnotify([...line.split(' '), '--json'], {
    env: { ...env, FORCE_COLOR: '1' },
  });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toBeTypeOf('object');
  expect(stdout.endsWith('}\n')).toBe(true);
});

test.each(['send', 'replay'])('%s --json with --verbose and --quiet: still nothing else', async (command) => {
  const { url } = await startServer();
  const cwd = temporaryFolder();
  await reported(['send', 'paid', '--target', url], { cwd });
  const args = command === 'send' ? ['send', 'paid', '--target', url] : ['replay'];
  for (const flag of ['--verbose', '--quiet', '--no-color']) {
    const { report, stderr } = await reported([...args, flag], { cwd, env: { FORCE_COLOR: '1' } });
    expect(report).toMatchObject({ schema: 'wxnotify/1', command, ok: true, summary: { sent: 1 } });
    expect(stderr).toBe('');
  }
});
