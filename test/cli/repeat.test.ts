/** Repeats and flows: how many at once, how far apart, what is kept of them, what is expected of them, and seeds. */
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { merchantEnv, reported, temporaryFolder, wxnotify, type Report } from '../support/cli.ts';
import { FAIL, startServer, SUCCESS } from '../support/server.ts';

/** Sends a scenario of the test's own. */
async function sendOwn(yaml: string, url: string, ...flags: string[]): Promise<Report> {
  const cwd = temporaryFolder({ 'own.yaml': `summary: own\nnotify: v2/payment\n${yaml}` });
  return (await reported(['send', './own.yaml', '--target', url, ...flags], { cwd })).report;
}

describe('pace', () => {
  test('--concurrency: so many at once, and no more', async () => {
    const waiting: ServerResponse[] = [];
    let most = 0;
    const { url } = await startServer((_, response) => {
      most = Math.max(most, waiting.push(response));
      if (waiting.length === 4) for (const each of waiting.splice(0)) each.end(SUCCESS);
    });
    const args = ['send', 'paid', '--target', url, '--times', '12', '--concurrency', '4', '--timeout', '20s'];
    const { report } = await reported(args);
    expect(report).toMatchObject({ exit: 0, summary: { sent: 12, acks: { SUCCESS: 12 } } });
    expect(most).toBe(4);
  });

  test('one after the other, when nothing is said', async () => {
    let open = 0;
    let most = 0;
    const { url } = await startServer((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end(SUCCESS);
      }, 20);
    });
    const { report } = await reported(['send', 'paid', '--target', url, '--times', '5']);
    expect(report.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(1);
  });

  test('--every: so far apart', async () => {
    const moments: number[] = [];
    const { url } = await startServer((_, response) => {
      moments.push(performance.now());
      response.end(SUCCESS);
    });
    await reported([
      'send',
      'paid',
      '--target',
      url,
      '--times',
      '4',
      '--every',
      '200ms',
      '--concurrency',
      '4',
    ]);
    expect(moments).toHaveLength(4);
    expect((moments[3] ?? 0) - (moments[0] ?? 0)).toBeGreaterThan(400);
  });
});

describe('what is kept', () => {
  test('the first 20 deliveries and the failed ones up to 100; the summary counts all', async () => {
    let count = 0;
    const { url } = await startServer((_, response) => {
      response.end(++count % 3 === 0 ? FAIL : SUCCESS);
    });
    const { report } = await reported(['send', 'paid', '--target', url, '--times', '360']);
    expect(report.exit).toBe(1);
    expect(report.summary).toMatchObject({ sent: 360, acks: { SUCCESS: 240, FAIL: 120 } });
    const failed = Array.from({ length: 100 }, (_, index) => 3 * (index + 1));
    const first = Array.from({ length: 20 }, (_, index) => index + 1);
    const kept = [...new Set([...first, ...failed])].sort((a, b) => a - b);
    expect(report.deliveries.map(({ attempt }) => attempt)).toEqual(kept);
    expect(report.deliveries.filter(({ ack }) => ack === 'FAIL')).toHaveLength(100);
    const { min, p50, p90, p99, max } = report.summary.latency_ms;
    const ascending = [0, min, p50, p90, p99, max].map(Number);
    expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
    expect(min).toBeGreaterThan(0);
  });

  test('people see a summary and not every line', async () => {
    const { url } = await startServer();
    const args = ['send', 'paid', '--target', url, '--times', '300', '--concurrency', '10'];
    const { status, stdout, stderr } = await wxnotify(args, { env: merchantEnv });
    expect(status).toBe(0);
    expect(stdout.split('\n').length).toBeLessThan(15);
    expect(stdout).toMatch(/^300 sent in \S+ s \(\d+\/s\): 300 SUCCESS$/m);
    expect(stdout).toMatch(/^latency ms: min \S+ {2}p50 \S+ {2}p90 \S+ {2}p99 \S+ {2}max \S+$/m);
    expect(stderr).toBe('');
  });
});

