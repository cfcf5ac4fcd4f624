/** `run`: several at once, again, and no further. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ended, merchantEnv, reported, start, temporaryFolder, wxnotify } from '../../support/cli.ts';
import { FAIL, freePort, startRawServer, startServer, SUCCESS } from '../../support/server.ts';
import { fieldOf, namesOf, suiteOf, wordsOf } from '../../support/suite.ts';

/** A payment of so many fen: a server knows it by its amount. */
function paid(total_fee: number, more = ''): string {
  return `notify: v2/payment\nfields: { total_fee: ${total_fee} }\n${more}`;
}

function scenarios(count: number, text: (index: number) => string): Readonly<Record<string, string>> {
  const files = Array.from({ length: count }, (_, index) => [
    `scenarios/s${String(index).padStart(3, '0')}.yaml`,
    text(index),
  ]);
  return Object.fromEntries(files) as Readonly<Record<string, string>>;
}

describe('at once', () => {
  test('so many as there are workers, in order all the same; each has its own order', async () => {
    let active = 0;
    let most = 0;
    const server = await startServer(async ({ body }, response) => {
      most = Math.max(most, ++active);
      const fee = Number(fieldOf(String(body), 'total_fee'));
      await sleep(fee % 2 === 0 ? 5 : 40); // the later ones overtake
      active--;
      response.end(SUCCESS);
    });
    const cwd = temporaryFolder(scenarios(12, (index) => paid(index + 1)));
    const { status, report } = await suiteOf(['--workers', '4', '--target', server.url], { cwd });
    expect(status).toBe(0);
    expect(most).toBe(4);
    expect(report.scenarios.map(({ name }) => name)).toEqual(
      Array.from({ length: 12 }, (_, index) => `s${String(index).padStart(3, '0')}`),
    );
    const orders = server.received.map(({ body }) => fieldOf(String(body), 'out_trade_no'));
    expect(new Set(orders).size).toBe(12);
  });

  test('`serial: true` is alone', async () => {
    const seen: { fee: number; with: number }[] = [];
    let active = 0;
    const server = await startServer(async ({ body }, response) => {
      active++;
      const fee = Number(fieldOf(String(body), 'total_fee'));
      await sleep(20);
      seen.push({ fee, with: active });
      active--;
      response.end(SUCCESS);
    });
    const cwd = temporaryFolder(
      scenarios(9, (index) => paid(index + 1, index === 4 ? 'serial: true\n' : '')),
    );
    const { status } = await suiteOf(['--target', server.url], { cwd });
    expect(status).toBe(0);
    expect(seen.find(({ fee }) => fee === 5)).toEqual({ fee: 5, with: 1 });
    expect(seen.findIndex(({ fee }) => fee === 5)).toBe(4); // those before it have ended, those after it have not begun
    expect(Math.max(...seen.map((one) => one.with))).toBeGreaterThan(1);
  });

  test('what is told of one is not mixed with what is told of another', async () => {
    const server = await startServer(async (_, response) => {
      await sleep(Math.random() * 30);
      response.end(FAIL);
    });
    const cwd = temporaryFolder(scenarios(10, (index) => paid(index + 1)));
    const env = merchantEnv;
    const { stdout } = await wxnotify(['run', '--reporter', 'ndjson', '--target', server.url], { cwd, env });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { scenario?: string });
    const order = lines.flatMap(({ scenario }) => (scenario === undefined ? [] : [scenario]));
    expect([...new Set(order)]).toEqual(
      [...order].sort().filter((name, index, all) => all[index - 1] !== name),
    );
    expect(order).toEqual([...order].sort());
  });
});

