/** The platform's retry timetable: again until acknowledged, and on from where it was. */
import { describe, expect, test } from 'vitest';
import { readJournal } from '../../src/delivery/journal.ts';
import { ATTEMPTS, TIMETABLE } from '../../src/scenario/timetable.ts';
import { ended, merchantEnv, reported, start, temporaryFolder, wxnotify } from '../support/cli.ts';
import { FAIL, SUCCESS, startServer, type TestServer } from '../support/server.ts';

const fast = ['--schedule', 'wechat', '--speed', '1000000'];

/** Refuses so many, then acknowledges. */
async function stubborn(refusals: number): Promise<TestServer> {
  let count = 0;
  return startServer((_, response) => void response.end(count++ < refusals ? FAIL : SUCCESS));
}

test('the timetable is the documented one: fifteen times again in 24 h 4 min', () => {
  expect(TIMETABLE).toHaveLength(15);
  expect(TIMETABLE.reduce((sum, gap) => sum + gap)).toBe((24 * 60 + 4) * 60);
});

describe('send --schedule wechat', () => {
  test('stops at the first SUCCESS, and says which attempt got it', async () => {
    const server = await stubborn(2);
    const { report, status } = await reported(['send', 'paid', '--target', server.url, ...fast]);
    expect(status).toBe(0);
    expect(report.schedules).toEqual([
      { step: 1, name: 'wechat', speed: 1e6, attempts: 3, of: 16, acknowledged_by: 3, after_s: 30 },
    ]);
    expect(report.summary).toMatchObject({ sent: 3, unsent: 0, acks: { FAIL: 2, SUCCESS: 1 } });
    expect(new Set(server.received.map(({ body }) => body.toString())).size).toBe(1);
    const { stdout } = await wxnotify(['send', 'paid', '--target', server.url, ...fast], {
      env: merchantEnv,
    });
    expect(stdout).toMatch(/acknowledged by attempt 1, at once {2}\(at 1000000× speed\)/);
  });

  test('gives up as the platform does: 1', async () => {
    const server = await startServer(FAIL);
    const { report, status } = await reported(['send', 'paid', '--target', server.url, ...fast]);
    expect(status).toBe(1);
    expect(server.received).toHaveLength(ATTEMPTS);
    expect(report.failures).toMatchObject([{ expectation: 'acknowledged-by', attempt: null, expected: 16 }]);
    expect(report.failures[0]?.message).toBe(
      'expected SUCCESS by attempt 16, got none of 16 attempts was acknowledged',
    );
  });

  test('nothing listens, to the end: 3', async () => {
    const { report, status } = await reported(['send', 'paid', '--target', 'http://127.0.0.1:1/', ...fast]);
    expect(status).toBe(3);
    expect(report.summary).toMatchObject({ sent: 16, undelivered: 16, unsent: 0 });
  });

  test('what must be refused is refused sixteen times', async () => {
    const server = await startServer(FAIL);
    const args = ['send', 'forged-signature', '--target', server.url, ...fast];
    expect((await reported(args)).status).toBe(0);
    expect(server.received).toHaveLength(ATTEMPTS);
    const naive = await startServer(SUCCESS);
    expect((await reported(['send', 'forged-signature', '--target', naive.url, ...fast])).status).toBe(1);
    expect(naive.received).toHaveLength(1);
  });

  test('waits between attempts, at the speed that is asked for', async () => {
    const at: number[] = [];
    const server = await startServer((_, response) => {
      at.push(performance.now());
      response.end(at.length < 3 ? FAIL : SUCCESS);
    });
    const args = ['send', 'paid', '--target', server.url, '--schedule', 'wechat', '--speed', '60'];
    await reported(args);
    const [first = 0, second = 0, third = 0] = at;
    expect(second - first).toBeGreaterThan(100); // 250, less what the first arrived late
    expect(third - second).toBeGreaterThan(100);
  });
});

test('a flow can require the attempt', async () => {
  const flow = `steps:
  - notify: v2/payment
    schedule: wechat
    speed: 1000000
    expect: { acknowledged_by: 3 }
`;
  const cwd = temporaryFolder({ 'flow.yaml': flow });
  const good = await stubborn(2);
  expect((await reported(['send', './flow.yaml', '--target', good.url], { cwd })).status).toBe(0);
  const late = await stubborn(3);
  const { status, report } = await reported(['send', './flow.yaml', '--target', late.url], { cwd });
  expect(status).toBe(1);
  expect(late.received).toHaveLength(3);
  expect(report.failures).toMatchObject([{ expectation: 'acknowledged-by', expected: 3 }]);
});