describe('expectations', () => {
  /** Answers the first copy with SUCCESS, the others with FAIL. */
  const onceOnly = () => {
    let count = 0;
    return startServer((_, response) => {
      response.end(++count === 1 ? SUCCESS : FAIL);
    });
  };

  test.each([
    ['acks that fit', 'expect: { acks: { SUCCESS: 1, FAIL: 3 } }', 0, []],
    ['acks that do not fit', 'expect: { acks: { SUCCESS: 4 } }', 1, ['count']],
    ['acks of what is refused', 'expect: { acks: { SUCCESS: 1, REJECTED: 3, INVALID: 0, NONE: 0 } }', 0, []],
    ['first', 'expect: { first: { ack: SUCCESS }, ack: FAIL }', 0, []],
    ['first that does not fit', 'expect: { first: { ack: FAIL }, ack: FAIL }', 1, ['ack']],
    ['every', 'expect: { every: { ack: FAIL }, first: { ack: SUCCESS } }', 0, []],
    ['every that does not fit', 'expect: { every: { ack: SUCCESS } }', 1, ['ack', 'ack', 'ack']],
    ['nothing', '', 1, ['ack', 'ack', 'ack']],
  ])('of repeats: %s', async (_, yaml, exit, codes) => {
    const { url } = await onceOnly();
    const report = await sendOwn(`times: 4\n${yaml}\n`, url);
    expect(report).toMatchObject({ exit, summary: { sent: 4, acks: { SUCCESS: 1, FAIL: 3 } } });
    expect(report.failures.map(({ expectation }) => expectation)).toEqual(codes);
  });

  test.each([
    ['{ status: 500 }', 0, []],
    ['{ status: 200 }', 1, [{ expectation: 'status', expected: 200, actual: 500 }]],
    ['{ ack: REJECTED, status: 500, within: 30s }', 0, []],
    ['{ ack: REJECTED, message: "/sold out/i" }', 0, []],
    ['{ ack: REJECTED, message: sold out }', 1, [{ expectation: 'message', expected: 'sold out' }]],
    ['{ ack: REJECTED, within: 50ms }', 1, [{ expectation: 'too-slow', expected: 50 }]],
    ['{ ack: FAIL }', 1, [{ expectation: 'ack', expected: 'FAIL', actual: 'INVALID' }]],
  ])('of an answer: %s', async (expectation, exit, failures) => {
    const answer = '<xml><return_code>FAIL</return_code><return_msg>Sold out</return_msg></xml>';
    const { url } = await startServer((_, response) => {
      setTimeout(() => response.writeHead(500).end(answer), 100);
    });
    const report = await sendOwn(`expect: ${expectation}\n`, url);
    expect(report.exit).toBe(exit);
    expect(report.failures).toHaveLength(failures.length);
    expect(report.failures).toMatchObject(failures);
  });

  test('--expect and --times are stronger than the file', async () => {
    const { url } = await startServer(FAIL);
    const report = await sendOwn(
      'times: 3\nexpect: { ack: SUCCESS, status: 404 }\n',
      url,
      '--expect',
      'fail',
      '--times',
      '2',
    );
    expect(report).toMatchObject({ exit: 0, summary: { sent: 2, acks: { FAIL: 2 } } });
  });

  test('after a step that failed, the rest of a flow is not sent', async () => {
    const { url, received } = await startServer(FAIL);
    const { report } = await reported(['send', 'refund/partial-then-full', '--target', url]);
    expect(report).toMatchObject({ exit: 1, summary: { sent: 1, skipped: 2 } });
    expect(received).toHaveLength(1);
  });
});

describe('seeds', () => {
  test('the same seed gives the same bytes in every process', async () => {
    const { url, received } = await startServer();
    const build = ['build', 'paid', '--seed', 'a'];
    const send = ['send', 'payment/paid', '--seed', 'a', '--target', url];
    const [first, second, other] = await Promise.all([
      wxnotify(build, { env: merchantEnv }),
      wxnotify(build, { env: { ...merchantEnv, TZ: 'America/New_York', LANG: 'zh_CN.UTF-8' } }),
      wxnotify(['build', 'paid', '--seed', 'b'], { env: merchantEnv }),
      reported(send),
    ]);
    expect(first.stdout).toMatch(/^<xml>/);
    expect(second.stdout).toBe(first.stdout);
    expect(received.map(({ body }) => body.toString())).toEqual([first.stdout]);
    expect(other.stdout).not.toBe(first.stdout);
  });

  test('without a seed no two are alike', async () => {
    const { url, received } = await startServer();
    await Promise.all([
      reported(['send', 'paid', '--target', url]),
      reported(['send', 'paid', '--target', url]),
    ]);
    const trades = received.map(({ body }) => /<out_trade_no>.*<\/out_trade_no>/.exec(body.toString())?.[0]);
    expect(new Set(trades).size).toBe(2);
  });

  test.each(['paid', 'refund/success', 'refund/partial-then-full'])(
    'a failing run of %s prints the seed that builds the same bytes',
    async (name) => {
      const { url, received } = await startServer(FAIL);
      const { status, stdout } = await wxnotify(['send', name, '--target', url], { env: merchantEnv });
      expect(status).toBe(1);
      const seed = /^failed {2}\(seed (\S+)\)$/m.exec(stdout)?.[1] ?? '';
      const again = await wxnotify(['build', name, '--seed', seed], { env: merchantEnv });
      expect(received.map(({ body }) => body.toString())).toEqual([again.stdout]);
    },
  );

  test('a file is the same scenario, however it is named', async () => {
    const own = 'summary: own\nnotify: v2/payment\n';
    const cwd = temporaryFolder({ 'sub/own.yaml': own, 'wxnotify.yaml': 'profiles: {}\n' });
    const build = async (file: string, folder: string) =>
      (await wxnotify(['build', file, '--seed', 'a'], { cwd: `${cwd}/${folder}`, env: merchantEnv })).stdout;
    const bodies = [
      await build('./sub/own.yaml', ''),
      await build('./own.yaml', 'sub'),
      await build(`${cwd}/sub/own.yaml`, ''),
    ];
    expect(bodies[0]).toMatch(/^<xml>/);
    expect(new Set(bodies).size).toBe(1);
  });
});