describe('500 scenarios with failures among them', () => {
  test('finds exactly those', async () => {
    const isBad = (index: number): boolean => index % 71 === 13;
    const server = await startServer(({ body }, response) => {
      response.end(isBad(Number(fieldOf(String(body), 'total_fee')) - 1) ? FAIL : SUCCESS);
    });
    const cwd = temporaryFolder(scenarios(500, (index) => paid(index + 1)));
    const { status, report } = await suiteOf(['--target', server.url], { cwd });
    expect(status).toBe(1);
    const bad = report.scenarios.filter((_, index) => isBad(index)).map(({ name }) => name);
    expect(namesOf(report, 'failed')).toEqual(bad);
    expect(report.summary).toMatchObject({
      scenarios: 500,
      passed: 500 - bad.length,
      failed: bad.length,
      sent: 500,
    });
    const again = await suiteOf(['--only-failed', '--target', server.url], { cwd });
    expect(again.report.scenarios.map(({ name }) => name)).toEqual(bad);
    const orders = server.received.map(({ body }) => fieldOf(String(body), 'out_trade_no'));
    expect(new Set(orders).size).toBe(500 + bad.length);
  });
});

describe('again', () => {
  test('what passes at the second attempt is flaky, and not passed', async () => {
    let count = 0;
    const server = await startServer((_, response) => void response.end(count++ === 0 ? FAIL : SUCCESS));
    const cwd = temporaryFolder(scenarios(1, () => paid(1)));
    const { status, report } = await suiteOf(['--retries', '2', '--target', server.url], { cwd });
    expect(status).toBe(0);
    expect(report.summary).toMatchObject({ passed: 0, flaky: 1, failed: 0 });
    expect(report.scenarios[0]).toMatchObject({ status: 'flaky', attempts: 2 });
    const [first, second] = server.received.map(({ body }) => fieldOf(String(body), 'out_trade_no'));
    expect(first).not.toBe(second); // a retry is no duplicate
    const pretty = await wxnotify(['run', '--retries', '1', '--target', server.url], {
      cwd,
      env: merchantEnv,
    });
    expect(pretty.stdout).toContain('1 passed');
  });

  test('what fails every time has failed, and was tried so often', async () => {
    const server = await startServer(FAIL);
    const cwd = temporaryFolder(scenarios(1, () => paid(1)));
    const { status, report } = await suiteOf(['--retries', '2', '--target', server.url], { cwd });
    expect(status).toBe(1);
    expect(report.scenarios[0]).toMatchObject({ status: 'failed', attempts: 3 });
    expect(server.received).toHaveLength(3);
  });

  test('--repeat runs each so often, with other orders', async () => {
    const server = await startServer();
    const cwd = temporaryFolder(scenarios(2, (index) => paid(index + 1)));
    const { report } = await suiteOf(['--repeat', '3', '--target', server.url], { cwd });
    expect(report.summary).toMatchObject({ scenarios: 6, passed: 6, sent: 6 });
    expect(new Set(server.received.map(({ body }) => fieldOf(String(body), 'out_trade_no'))).size).toBe(6);
  });

  test('the command that reproduces a failure sends the same bytes', async () => {
    const server = await startServer(FAIL);
    const cwd = temporaryFolder({
      ...scenarios(3, (index) => paid(index + 1)),
      'ci/it’s $here.yaml': paid(9, 'matrix: { note: [a b, "c\'d"] }\n'),
    });
    const target = ['--target', server.url];
    const { report } = await suiteOf(
      ['scenarios', 'ci', '--retries', '1', '--set', 'attach=x y', ...target],
      { cwd },
    );
    expect(report.scenarios).toHaveLength(5);
    for (const { reproduce, deliveries } of report.scenarios) {
      const before = server.received.length;
      const [program, ...args] = wordsOf(reproduce);
      expect(program).toBe('wxnotify');
      const again = await wxnotify(args, { cwd, env: merchantEnv });
      expect(again.status).toBe(1);
      expect(server.received).toHaveLength(before + 1);
      expect(String(server.received.at(-1)?.body)).toBe(deliveries[0]?.request.body);
    }
  });

  test('a file outside of scenarios/ has one name, and sends the same bytes, from every folder', async () => {
    const server = await startServer(FAIL);
    const project = temporaryFolder({ 'wxnotify.yaml': '{}\n', 'ci/deep/x.yaml': paid(9) });
    const flags = ['--seed', '42', '--target', server.url];
    const cwds = ['', 'ci', 'ci/deep'].map((folder) => path.join(project, folder));
    for (const cwd of cwds) {
      const file = path.relative(cwd, path.join(project, 'ci/deep/x.yaml'));
      const { report } = await suiteOf([file, ...flags], { cwd });
      const [scenario] = report.scenarios;
      expect(scenario?.name).toBe('ci/deep/x');
      for (const args of [wordsOf(scenario?.reproduce ?? '').slice(1), ['send', file, ...flags]])
        expect((await wxnotify(args, { cwd, env: merchantEnv })).status).toBe(1);
      const built = await wxnotify(['build', file, ...flags], { cwd, env: merchantEnv });
      expect(built.stdout.trim()).toBe(String(server.received.at(-1)?.body));
    }
    expect(new Set(server.received.map(({ body }) => String(body))).size).toBe(1);
    expect(server.received).toHaveLength(9);
  });
});

