/** Repeats of one notification, and groups of several: what is expected of all of them together. */
import { describe, expect, test } from 'vitest';
import { reported, temporaryFolder, wxnotify, merchantEnv } from '../support/cli.ts';
import { FAIL, SUCCESS, startServer } from '../support/server.ts';

/** Sends a scenario of this text. */
async function sendText(yaml: string, url: string, ...more: string[]): ReturnType<typeof reported> {
  const cwd = temporaryFolder({ 'x.yaml': yaml });
  return reported(['send', './x.yaml', '--target', url, ...more], { cwd });
}

const field = (body: Buffer, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^\\]<]*)`).exec(body.toString())?.[1] ?? '';

describe('expectations over repeats', () => {
  test('consistent: the same answer to each copy', async () => {
    const yaml = 'notify: v2/payment\ntimes: 3\nexpect: { acks: { NONE: 0 }, consistent: true }\n';
    const same = await startServer(FAIL);
    expect((await sendText(yaml, same.url)).status).toBe(0);
    let count = 0;
    const other = await startServer((_, response) => void response.end(count++ === 1 ? FAIL : SUCCESS));
    const { status, report } = await sendText(yaml, other.url);
    expect(status).toBe(1);
    expect(report.failures).toMatchObject([
      {
        expectation: 'consistent',
        attempt: null,
        expected: 'the same answer to each copy',
        actual: '2 × SUCCESS "OK", 1 × FAIL "nope"',
      },
    ]);
  });

  test('consistent: an answer that did not come is another one', async () => {
    let count = 0;
    const server = await startServer((_, response) => {
      if (count++ === 0) response.end(SUCCESS);
      else response.destroy();
    });
    const yaml =
      'notify: v2/payment\ntimes: 2\nexpect: { acks: { SUCCESS: 1, NONE: 1 }, consistent: true }\n';
    const { status, report } = await sendText(yaml, server.url);
    expect(status).toBe(1);
    expect(report.failures).toMatchObject([{ actual: '1 × SUCCESS "OK", 1 × no answer' }]);
  });

  test('p99', async () => {
    let count = 0;
    const server = await startServer((_, response) => {
      setTimeout(() => response.end(SUCCESS), count++ === 0 ? 700 : 0);
    });
    const yaml = 'notify: v2/payment\ntimes: 3\nexpect: { p99: 500ms }\n';
    const { status, report } = await sendText(yaml, server.url);
    expect(status).toBe(1);
    expect(report.failures).toMatchObject([{ expectation: 'p99', expected: 500 }]);
    expect(Number(report.failures[0]?.actual)).toBeGreaterThan(690);
    expect((await sendText(yaml, server.url)).status).toBe(0);
  });
});

describe('vary and unique', () => {
  test('vary: each copy has a fresh value, and is signed again', async () => {
    const server = await startServer();
    const { status, report } = await sendText(
      'notify: v2/payment\ntimes: 4\nvary: nonce_str\n',
      server.url,
      '--seed',
      '7',
    );
    expect(status).toBe(0);
    const values = (name: string): string[] => server.received.map(({ body }) => field(body, name));
    expect(new Set(values('nonce_str')).size).toBe(4);
    expect(new Set(values('sign')).size).toBe(4);
    expect(new Set(values('out_trade_no')).size).toBe(1);
    expect(report.deliveries.map(({ request }) => request.body)).toEqual(
      server.received.map(({ body }) => body.toString()),
    );
  });

  test('unique: as many orders as notifications, and the report tells which', async () => {
    const server = await startServer();
    const { status, report } = await sendText('notify: v2/payment\ntimes: 5\nunique: true\n', server.url);
    expect(status).toBe(0);
    const orders = server.received.map(({ body }) => field(body, 'out_trade_no'));
    expect(new Set(orders).size).toBe(5);
    expect(new Set(server.received.map(({ body }) => field(body, 'transaction_id'))).size).toBe(5);
    expect(report.deliveries.map((delivery) => (delivery as { out_trade_no?: string }).out_trade_no)).toEqual(
      orders,
    );
  });

  test('a template with a generator is filled in afresh', async () => {
    const server = await startServer();
    const yaml =
      'notify: v2/payment\nfields: { out_trade_no: "SHOP${random.digits}" }\ntimes: 3\nunique: true\n';
    await sendText(yaml, server.url);
    const orders = server.received.map(({ body }) => field(body, 'out_trade_no'));
    expect(new Set(orders).size).toBe(3);
    for (const order of orders) expect(order).toMatch(/^SHOP\d{10}$/);
  });

  test.each([
    [
      'notify: v2/payment\nfields: { out_trade_no: A1 }\nunique: true\ntimes: 2\n',
      'out_trade_no is the same',
    ],
    ['notify: v2/payment\nvary: appid\ntimes: 2\n', 'appid is the same in each copy'],
  ])('%j is wrong before anything is sent', async (yaml, message) => {
    const server = await startServer();
    const cwd = temporaryFolder({ 'x.yaml': yaml });
    const { status, stderr } = await wxnotify(['send', './x.yaml', '--target', server.url], {
      cwd,
      env: merchantEnv,
    });
    expect(stderr).toContain(message);
    expect(status).toBe(2);
    expect(server.received).toHaveLength(0);
  });

  test('the same seed makes the same copies', async () => {
    const server = await startServer();
    const args = ['send', 'paid', '--target', server.url, '--unique', '--times', '3', '--seed', '42'];
    await reported(args);
    await reported(args);
    const bodies = server.received.map(({ body }) => body.toString());
    expect(bodies.slice(0, 3)).toEqual(bodies.slice(3));
  });
});

describe('groups', () => {
  const orderOf = (received: readonly { body: Buffer }[]): string[] =>
    received.map(({ body }) => field(body, 'attach'));
  const three = ['a', 'b', 'c'].map(
    (name) => `      - { notify: v2/payment, fields: { attach: ${name} } }\n`,
  );

  test('reversed', async () => {
    const server = await startServer();
    const { status, report } = await sendText(
      `steps:\n  - order: reversed\n    steps:\n${three.join('')}`,
      server.url,
    );
    expect(status).toBe(0);
    expect(orderOf(server.received)).toEqual(['c', 'b', 'a']);
    expect(report.deliveries.map(({ step }) => step)).toEqual([3, 2, 1]);
  });

  test('shuffled: the seed decides, and different seeds differ', async () => {
    const server = await startServer();
    const yaml = `steps:\n  - order: shuffled\n    steps:\n${three.join('')}`;
    for (const seed of ['1', '1', '2', '3', '4', '5', '6', '7'])
      await sendText(yaml, server.url, '--seed', seed);
    const orders = Array.from({ length: 8 }, (_, run) =>
      orderOf(server.received.slice(run * 3, run * 3 + 3)).join(''),
    );
    expect(orders[0]).toBe(orders[1]);
    for (const order of orders) expect(order).toMatch(/^(?=.*a)(?=.*b)(?=.*c)...$/);
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  test('parallel: all are under way before one is answered', async () => {
    let waiting: (() => void)[] = [];
    const server = await startServer((_, response) => {
      waiting.push(() => response.end(SUCCESS));
      if (waiting.length < 3) return;
      for (const answer of waiting) answer();
      waiting = [];
    });
    const { status, report } = await sendText(`steps:\n  - parallel:\n${three.join('')}`, server.url);
    expect(status).toBe(0);
    expect(report.deliveries.map(({ step }) => step)).toEqual([1, 2, 3]);
  });

  test('what is refused holds up no other of the group, and the steps after it are skipped', async () => {
    const server = await startServer(FAIL);
    const yaml = `steps:\n  - order: reversed\n    steps:\n${three.join('')}  - notify: v2/payment\n`;
    const { status, report } = await sendText(yaml, server.url);
    expect(status).toBe(1);
    expect(server.received).toHaveLength(3);
    expect(report.summary).toMatchObject({ sent: 3, unsent: 1, skipped: 1 });
  });
});

test('jitter: every copy is sent, and not all at once', async () => {
  const at: number[] = [];
  const server = await startServer((_, response) => {
    at.push(performance.now());
    response.end(SUCCESS);
  });
  const yaml = 'notify: v2/payment\ntimes: 6\nconcurrency: 6\njitter: 600ms\n';
  const { status, report } = await sendText(yaml, server.url, '--seed', 'jitter');
  expect(status).toBe(0);
  expect(report.summary.sent).toBe(6);
  expect(Math.max(...at) - Math.min(...at)).toBeGreaterThan(100);
});