describe('replay --resume', () => {
  /** Starts a schedule in real time and ends it after its first attempt. */
  async function interrupted(
    signal: NodeJS.Signals,
    server: TestServer,
    cwd: string,
  ): Promise<number | null> {
    const run = start(['send', 'paid', '--target', server.url, '--schedule', 'wechat'], {
      cwd,
      env: merchantEnv,
    });
    const gone = ended(run);
    const first = (): unknown => readJournal(`${cwd}/.state`).records[0]?.outcome;
    await expect.poll(first, { timeout: 20_000 }).toBeDefined();
    run.kill(signal);
    return gone;
  }

  test.each(['SIGINT', 'SIGKILL'] as const)('goes on after %s, with the same bytes', async (signal) => {
    const server = await stubborn(3);
    const cwd = temporaryFolder();
    expect(await interrupted(signal, server, cwd)).toBe(signal === 'SIGINT' ? 130 : null);
    expect(server.received).toHaveLength(1);
    const { report, status } = await reported(['replay', '--resume', '--speed', '1000000'], { cwd });
    expect(status).toBe(0);
    expect(report.schedules).toMatchObject([{ attempts: 4, acknowledged_by: 4 }]);
    expect(report.deliveries.map(({ attempt }) => attempt)).toEqual([2, 3, 4]);
    expect(report.summary).toMatchObject({ sent: 3, acks: { FAIL: 2, SUCCESS: 1 } });
    expect(new Set(server.received.map(({ body }) => body.toString())).size).toBe(1);
    const ids = readJournal(`${cwd}/.state`).records.map(({ id }) => id.replace(/-\d+$/, ''));
    expect(new Set(ids).size).toBe(1);

    const again = await wxnotify(['replay', '--resume'], { cwd, env: merchantEnv });
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('the schedule of payment/paid is at its end: attempt 4 was acknowledged');
  });

  test('says how to go on when it was interrupted', async () => {
    const server = await startServer(FAIL);
    const cwd = temporaryFolder();
    const run = start(['send', 'paid', '--target', server.url, '--schedule', 'wechat'], {
      cwd,
      env: merchantEnv,
    });
    let stdout = '';
    run.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const gone = ended(run);
    const first = (): unknown => readJournal(`${cwd}/.state`).records[0]?.outcome;
    await expect.poll(first, { timeout: 20_000 }).toBeDefined();
    run.kill('SIGINT');
    await gone;
    expect(stdout).toContain('wxnotify replay --resume goes on with the schedule');
  });

  test('one that another process is sending is left to it; one that was killed is not', async () => {
    const server = await startServer(FAIL);
    const cwd = temporaryFolder();
    const run = start(['send', 'paid', '--target', server.url, '--schedule', 'wechat'], {
      cwd,
      env: merchantEnv,
    });
    const gone = ended(run);
    const first = (): unknown => readJournal(`${cwd}/.state`).records[0]?.outcome;
    await expect.poll(first, { timeout: 20_000 }).toBeDefined();
    const both = await wxnotify(['replay', '--resume'], { cwd, env: merchantEnv });
    expect(both.status).toBe(2);
    expect(both.stderr).toContain(`process ${run.pid} is sending this schedule now`);
    expect(server.received).toHaveLength(1);
    run.kill('SIGKILL');
    await gone;
    const { report } = await reported(['replay', '--resume', '--speed', '1000000'], { cwd });
    expect(report.schedules).toMatchObject([{ attempts: 16 }]);
  });

  test('nothing to go on with', async () => {
    const { status, stderr } = await wxnotify(['replay', '--resume'], { env: merchantEnv });
    expect(status).toBe(2);
    expect(stderr).toContain('the journal has no schedule to go on with');
  });
});

test.each([
  [['--speed', '60'], '--speed means nothing without --schedule'],
  [['--schedule', 'wechat', '--times', '3'], '--schedule and --times exclude each other'],
  [['--schedule', 'wechat', '--race'], '--race and --schedule exclude each other'],
  [['--race', '--concurrency', '3'], '--race and --concurrency exclude each other'],
  [['--schedule', 'stripe'], 'Give wechat'],
  [['--schedule', 'wechat', '--speed', '0.1'], 'Give a number from 1 to 1000000'],
  [['--race', '--times', '501'], 'a race has 2 to 500 copies, and not 501'],
])('send %j is wrong before anything is sent', async (flags, message) => {
  const server = await startServer();
  const { status, stderr } = await wxnotify(['send', 'paid', '--target', server.url, ...flags], {
    env: merchantEnv,
  });
  expect(stderr).toContain(message);
  expect(status).toBe(2);
  expect(server.received).toHaveLength(0);
});

test.each([
  [['--resume', '--times', '3'], '--resume and --times exclude each other'],
  [['--resume', '--schedule', 'wechat'], '--resume and --schedule exclude each other'],
  [['--unique'], '--unique makes new orders, and the journal has the old one'],
])('replay %j is wrong before anything is sent', async (flags, message) => {
  const { status, stderr } = await wxnotify(['replay', ...flags], { env: merchantEnv });
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