describe('no further', () => {
  test('--bail starts nothing after the first failure, and says what it left out', async () => {
    const server = await startServer(FAIL);
    const cwd = temporaryFolder(scenarios(10, (index) => paid(index + 1)));
    const { status, report } = await suiteOf(['--bail', '--workers', '1', '--target', server.url], { cwd });
    expect(status).toBe(1);
    expect(report.summary).toMatchObject({ scenarios: 10, failed: 1, skipped: 9 });
    expect(report.scenarios[9]).toMatchObject({ status: 'skipped', why: '--bail', attempts: 0 });
    expect(server.received).toHaveLength(1);
    const three = await suiteOf(['--bail', '3', '--workers', '1', '--target', server.url], { cwd });
    expect(three.report.summary).toMatchObject({ failed: 3, skipped: 7 });
  });

  test('a target that is down fails the run once, with status 3', async () => {
    const cwd = temporaryFolder(scenarios(20, (index) => paid(index + 1)));
    const target = `http://127.0.0.1:${await freePort()}/notify`;
    const { status, report } = await suiteOf(['--target', target], { cwd });
    expect(status).toBe(3);
    expect(report.down?.target).toBe(target);
    expect(report.summary).toMatchObject({ scenarios: 20, skipped: 20, failed: 0, sent: 0 });
    const pretty = await wxnotify(['run', '--target', target], { cwd, env: merchantEnv });
    expect(pretty.stdout.match(/The target is down/g)).toHaveLength(1);
    expect(pretty.stdout).not.toContain('s004');
  });

  test('a target that goes down in the middle ends the run', async () => {
    let count = 0;
    const closing: { close: () => void } = { close: () => undefined };
    const url = await startRawServer((socket, server) => {
      closing.close = () => server.close();
      socket.on('data', () => {
        if (++count >= 5) closing.close();
        socket.end(
          `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${SUCCESS.length}\r\n\r\n${SUCCESS}`,
        );
      });
    });
    const cwd = temporaryFolder(scenarios(40, (index) => paid(index + 1)));
    const { status, report } = await suiteOf(['--workers', '2', '--target', url], { cwd });
    expect(status).toBe(3);
    expect(report.down?.target).toBe(url);
    expect(report.summary.skipped).toBeGreaterThan(30);
    expect(report.summary.failed).toBe(0);
  });

  test('what expects silence needs nobody there', async () => {
    const cwd = temporaryFolder(scenarios(2, (index) => paid(index + 1, 'expect: { ack: NONE }\n')));
    const { status, report } = await suiteOf(['--target', `http://127.0.0.1:${await freePort()}/n`], { cwd });
    expect({ status, passed: report.summary.passed }).toEqual({ status: 0, passed: 2 });
  });

  test('one that is not delivered, at a target that is up, is status 3 and its own failure', async () => {
    const server = await startServer(({ body }, response) => {
      if (fieldOf(String(body), 'total_fee') === '2') response.destroy();
      else response.end(SUCCESS);
    });
    const cwd = temporaryFolder(scenarios(4, (index) => paid(index + 1)));
    const { status, report } = await suiteOf(['--target', server.url], { cwd });
    expect(status).toBe(3);
    expect(namesOf(report, 'undelivered')).toEqual(['s001']);
    expect(report.summary).toMatchObject({ passed: 3, failed: 1, skipped: 0 });
  });

  test('interrupted: what was done is reported, everywhere, and the files are whole', async () => {
    const server = await startServer(async ({ body }, response) => {
      if (Number(fieldOf(String(body), 'total_fee')) > 3) await sleep(60_000, undefined, { ref: false });
      response.end(SUCCESS);
    });
    const cwd = temporaryFolder(scenarios(30, (index) => paid(index + 1)));
    const args = [
      'run',
      '--json',
      '--workers',
      '2',
      '--timeout',
      '50s',
      '--reporter',
      'ndjson=out/events.ndjson',
    ];
    const child = start([...args, '--target', server.url], { cwd, env: merchantEnv });
    let stdout = '';
    child.stdout?.on('data', (data) => (stdout += String(data)));
    await expect.poll(() => server.received.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(5);
    child.kill('SIGINT');
    expect(await ended(child)).toBe(130);
    const report = JSON.parse(stdout) as Awaited<ReturnType<typeof suiteOf>>['report'];
    expect(report).toMatchObject({ ok: false, exit: 130, interrupted: true });
    expect(report.summary).toMatchObject({ scenarios: 30, passed: 3, skipped: 27 });
    const { readFileSync, readdirSync } = await import('node:fs');
    expect(readdirSync(`${cwd}/out`)).toEqual(['events.ndjson']);
    const events = readFileSync(`${cwd}/out/events.ndjson`, 'utf8').trim().split('\n');
    expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({ type: 'suite-end', interrupted: true });
  });
});

describe('--wait', () => {
  test('waits until somebody accepts connections', async () => {
    const port = await freePort();
    const cwd = temporaryFolder(scenarios(3, (index) => paid(index + 1)));
    const target = `http://127.0.0.1:${port}/notify`;
    const child = start(['run', '--wait', '60s', '--target', target], { cwd, env: merchantEnv });
    let stderr = '';
    child.stderr?.on('data', (data) => (stderr += String(data)));
    await expect.poll(() => stderr, { timeout: 30_000 }).toContain(`waiting for http://127.0.0.1:${port}`);
    const merchant = start(['listen', '--port', String(port), '--profile', 'demo'], { cwd });
    expect(await ended(child)).toBe(1); // the demo merchant has another key: it is there, and refuses
    merchant.kill('SIGTERM');
  });

  test('gives up after that, with status 3', async () => {
    const cwd = temporaryFolder(scenarios(3, (index) => paid(index + 1)));
    const target = `http://127.0.0.1:${await freePort()}/notify`;
    const { status, report } = await suiteOf(['--wait', '300ms', '--target', target], { cwd });
    expect(status).toBe(3);
    expect(report.down?.detail).toContain('ECONNREFUSED');
  });
});

describe('two runs at once in one folder', () => {
  test('leave each other alone', async () => {
    const server = await startServer();
    const cwd = temporaryFolder(scenarios(60, (index) => paid(index + 1)));
    const args = ['--reporter', 'ndjson=out/events.ndjson', '--target', server.url];
    const runs = await Promise.all([suiteOf(args, { cwd }), suiteOf(args, { cwd }), suiteOf(args, { cwd })]);
    for (const { status, report } of runs) {
      expect({ status, passed: report.summary.passed }).toEqual({ status: 0, passed: 60 });
    }
    const orders = server.received.map(({ body }) => fieldOf(String(body), 'out_trade_no'));
    expect(new Set(orders).size).toBe(180);
    const { readFileSync } = await import('node:fs');
    const lines = readFileSync(`${cwd}/out/events.ndjson`, 'utf8').trim().split('\n');
    const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types.filter((type) => type === 'suite-start')).toHaveLength(1);
    expect(types.at(-1)).toBe('suite-end');
    const replayed = await reported(['replay', '--target', server.url], { cwd });
    expect(replayed.status).toBe(0);
  });
});
