/** What a report of repeats must not hide, and what `replay` must find again. */
import { describe, expect, test } from 'vitest';
import { merchantEnv, reported, start, ended, temporaryFolder, wxnotify } from '../support/cli.ts';
import { FAIL, startRawServer, startServer, SUCCESS } from '../support/server.ts';

const orderOf = (body: string): string | undefined => /<out_trade_no><!\[CDATA\[(\w+)/.exec(body)?.[1];

test('a merchant that crashes with the request in its hands is told, and is not sent it again', async () => {
  const server = await startServer((_, response) => {
    if (server.received.length === 2) setTimeout(() => response.destroy(), 500);
    else response.end(SUCCESS);
  });
  const args = ['send', 'paid', '--target', server.url, '--times', '3', '--every', '50ms'];
  const { status, report } = await reported(args);
  expect(status).toBe(3);
  expect(server.received).toHaveLength(3);
  expect(report.summary).toMatchObject({ sent: 3, undelivered: 1, acks: { SUCCESS: 2 } });
  expect(report.deliveries[1]).toMatchObject({ attempt: 2, ack: null });
  expect(report.deliveries[1]?.error).toMatch(/^reset: /);
});

describe('replay --id', () => {
  test('of an order of a load sends that order, however late it was', async () => {
    const server = await startServer((_, response) => {
      response.end(server.received.length === 33 ? FAIL : SUCCESS);
    });
    const cwd = temporaryFolder();
    const args = ['send', 'paid', '--target', server.url, '--times', '40', '--unique'];
    const { report } = await reported(args, { cwd });
    const failed = report.deliveries.find(({ ack }) => ack === 'FAIL');
    expect(failed?.attempt).toBe(33);
    const again = await reported(['replay', '--id', failed?.id ?? ''], { cwd });
    expect(again.status).toBe(0);
    expect(orderOf(server.received.at(-1)?.body.toString() ?? '')).toBe(orderOf(failed?.request.body ?? ''));
  });

  test('of an order that is not in the journal sends no other', async () => {
    const server = await startServer();
    const cwd = temporaryFolder();
    const { report } = await reported(['send', 'paid', '--target', server.url, '--times', '40', '--unique'], {
      cwd,
    });
    const id = report.deliveries[0]?.id.replace(/1$/, '35') ?? '';
    const { status, stderr } = await wxnotify(['replay', '--id', id], { cwd, env: merchantEnv });
    expect(status).toBe(2);
    expect(stderr).toContain(`the journal has no delivery ${id}`);
    expect(server.received).toHaveLength(40);
  });

  test('of a copy that was never sent is none', async () => {
    const server = await startServer();
    const cwd = temporaryFolder();
    const { report } = await reported(['send', 'paid', '--target', server.url, '--times', '30'], { cwd });
    const first = report.deliveries[0]?.id.replace(/1$/, '') ?? '';
    const env = merchantEnv;
    expect((await wxnotify(['replay', '--id', `${first}30`], { cwd, env })).status).toBe(0);
    expect((await wxnotify(['replay', '--id', `${first}31`], { cwd, env })).status).toBe(2);
  });
});

test('answers that come before the last bytes: no race took place, and that is said', async () => {
  const url = await startRawServer((socket) => {
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${SUCCESS.length}\r\n\r\n${SUCCESS}`);
    });
  });
  const { report } = await reported(['send', 'paid', '--target', url, '--race']);
  expect(report.warnings).toMatchObject([{ code: 'no-race' }]);
  expect(report.warnings[0]?.message).toMatch(/^5 answers came before their request was complete/);
});

test('of two schedules that were interrupted, each can be gone on with', async () => {
  const server = await startServer(FAIL);
  const yaml = `steps:
  - parallel:
      - { notify: v2/payment, schedule: wechat }
      - { notify: v2/refund, schedule: wechat }
`;
  const cwd = temporaryFolder({ 'two.yaml': yaml });
  const run = start(['send', './two.yaml', '--target', server.url], { cwd, env: merchantEnv });
  const gone = ended(run);
  await expect.poll(() => server.received.length).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 200));
  run.kill('SIGINT');
  expect(await gone).toBe(130);
  const good = await startServer();
  const resume = ['replay', '--resume', '--speed', '1000000', '--target', good.url];
  const first = await reported(resume, { cwd });
  expect(first.report.warnings.map(({ message }) => message)).toEqual([
    expect.stringContaining('other schedules are not at their end either') as string,
  ]);
  const second = await reported(resume, { cwd });
  expect([first.status, second.status]).toEqual([0, 0]);
  const kinds = good.received.map(({ body }) => (body.includes('req_info') ? 'refund' : 'payment'));
  expect(kinds.sort()).toEqual(['payment', 'refund']);
  expect((await wxnotify(resume, { cwd, env: merchantEnv })).stderr).toContain('is at its end');
});

test('resumed by the id of an early attempt, it goes on after the latest', async () => {
  const server = await startServer(FAIL);
  const cwd = temporaryFolder();
  const yaml = 'notify: v2/payment\nschedule: wechat\nspeed: 1000000\nexpect: { acknowledged_by: 2 }\n';
  const file = temporaryFolder({ 'x.yaml': yaml });
  const { report } = await reported(['send', `${file}/x.yaml`, '--target', server.url], { cwd });
  const id = report.deliveries[0]?.id ?? report.failures[0]?.message ?? '';
  const { status, stderr } = await wxnotify(['replay', '--resume', '--id', id], { cwd, env: merchantEnv });
  expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('is at its end: all 2 attempts were made') as string }); // prettier-ignore
});
