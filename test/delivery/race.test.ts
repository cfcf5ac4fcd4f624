/** Copies that are complete at the same instant, on real sockets. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../src/delivery/client.ts';
import type { ClientOptions } from '../../src/delivery/connector.ts';
import { guardTarget, type SafeTarget } from '../../src/delivery/guard.ts';
import { race } from '../../src/delivery/race.ts';
import type { Delivery, WireRequest } from '../../src/delivery/request.ts';
import { freePort, startRawServer, startServer, SUCCESS } from '../support/server.ts';

const HEAD = `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${SUCCESS.length}\r\n`;
const ANSWER = `${HEAD}\r\n${SUCCESS}`;
const REFUSAL = 'HTTP/1.1 413 Payload Too Large\r\nContent-Length: 2\r\n\r\nno';
/** The most bytes that a copy holds back. */
const HELD = 16;
/** Milliseconds in which anything happens, on any machine. */
const PATIENCE = 20_000;
/** More bytes than the buffers between two sockets take. */
const LARGE = 24 * 1024 * 1024;

const fixtures = path.join(import.meta.dirname, '../cli/fixtures');
const key = readFileSync(path.join(fixtures, 'server.key'), 'utf8');
const cert = readFileSync(path.join(fixtures, 'server.crt'), 'utf8');

const warnings: Error[] = [];
const warn = (warning: Error): unknown => warnings.push(warning);
beforeEach(() => void process.on('warning', warn));
afterEach(() => {
  process.off('warning', warn);
  expect(warnings.splice(0)).toEqual([]);
});

function post(body: string | Uint8Array): WireRequest {
  const headers = [
    ['User-Agent', 'Mozilla/4.0'],
    ['Content-Type', 'text/xml'],
  ] as const;
  return { method: 'POST', headers, body: Buffer.from(body) };
}

function copies(count: number): readonly WireRequest[] {
  return Array.from({ length: count }, (_, index) =>
    post(`<xml><nonce>${index}</nonce>${'-'.repeat(400)}</xml>`),
  );
}

interface Raced {
  readonly requests: readonly WireRequest[];
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly options?: ClientOptions;
}

async function raced(
  url: string,
  { options = { ca: cert }, ...settings }: Raced,
): Promise<readonly Delivery[]> {
  return race(options, { target: await targetOf(url), timeoutMs: PATIENCE, ...settings });
}

async function targetOf(url: string): Promise<SafeTarget> {
  const guarded = await guardTarget(url, { hosts: [], yes: false });
  if (!guarded.ok) throw new Error(guarded.problem.code);
  return guarded.target;
}

/** How each ended: `answered`, or why not. */
function words(deliveries: readonly Delivery[]): readonly string[] {
  return deliveries.map((delivery) => (delivery.outcome === 'answered' ? 'answered' : delivery.cause));
}

function texts(deliveries: readonly Delivery[]): readonly string[] {
  return deliveries.map((delivery) =>
    delivery.outcome === 'answered' ? Buffer.from(delivery.response.body).toString() : delivery.detail,
  );
}

const times = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value);

/** What a connection has brought so far. */
interface Arrival {
  readonly chunks: Buffer[];
  /** Bytes that its request still lacks; unknown before its head has come. */
  lacking: number;
}

interface Reader {
  readonly onConnection: (socket: Socket) => void;
  readonly arrivals: readonly Arrival[];
  /** How many requests lack no more than this. */
  readonly lackingAtMost: (bytes: number) => number;
}

/** Reads one request of each connection, and answers when it is complete. */
function reader(answer: (socket: Socket) => void = (socket) => socket.write(ANSWER)): Reader {
  const arrivals: Arrival[] = [];
  const onConnection = (socket: Socket): void => {
    const arrival: Arrival = { chunks: [], lacking: Infinity };
    arrivals.push(arrival);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      if (arrival.chunks.length === 0) arrival.lacking = lengthOf(chunk);
      arrival.chunks.push(chunk);
      arrival.lacking -= chunk.length;
      if (arrival.lacking === 0) answer(socket);
    });
  };
  const lackingAtMost = (bytes: number): number => arrivals.filter(({ lacking }) => lacking <= bytes).length;
  return { arrivals, onConnection, lackingAtMost };
}

