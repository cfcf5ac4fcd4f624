/** No complete answer: every way in which that happens, each with its cause, and none of them hangs. */
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { merchantEnv, reported, temporaryFolder, wxnotify } from '../support/cli.ts';
import { FAIL, freePort, startRawServer, startServer, SUCCESS } from '../support/server.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n';
const LENGTH = `${HEAD}Content-Length: ${SUCCESS.length}\r\n\r\n`;

/** What a server does once a request has begun to arrive. */
type Behaviour = (socket: Socket) => void;

/** Writes a text a character at a time, as long as the other side listens. */
function drip(text: string): Behaviour {
  return (socket) => {
    let at = 0;
    const timer = setInterval(() => socket.write(text[at++ % text.length] ?? ''), 20);
    socket.on('close', () => clearInterval(timer)).on('end', () => clearInterval(timer));
  };
}

const behaviours: readonly { title: string; cause: string; then: Behaviour }[] = [
  { title: 'silence', cause: 'timeout', then: () => undefined },
  { title: 'headers and then silence', cause: 'timeout', then: (socket) => socket.write(LENGTH) },
  { title: 'half of the headers', cause: 'timeout', then: (socket) => socket.write(HEAD) },
  {
    title: 'all but the last byte',
    cause: 'timeout',
    then: (socket) => socket.write(LENGTH + SUCCESS.slice(0, -1)),
  },
  {
    title: 'a slow drip of the status line',
    cause: 'timeout',
    then: drip('HTTP/1.1 200 OK and a very long reason '.padEnd(4000, '.')),
  },
  {
    title: 'a slow drip of the headers',
    cause: 'timeout',
    then: (socket) => {
      socket.write(HEAD);
      drip('X-Slow: 1\r\n')(socket);
    },
  },
  {
    title: 'a slow drip of the body',
    cause: 'timeout',
    then: (socket) => {
      socket.write(`${HEAD}Content-Length: 100000\r\n\r\n`);
      drip(SUCCESS)(socket);
    },
  },
  { title: 'closed without a word', cause: 'reset', then: (socket) => socket.end() },
  { title: 'reset at once', cause: 'reset', then: (socket) => socket.resetAndDestroy() },
  {
    title: 'reset in the middle of the body',
    cause: 'reset',
    then: (socket) =>
      socket.write(LENGTH + SUCCESS.slice(0, 20), () => setTimeout(() => socket.resetAndDestroy(), 50)),
  },
  { title: 'closed in the middle of the headers', cause: 'reset', then: (socket) => socket.end(HEAD) },
  {
    title: 'a length longer than the body',
    cause: 'reset',
    then: (socket) => socket.end(`${HEAD}Content-Length: 1000\r\n\r\n${SUCCESS}`),
  },
  {
    title: 'chunks without an end',
    cause: 'reset',
    then: (socket) => socket.end(`${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n<xml>\r\n`),
  },
  {
    title: 'a chunk of no length',
    cause: 'protocol',
    then: (socket) => socket.end(`${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`),
  },
  { title: 'garbage', cause: 'protocol', then: (socket) => socket.end('\u0000\u0001garbage\r\n\r\n') },
  { title: 'another protocol', cause: 'protocol', then: (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n') },
  { title: 'XML without HTTP', cause: 'protocol', then: (socket) => socket.end(SUCCESS) },
];

describe('no complete answer', () => {
  test.each(behaviours)('$title', async ({ cause, then }) => {
    const url = await startRawServer((socket) => socket.once('data', () => then(socket)));
    const { report, ...ended } = await reported(['send', 'paid', '--target', url, '--timeout', '700ms']);
    expect(ended.status).toBe(3);
    expect(report).toMatchObject({
      ok: false,
      exit: 3,
      summary: {
        sent: 1,
        undelivered: 1,
        acks: {},
        latency_ms: { min: null, p50: null, p90: null, p99: null, max: null },
      },
    });
    expect(report.deliveries).toMatchObject([{ response: null, ack: null, message: '' }]);
    expect(report.deliveries[0]?.error).toMatch(new RegExp(`^${cause}: .+`));
    expect(report.failures).toMatchObject([
      { step: 1, attempt: 1, expectation: 'undelivered', expected: 'SUCCESS' },
    ]);
    expect(report.deliveries[0]?.duration_ms).toBeLessThan(10_000);
  });

  test('a server that speaks first', async () => {
    const url = await startRawServer((socket) => socket.end('220 smtp.example ready\r\n'));
    const { report } = await reported(['send', 'paid', '--target', url, '--timeout', '2s']);
    expect(report.exit).toBe(3);
    expect(report.deliveries[0]?.error).toMatch(/^(protocol|reset): /);
  });

  test('nobody listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}/notify`;
    const { report, ...ended } = await reported(['send', 'paid', '--target', url]);
    expect(ended.status).toBe(3);
    expect(report.deliveries).toMatchObject([{ response: null, ack: null }]);
    expect(report.deliveries[0]?.error).toMatch(/^refused: .*ECONNREFUSED/);
  });

  test('the name does not resolve', async () => {
    const { report, ...ended } = await reported(['send', 'paid', '--target', 'http://no-such-host.invalid/']);
    expect(ended.status).toBe(3);
    expect(report.deliveries).toMatchObject([{ response: null, ack: null }]);
    expect(report.deliveries[0]?.error).toMatch(/^dns: .*no-such-host\.invalid/);
  });

  test('people are told the cause, and what to look at', async () => {
    const url = `http://127.0.0.1:${await freePort()}/notify`;
    const { status, stdout } = await wxnotify(['send', 'paid', '--target', url], { env: merchantEnv });
    expect(status).toBe(3);
    expect(stdout).toMatch(/got\s+no answer: .*ECONNREFUSED/);
    expect(stdout).toMatch(/next\s+Nothing listens there/);
    expect(stdout).toMatch(/^1 sent: 1 undelivered$/m);
  });
});

describe('what the scenario expects', () => {
  const silence: Behaviour = () => undefined;

  test.each(['REJECTED', 'FAIL'])('silence is not %s', async (word) => {
    const url = await startRawServer(silence);
    const { report } = await reported([
      'send',
      'paid',
      '--target',
      url,
      '--timeout',
      '300ms',
      '--expect',
      word,
    ]);
    expect(report).toMatchObject({ exit: 3, failures: [{ expectation: 'undelivered', expected: word }] });
  });

  test('silence is NONE', async () => {
    const url = await startRawServer(silence);
    const { report } = await reported([
      'send',
      'paid',
      '--target',
      url,
      '--timeout',
      '300ms',
      '--expect',
      'NONE',
    ]);
    expect(report).toMatchObject({ ok: true, exit: 0, failures: [], summary: { sent: 1, undelivered: 1 } });
  });

  test.each([SUCCESS, FAIL])('an answer is not NONE', async (answer) => {
    const { url } = await startServer(answer);
    const { report } = await reported(['send', 'paid', '--target', url, '--expect', 'NONE']);
    expect(report).toMatchObject({ exit: 1, failures: [{ expectation: 'ack', expected: 'NONE' }] });
  });

  test.each([
    ['the first', 1],
    ['the last', 2],
  ])('%s of two is undelivered, the other is wrong', async (_, cut) => {
    let seen = 0;
    const { url } = await startServer((__, response) => {
      if (++seen === cut) response.destroy();
      else response.end(FAIL);
    });
    const { report } = await reported(['send', 'paid', '--target', url, '--times', '2']);
    expect(report).toMatchObject({ exit: 3, summary: { sent: 2, undelivered: 1, acks: { FAIL: 1 } } });
    expect(report.failures.map(({ expectation }) => expectation).sort()).toEqual(['ack', 'undelivered']);
  });

  test('after an undelivered step the rest of a flow is not sent', async () => {
    const step = '  - { notify: v2/payment, timeout: 300ms }\n';
    const cwd = temporaryFolder({ 'flow.yaml': `summary: two\nsteps:\n${step}${step}` });
    let connections = 0;
    const url = await startRawServer(() => {
      connections++;
    });
    const { report } = await reported(['send', './flow.yaml', '--target', url], { cwd });
    expect(report).toMatchObject({ exit: 3, summary: { sent: 1, skipped: 1 } });
    expect(connections).toBe(1);
  });
});

test('a server that closes each connection without saying so loses no notification', async () => {
  const answer = `${LENGTH}${SUCCESS}`;
  const url = await startRawServer((socket) => socket.on('data', () => socket.end(answer)));
  const { report } = await reported(['send', 'paid', '--target', url, '--times', '40']);
  expect(report).toMatchObject({ exit: 0, summary: { sent: 40, undelivered: 0, acks: { SUCCESS: 40 } } });
});