/** Of a whole request, by its head, which comes in one piece. */
function lengthOf(start: Buffer): number {
  const head = start.subarray(0, start.indexOf('\r\n\r\n') + 4);
  return head.length + Number(/content-length: (\d+)/i.exec(head.toString('latin1'))?.[1] ?? 0);
}

/** A server whose connections can be counted. */
async function serve(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Waits for it, but not for ever. */
async function until(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = Date.now() + PATIENCE / 2;
  while (!(await condition()) && Date.now() < end) await sleep(5);
  return condition();
}

async function noConnections(server: Server): Promise<void> {
  const none = async (): Promise<boolean> =>
    new Promise((resolve) => server.getConnections((_, count) => resolve(count === 0)));
  expect(await until(none)).toBe(true);
}

/** TLS that begins on each connection when its turn has come. */
function lateTlsServer(
  onConnection: (socket: Socket) => void,
  late: (index: number) => Promise<unknown> | undefined,
): Server {
  const tls = createTlsServer({ key, cert }, onConnection);
  let connections = 0;
  const accept = async (socket: Socket): Promise<void> => {
    await late(connections++);
    tls.emit('connection', socket);
  };
  return createTcpServer((socket) => void accept(socket));
}

const never = new Promise<never>(() => undefined);

describe('the last bytes', () => {
  /** One write of a part of a body, as undici tells of it. */
  interface Sent {
    readonly request: object;
    readonly chunk: Uint8Array;
  }

  test.each([2, 5, 20, 120])(
    'of %i copies are written after everything else of all of them',
    async (count) => {
      const url = await startRawServer(reader().onConnection);
      const requests = times(count, post(`<xml>${'-'.repeat(400)}</xml>`));
      const lacking = new Map<object, number>();
      let first: readonly number[] | undefined;
      const listen = (message: unknown): void => {
        const { request, chunk } = message as Sent;
        const left = (lacking.get(request) ?? requests[0]?.body.length ?? 0) - chunk.length;
        lacking.set(request, left);
        if (left === 0) first ??= [...lacking.values()].sort();
      };
      subscribe('undici:request:bodyChunkSent', listen);
      onTestFinished(() => void unsubscribe('undici:request:bodyChunkSent', listen));
      expect(words(await raced(url, { requests }))).toEqual(times(count, 'answered'));
      expect(first).toEqual([0, ...times(count - 1, 1)]);
      expect([...lacking.values()]).toEqual(times(count, 0));
    },
  );

  test('come when the last copy has come so far', async () => {
    const { onConnection, lackingAtMost } = reader();
    const before: number[] = [];
    const othersWait = async (): Promise<void> => {
      before.push(...(await howFarTheyCome(9, lackingAtMost)));
    };
    const server = lateTlsServer(onConnection, (index) => (index === 3 ? othersWait() : undefined));
    const url = `https://127.0.0.1:${await serve(server)}/`;
    expect(words(await raced(url, { requests: copies(10) }))).toEqual(times(10, 'answered'));
    expect(before).toEqual([9, 0]);
    expect(lackingAtMost(0)).toBe(10);
    await noConnections(server);
  });

  test('come when all else has left, however slowly it is read', async () => {
    const { onConnection, lackingAtMost } = reader();
    const before: number[] = [];
    let connections = 0;
    const server = createTcpServer((socket) => {
      onConnection(socket);
      if (connections++ !== 0) return;
      socket.pause();
      void howFarTheyCome(2, lackingAtMost).then((counts) => {
        before.push(...counts);
        socket.resume();
      });
    });
    const url = `http://127.0.0.1:${await serve(server)}/`;
    const requests = times(3, post(Buffer.alloc(LARGE)));
    expect(words(await raced(url, { requests }))).toEqual(times(3, 'answered'));
    expect(before).toEqual([2, 0]);
    await noConnections(server);
  });

  /** How many have everything but the end, once so many do, and how many are complete a while later. */
  async function howFarTheyCome(count: number, lackingAtMost: Reader['lackingAtMost']): Promise<number[]> {
    await until(() => lackingAtMost(HELD) === count);
    await sleep(300);
    return [lackingAtMost(HELD), lackingAtMost(0)];
  }

  test('of five hundred copies', async () => {
    const { onConnection, lackingAtMost } = reader();
    const server = createTcpServer(onConnection);
    const url = `http://127.0.0.1:${await serve(server)}/`;
    expect(words(await raced(url, { requests: copies(500) }))).toEqual(times(500, 'answered'));
    expect(lackingAtMost(0)).toBe(500);
    await noConnections(server);
  });

  test('of no copies', async () => {
    expect(await raced('http://127.0.0.1:1/', { requests: [] })).toEqual([]);
  });
});

describe('the bytes', () => {
  const withHeaders = (...headers: readonly (readonly [string, string])[]): WireRequest => ({
    ...post('<xml/>'),
    headers,
  });

  test.each([
    ['a notification', post('<xml><a>1</a></xml>')],
    ['three bytes', post('abc')],
    ['two bytes', post('ab')],
    ['one byte', post('a')],
    ['no body', post('')],
    ['a long body', post(Buffer.alloc(300_000, 'long'))],
    ['headers that come twice', withHeaders(['X-Odd', 'caf\u00e9'], ['x-odd', '2'])],
    ['a host of its own', withHeaders(['Host', 'pay.example'])],
    ['a length of its own', withHeaders(['Content-Length', '6'])],
    ['no headers', withHeaders()],
    ['another method', { ...post('abc'), method: 'PUT' }],
    ['a method without a body', { ...post(''), method: 'GET' }],
    ['a body where none belongs', { ...post('abcdef'), method: 'DELETE' }],
  ])('of %s are those of a single delivery', async (_, request) => {
    const { onConnection, arrivals } = reader((socket) => socket.end(ANSWER));
    const url = `${await startRawServer(onConnection)}?a=1`;
    const client = createClient();
    onTestFinished(async () => client.close());
    const single = await client.send(await targetOf(url), request, { timeoutMs: PATIENCE });
    const both = await raced(url, { requests: [request, request] });
    expect(words([single, ...both])).toEqual(times(3, 'answered'));
    const [expected, ...sent] = arrivals.map(({ chunks }) => Buffer.concat(chunks).toString('latin1'));
    expect(sent).toEqual([expected, expected]);
    expect(expected).toMatch(new RegExp(`^${request.method} /notify\\?a=1 HTTP/1.1\r\n`));
  });

  test('are not sent when the length is wrong', async () => {
    const { onConnection, lackingAtMost } = reader();
    const url = await startRawServer(onConnection);
    const requests = ['5', '7'].map((length) => withHeaders(['Content-Length', length]));
    expect(words(await raced(url, { requests }))).toEqual(['protocol', 'protocol']);
    expect(lackingAtMost(0)).toBe(0);
  });
});

describe('answers', () => {
  test('come in the order of the requests', async () => {
    const { url } = await startServer((request, response) => {
      const nonce = /<nonce>(\d+)/.exec(request.body.toString())?.[1] ?? '';
      setTimeout(() => response.end(nonce), 10 * (7 - Number(nonce)));
    });
    const deliveries = await raced(url, { requests: copies(7) });
    expect(texts(deliveries)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  });

  test('that never come are missed for their copies only', async () => {
    const { url } = await startServer((request, response) => {
      if (!request.body.includes('<nonce>1<')) response.end(SUCCESS);
    });
    const deliveries = await raced(url, { requests: copies(3), timeoutMs: 2000 });
    expect(words(deliveries)).toEqual(['answered', 'timeout', 'answered']);
    expect(texts(deliveries)[1]).toBe('no complete answer within 2000 ms (it did not begin)');
  });

  test('that never end', async () => {
    const url = await startRawServer(reader((socket) => socket.write(`${HEAD}\r\n<xml>`)).onConnection);
    const deliveries = await raced(url, { requests: copies(2), timeoutMs: 1000 });
    expect(words(deliveries)).toEqual(['timeout', 'timeout']);
    expect(texts(deliveries)[0]).toContain('(HTTP 200 came, its body did not end)');
  });

  test.each([
    ['cut', (socket: Socket) => socket.end()],
    ['reset', (socket: Socket) => socket.resetAndDestroy()],
    ['cut in the middle', (socket: Socket) => socket.end(`${HEAD}\r\n<xml>`)],
  ])('that are %s', async (_, end) => {
    const url = await startRawServer(reader(end).onConnection);
    expect(words(await raced(url, { requests: copies(3) }))).toEqual(times(3, 'reset'));
  });

  test('that are no HTTP', async () => {
    const url = await startRawServer(reader((socket) => socket.end('SSH-2.0-OpenSSH\r\n')).onConnection);
    expect(words(await raced(url, { requests: copies(2) }))).toEqual(['protocol', 'protocol']);
  });

  const size = SUCCESS.length.toString(16);
  test.each([
    ['HTTP/1.0, up to the end of the connection', `HTTP/1.0 200 OK\r\n\r\n${SUCCESS}`],
    ['HTTP/1.0 and a length', ANSWER.replace('1.1', '1.0')],
    ['the end of the connection', `${HEAD}Connection: close\r\n\r\n${SUCCESS}`],
    ['chunks', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${size}\r\n${SUCCESS}\r\n0\r\n\r\n`],
    ['another before it', `HTTP/1.1 103 Early Hints\r\n\r\n${ANSWER}`],
  ])('with %s', async (_, answer) => {
    const url = await startRawServer(reader((socket) => socket.end(answer)).onConnection);
    expect(texts(await raced(url, { requests: copies(3) }))).toEqual(times(3, SUCCESS));
  });

  test('longer than the limit are cut', async () => {
    const { url } = await startServer((_, response) => void response.end(Buffer.alloc(3 * 1024 * 1024)));
    for (const delivery of await raced(url, { requests: copies(3) })) {
      expect(delivery).toMatchObject({ outcome: 'answered', response: { truncated: true } });
      expect(delivery.outcome === 'answered' && delivery.response.body.length).toBe(1024 * 1024);
    }
  });

  test('that lead elsewhere are not followed', async () => {
    const { url, received } = await startServer(
      (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
    );
    const moved = { outcome: 'answered', response: { status: 302 } };
    expect(await raced(url, { requests: copies(2) })).toMatchObject([moved, moved]);
    expect(received).toHaveLength(2);
  });

  test.each([
    ['the connection stays', (socket: Socket) => socket.write(REFUSAL)],
    ['the connection ends', (socket: Socket) => socket.end(REFUSAL)],
  ])('may come before the last byte: 413, and %s', async (_, refuse) => {
    const { onConnection, lackingAtMost } = reader();
    let connections = 0;
    const url = await startRawServer((socket) => {
      if (connections++ === 0) socket.once('data', () => refuse(socket));
      else onConnection(socket);
    });
    const deliveries = await raced(url, { requests: copies(5) });
    const [refused, ...accepted] = [...deliveries].sort((a, b) => a.ms - b.ms);
    expect(refused).toMatchObject({ outcome: 'answered', response: { status: 413 }, ms: 0 });
    expect(accepted).toMatchObject(times(4, { outcome: 'answered', response: { status: 200 } }));
    expect(lackingAtMost(0)).toBe(4);
  });

  test('take time from the last byte on', async () => {
    const server = lateTlsServer(reader().onConnection, (index) => (index === 0 ? sleep(2500) : undefined));
    const url = `https://127.0.0.1:${await serve(server)}/`;
    const began = performance.now();
    const deliveries = await raced(url, { requests: copies(2) });
    expect(performance.now() - began).toBeGreaterThan(2400);
    expect(words(deliveries)).toEqual(['answered', 'answered']);
    for (const { ms } of deliveries) expect(ms).toBeLessThan(2000);
  });

  test('of a server that serves one connection at a time', async () => {
    const { onConnection } = reader();
    const queue: Socket[] = [];
    const server = createTcpServer((socket) => {
      socket.once('close', () => {
        queue.shift();
        queue.slice(0, 1).forEach(onConnection);
      });
      if (queue.push(socket) === 1) onConnection(socket);
    });
    const url = `http://127.0.0.1:${await serve(server)}/`;
    const deliveries = await raced(url, { requests: copies(5), timeoutMs: 3000 });
    expect(words(deliveries)).toEqual(times(5, 'answered'));
  });
});

describe('copies that do not get so far', () => {
  test('nobody listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    expect(words(await raced(url, { requests: copies(5) }))).toEqual(times(5, 'refused'));
  });

  test('the name leads nowhere', async () => {
    expect(words(await raced('http://no-such-host.invalid/', { requests: copies(2) }))).toEqual([
      'dns',
      'dns',
    ]);
  });

  test('TLS is trusted only when it is told to', async () => {
    const server = createTlsServer({ key, cert }, reader().onConnection);
    const url = `https://127.0.0.1:${await serve(server)}/`;
    expect(words(await raced(url, { requests: copies(3), options: {} }))).toEqual(times(3, 'tls'));
    const insecure = { requests: copies(3), options: { insecure: true } };
    expect(words(await raced(url, insecure))).toEqual(times(3, 'answered'));
    await noConnections(server);
  });

  test('some are cut off: the others race', async () => {
    const { onConnection, lackingAtMost } = reader();
    let connections = 0;
    const url = await startRawServer((socket) => {
      if (connections++ < 2) socket.destroy();
      else onConnection(socket);
    });
    const deliveries = await raced(url, { requests: copies(6) });
    expect([...words(deliveries)].sort()).toEqual([...times(4, 'answered'), 'reset', 'reset']);
    expect(lackingAtMost(0)).toBe(4);
  });

  test('one gets no connection: the others wait no longer than the time limit', async () => {
    const server = lateTlsServer(reader().onConnection, (index) => (index === 0 ? never : undefined));
    const url = `https://127.0.0.1:${await serve(server)}/`;
    const deliveries = await raced(url, { requests: copies(4), timeoutMs: 3000 });
    expect([...words(deliveries)].sort()).toEqual([...times(3, 'answered'), 'timeout']);
    expect(texts(deliveries)).toContain('no complete answer within 3000 ms (there was no connection)');
  });

  test('one is never read', async () => {
    const { onConnection } = reader();
    let connections = 0;
    const url = await startRawServer((socket) => {
      onConnection(socket);
      if (connections++ === 0) socket.pause();
    });
    const requests = times(3, post(Buffer.alloc(LARGE)));
    const deliveries = await raced(url, { requests, timeoutMs: 3000 });
    expect([...words(deliveries)].sort()).toEqual(['answered', 'answered', 'timeout']);
  });
});

describe('an abort', () => {
  /** Aborts when `moment` has come; nothing else would end the race. */
  async function aborted(url: string, moment: () => boolean): Promise<void> {
    const stop = new AbortController();
    setMaxListeners(0, stop.signal);
    const racing = raced(url, { requests: copies(40), signal: stop.signal, timeoutMs: 600_000 });
    expect(await until(moment)).toBe(true);
    stop.abort();
    const deliveries = await racing;
    expect(words(deliveries)).toEqual(times(40, 'aborted'));
    expect(new Set(texts(deliveries))).toEqual(new Set(['interrupted']));
  }

  test('before it began', async () => {
    const { url, received } = await startServer();
    const deliveries = await raced(url, { requests: copies(3), signal: AbortSignal.abort() });
    expect(words(deliveries)).toEqual(times(3, 'aborted'));
    expect(received).toEqual([]);
  });

  test('while connecting', async () => {
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections++;
      socket.on('error', () => undefined).resume();
    });
    await aborted(`https://127.0.0.1:${await serve(server)}/`, () => connections === 40);
    await noConnections(server);
  });

  test('while one keeps the others waiting', async () => {
    const { onConnection, lackingAtMost } = reader();
    const server = lateTlsServer(onConnection, (index) => (index === 0 ? never : undefined));
    await aborted(`https://127.0.0.1:${await serve(server)}/`, () => lackingAtMost(HELD) === 39);
    expect(lackingAtMost(0)).toBe(0);
  });

  test('while the server is given time to read', async () => {
    const { onConnection, lackingAtMost } = reader();
    const server = createTcpServer(onConnection);
    const url = `http://127.0.0.1:${await serve(server)}/`;
    await aborted(url, () => lackingAtMost(HELD) > 0);
    await noConnections(server);
  });

  test('while answers are awaited', async () => {
    const { url, received } = await startServer(() => undefined);
    await aborted(url, () => received.length === 40);
  });
});
