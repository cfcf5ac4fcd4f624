/** A load against real servers: every attempt is told exactly once, whatever they do. */
import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ClientOptions } from '../../src/delivery/connector.ts';
import { guardTarget, type SafeTarget } from '../../src/delivery/guard.ts';
import { load, type Load, type LoadEnd } from '../../src/delivery/load.ts';
import type { Undelivered, WireRequest, WireResponse } from '../../src/delivery/request.ts';
import { root } from '../support/cli.ts';
import { freePort, startRawServer, startServer, SUCCESS } from '../support/server.ts';

const request: WireRequest = {
  method: 'POST',
  headers: [
    ['User-Agent', 'Mozilla/4.0'],
    ['Content-Type', 'text/xml'],
  ],
  body: Buffer.from('<xml><a>订单</a></xml>'),
};

async function targetOf(url: string): Promise<SafeTarget> {
  const guarded = await guardTarget(url, { hosts: [], yes: false });
  if (!guarded.ok) throw new Error(guarded.problem.code);
  return guarded.target;
}

interface Told {
  readonly end: LoadEnd;
  readonly asked: readonly number[];
  /** What answered attempts were answered with. */
  readonly answered: ReadonlyMap<number, string>;
  readonly lost: ReadonlyMap<number, Undelivered>;
  readonly times: readonly number[];
  /** Answers that were read. */
  readonly read: readonly WireResponse[];
}

type Wish = Partial<Load<string>> & { readonly options?: ClientOptions };

/** Runs a load, and checks that every attempt that was asked for is told exactly once. */
async function run(url: string, { options = {}, ...wish }: Wish = {}): Promise<Told> {
  const asked: number[] = [];
  const answered = new Map<number, string>();
  const lost = new Map<number, Undelivered>();
  const times: number[] = [];
  const read: WireResponse[] = [];
  const tell = (attempt: number): void => {
    expect(answered.has(attempt) || lost.has(attempt), `${attempt} is told twice`).toBe(false);
    expect(asked).toContain(attempt);
  };
  const end = await load<string>(options, {
    target: await targetOf(url),
    times: 20,
    connections: 4,
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    fresh: 0,
    patient: false,
    ...wish,
    request: (attempt) => {
      asked.push(attempt);
      return wish.request?.(attempt) ?? request;
    },
    read: (response) => {
      read.push(response);
      return wish.read?.(response) ?? `${response.status} ${Buffer.from(response.body).toString('utf8')}`;
    },
    answered: (attempt, verdict, ms) => {
      tell(attempt);
      answered.set(attempt, verdict);
      times.push(ms);
      wish.answered?.(attempt, verdict, ms);
    },
    lost: (attempt, delivery) => {
      tell(attempt);
      lost.set(attempt, delivery);
      wish.lost?.(attempt, delivery);
    },
  });
  expect(asked).toEqual(Array.from({ length: end.sent }, (_, index) => index + 1));
  expect(answered.size + lost.size).toBe(end.sent);
  return { end, asked, answered, lost, times, read };
}

const causes = ({ lost }: Told): string[] => [...new Set([...lost.values()].map(({ cause }) => cause))];

const answer = (body: string, head = ''): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${head}\r\n${body}`;

/** Calls back for every whole request that comes over a socket. */
function onRequests(socket: Socket, then: (number: number) => void): void {
  let text = '';
  let count = 0;
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (let end = endOf(text); end <= text.length; end = endOf(text)) {
      text = text.slice(end);
      then(++count);
    }
  });
}

function endOf(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return Infinity;
  return head + 4 + Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
}

/** Counts the connections of a raw server. */
async function countingServer(
  then: (socket: Socket, connection: number) => void,
): Promise<{ url: string; opened: () => number; open: () => number }> {
  let opened = 0;
  let open = 0;
  const url = await startRawServer((socket) => {
    open++;
    socket.on('close', () => open--);
    socket.on('end', () => socket.end());
    then(socket, ++opened);
  });
  return { url, opened: () => opened, open: () => open };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition() && Date.now() < deadline) await sleep(5);
  expect(condition()).toBe(true);
}

describe('a server that answers', () => {
  test('gets every request, over as many connections as asked for', async () => {
    const { url, opened, open } = await countingServer((socket) =>
      onRequests(socket, () => socket.write(answer(SUCCESS))),
    );
    const told = await run(url, { times: 200, connections: 5 });
    expect(told.end).toMatchObject({ sent: 200, ended: 'done' });
    expect(new Set(told.answered.values())).toEqual(new Set([`200 ${SUCCESS}`]));
    expect(told.times.every((ms) => ms > 0 && ms < 10_000)).toBe(true);
    expect(opened()).toBe(5);
    await until(() => open() === 0);
  });

  test('gets the bytes as they are, headers as they are written', async () => {
    const { url, received } = await startServer();
    await run(url, { times: 3, connections: 1 });
    expect(received).toHaveLength(3);
    for (const { method, url: to, rawHeaders, body } of received) {
      expect({ method, to }).toEqual({ method: 'POST', to: '/notify' });
      expect(body).toEqual(request.body);
      expect(rawHeaders).toEqual([
        ...['host', new URL(url).host, 'connection', 'keep-alive'],
        ...['User-Agent', 'Mozilla/4.0', 'Content-Type', 'text/xml'],
        ...['content-length', String(request.body.byteLength)],
      ]);
    }
  });

  test('gets what each attempt has, in order', async () => {
    const { url, received } = await startServer();
    const bodies = ['one', 'two', '', 'four'];
    const told = await run(url, {
      times: 4,
      connections: 1,
      request: (attempt) => ({ ...request, body: Buffer.from(bodies[attempt - 1] ?? '') }),
    });
    expect(told.answered.size).toBe(4);
    expect(received.map(({ body }) => body.toString())).toEqual(bodies);
  });

  test('no more connections than attempts, and none for none', async () => {
    const { url, opened } = await countingServer((socket) =>
      onRequests(socket, () => socket.write(answer(SUCCESS))),
    );
    expect((await run(url, { times: 2, connections: 50 })).end).toMatchObject({ sent: 2, ended: 'done' });
    expect(opened()).toBe(2);
    expect((await run(url, { times: 0, connections: 50 })).end).toMatchObject({ sent: 0, ended: 'done' });
    expect(opened()).toBe(2);
  });
});

describe('answers are read', () => {
  test('once, when they are alike', async () => {
    const { url } = await startServer();
    const { read, answered } = await run(url, { times: 100 });
    expect(answered.size).toBe(100);
    expect(read).toHaveLength(1);
    expect(read[0]).toMatchObject({ status: 200, truncated: false });
    expect(read[0]?.headers['content-type']).toBe('text/xml');
  });

  test('always, up to `fresh`', async () => {
    const { url } = await startServer();
    expect((await run(url, { times: 100, connections: 1, fresh: 7 })).read).toHaveLength(7);
    expect((await run(url, { times: 5, connections: 5, fresh: 7 })).read).toHaveLength(5);
  });

  test.each<[string, (count: number) => [number, Record<string, string>, string]]>([
    ['status', (count) => [count % 2 === 0 ? 200 : 500, {}, 'x']],
    ['content type', (count) => [200, { 'Content-Type': count % 2 === 0 ? 'text/xml' : 'text/html' }, 'x']],
    ['location', (count) => [302, { Location: count % 2 === 0 ? '/a' : '/b' }, 'x']],
    ['body', (count) => [200, {}, count % 2 === 0 ? 'x' : 'y']],
  ])('again, when the %s is another', async (_, other) => {
    let count = 0;
    const { url } = await startServer((__, response) => {
      const [status, headers, body] = other(count++);
      response.writeHead(status, headers).end(body);
    });
    expect((await run(url, { times: 40, connections: 1 })).read).toHaveLength(2);
  });

  test('once, when only other headers differ', async () => {
    let count = 0;
    const { url } = await startServer((_, response) => {
      response.setHeader('x-request-id', String(count++)).end(SUCCESS);
    });
    expect((await run(url, { times: 40 })).read).toHaveLength(1);
  });

  test('and not mixed up, when every one is another', async () => {
    const { url } = await startServer(({ body }, response) => void response.end(body));
    const { answered } = await run(url, {
      times: 1000,
      connections: 7,
      request: (attempt) => ({ ...request, body: Buffer.from(`own ${attempt % 600}`) }),
    });
    for (const [attempt, verdict] of answered) expect(verdict).toBe(`200 own ${attempt % 600}`);
  });

  test('a redirect is not followed', async () => {
    const { url, received } = await startServer((_, response) => {
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const { read, answered } = await run(url, { times: 10 });
    expect(answered.get(10)).toBe('307 ');
    expect(read[0]?.headers['location']).toBe('/elsewhere');
    expect(new Set(received.map(({ url: to }) => to))).toEqual(new Set(['/notify']));
  });
});

describe('answers in every form', () => {
  const parts = ['<xml>', '<a>1</a>', '</xml>'];
  const forms: Readonly<Record<string, (socket: Socket) => void | Promise<void>>> = {
    'with a length': (socket) => void socket.write(answer(parts.join(''))),
    'and a closed connection': (socket) => void socket.end(answer(parts.join(''), 'Connection: close\r\n')),
    'of HTTP/1.0, to the end of the connection': (socket) =>
      void socket.end(`HTTP/1.0 200 OK\r\n\r\n${parts.join('')}`),
    'to the end of the connection': (socket) => void socket.end(`HTTP/1.1 200 OK\r\n\r\n${parts.join('')}`),
    'of HTTP/1.0, with a kept connection': (socket) =>
      void socket.write(
        `HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 19\r\n\r\n${parts.join('')}`,
      ),
    'for a connection that is not kept long': (socket) =>
      void socket.write(answer(parts.join(''), 'Keep-Alive: timeout=1\r\n')),
    chunked: (socket) => {
      const chunks = parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('');
      socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`);
    },
    'byte by byte': async (socket) => {
      for (const byte of answer(parts.join(''))) {
        socket.write(byte);
        await sleep(1);
      }
    },
    'after early hints': (socket) =>
      void socket.write(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${answer(parts.join(''))}`),
  };

  test.each(Object.entries(forms))('%s', async (_, write) => {
    const { url, open } = await countingServer((socket) => {
      socket.setNoDelay(true);
      onRequests(socket, () => void write(socket));
    });
    const { end, answered } = await run(url, { times: 8, connections: 2 });
    expect(end).toMatchObject({ sent: 8, ended: 'done' });
    expect([...answered.values()]).toEqual(Array.from({ length: 8 }, () => `200 ${parts.join('')}`));
    await until(() => open() === 0);
  });

  test('before the request is sent', async () => {
    const { url } = await countingServer((socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.end(answer(SUCCESS, 'Connection: close\r\n'));
      });
    });
    const body = Buffer.alloc(8 * 1024 * 1024, 'x');
    const { answered } = await run(url, { times: 4, connections: 2, request: () => ({ ...request, body }) });
    expect(new Set(answered.values())).toEqual(new Set([`200 ${SUCCESS}`]));
  });

  test('longer than 1 MiB, or endless: no further than that', async () => {
    const { url, open } = await countingServer((socket) => {
      const more = (): void => {
        while (!socket.destroyed && socket.write('x'.repeat(64 * 1024)));
      };
      socket.on('drain', more);
      onRequests(socket, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        more();
      });
    });
    const { end, read } = await run(url, { times: 6, connections: 2, read: () => 'long' });
    expect(end).toMatchObject({ sent: 6, ended: 'done' });
    expect(read).toHaveLength(6);
    for (const { body, truncated } of read) {
      expect(body.byteLength).toBe(1024 * 1024);
      expect(truncated).toBe(true);
    }
    await until(() => open() === 0);
  });

  test('that are none', async () => {
    const { url } = await countingServer((socket) => onRequests(socket, () => socket.end('what?\r\n\r\n')));
    const told = await run(url, { times: 6, connections: 2 });
    expect(told.end).toMatchObject({ sent: 6, ended: 'done' });
    expect(causes(told)).toEqual(['protocol']);
  });
});

describe('time', () => {
  test('an answer that does not begin: told in time, and the rest goes over new connections', async () => {
    const { url, opened, open } = await countingServer((socket, connection) =>
      onRequests(socket, () => connection > 4 && socket.write(answer(SUCCESS))),
    );
    const began = performance.now();
    const told = await run(url, { times: 20, connections: 4, timeoutMs: 200 });
    expect(told.end).toMatchObject({ sent: 20, ended: 'done' });
    expect([...told.lost.keys()].sort()).toEqual([1, 2, 3, 4]);
    for (const { cause, detail, ms, answerBegan } of told.lost.values()) {
      expect({ cause, answerBegan }).toEqual({ cause: 'timeout', answerBegan: false });
      expect(detail).toBe('no complete answer within 200 ms (it did not begin)');
      expect(ms).toBeGreaterThanOrEqual(200);
      expect(ms).toBeLessThan(1000);
    }
    expect(performance.now() - began).toBeLessThan(5000);
    expect(opened()).toBe(8);
    await until(() => open() === 0);
  });

  test('an answer that does not end', async () => {
    const { url } = await countingServer((socket) =>
      onRequests(socket, () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<xml>')),
    );
    const told = await run(url, { times: 4, connections: 4, timeoutMs: 100 });
    for (const { cause, detail, answerBegan } of told.lost.values()) {
      expect({ cause, answerBegan }).toEqual({ cause: 'timeout', answerBegan: true });
      expect(detail).toBe('no complete answer within 100 ms (HTTP 200 came, its body did not end)');
    }
    expect(told.lost.size).toBe(4);
  });

  test('a trickle does not extend it', async () => {
    const { url } = await countingServer((socket) =>
      onRequests(socket, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const trickle = setInterval(() => socket.write('x'), 10);
        socket.on('close', () => clearInterval(trickle));
      }),
    );
    const told = await run(url, { times: 4, connections: 2, timeoutMs: 150 });
    expect(told.lost.size).toBe(4);
    expect(causes(told)).toEqual(['timeout']);
  });

  test('a slow answer is in time', async () => {
    const { url } = await startServer(async (_, response) => {
      await sleep(150);
      response.end(SUCCESS);
    });
    const { times } = await run(url, { times: 4, connections: 2, timeoutMs: 10_000 });
    expect(times.every((ms) => ms > 100)).toBe(true);
  });
});

describe('connections that end', () => {
  test('kept ones, closed before a byte of the answer: sent again, and not told', async () => {
    const { url, opened } = await countingServer((socket) =>
      onRequests(socket, (number) => (number === 1 ? socket.write(answer(SUCCESS)) : socket.destroy())),
    );
    const told = await run(url, { times: 20, connections: 2 });
    expect(told.end).toMatchObject({ sent: 20, ended: 'done' });
    expect(told.answered.size).toBe(20);
    expect(opened()).toBe(20);
  });

  test('kept ones that the server lets time out', async () => {
    const { url } = await countingServer((socket) =>
      onRequests(socket, () => {
        socket.write(answer(SUCCESS));
        setTimeout(() => socket.end(), 1);
      }),
    );
    const told = await run(url, { times: 200, connections: 4 });
    expect(told.end).toMatchObject({ sent: 200, ended: 'done' });
    expect(told.answered.size).toBe(200);
    expect(told.end.resent).toBeGreaterThan(0);
    expect(told.end.resent).toBeLessThanOrEqual(4); // once for each connection, and then none is kept
  });

  test('one that ends later has the request in its hands: it is lost, and not sent again', async () => {
    let requests = 0;
    const { url } = await countingServer((socket) =>
      onRequests(socket, () => {
        if (++requests % 10 === 0) setTimeout(() => socket.destroy(), 300);
        else socket.write(answer(SUCCESS));
      }),
    );
    const told = await run(url, { times: 100, connections: 4 });
    expect(told.end).toMatchObject({ sent: 100, ended: 'done', resent: 0 });
    expect([told.answered.size, told.lost.size]).toEqual([90, 10]);
    expect(requests).toBe(100);
  });

  test('new ones: told', async () => {
    const { url } = await countingServer((socket) => onRequests(socket, () => socket.destroy()));
    const told = await run(url, { times: 20, connections: 2 });
    expect(told.end).toMatchObject({ sent: 20, ended: 'done' });
    expect(told.lost.size).toBe(20);
    expect(causes(told)).toEqual(['reset']);
  });

  test('again when sent again: told, once', async () => {
    let answers = 1;
    const { url, opened } = await countingServer((socket) =>
      onRequests(socket, () => (answers-- > 0 ? socket.write(answer(SUCCESS)) : socket.destroy())),
    );
    const told = await run(url, { times: 3, connections: 1 });
    expect([...told.answered.keys()]).toEqual([1]);
    expect([...told.lost.keys()]).toEqual([2, 3]);
    expect(opened()).toBe(3);
  });

  test.each(['HTTP/1.1 200 OK\r\nConte', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<xml>'])(
    'in the middle of an answer, %j: told',
    async (part) => {
      const { url } = await countingServer((socket) =>
        onRequests(socket, (number) => (number === 1 ? socket.write(answer(SUCCESS)) : socket.end(part))),
      );
      const told = await run(url, { times: 10, connections: 1 });
      expect(told.answered.size).toBe(5);
      expect(told.lost.size).toBe(5);
      expect(causes(told)).toEqual(['reset']);
      expect([...told.lost.values()][0]?.answerBegan).toBe(part.endsWith('<xml>'));
    },
  );
});

describe('nobody is there', () => {
  test('refused: a few are told, the rest is not sent', async () => {
    const told = await run(`http://127.0.0.1:${await freePort()}/`, { times: 100_000, connections: 5 });
    expect(told.end.ended).toBe('gone');
    expect(told.end.sent).toBeGreaterThanOrEqual(50);
    expect(told.end.sent).toBeLessThan(80);
    expect(causes(told)).toEqual(['refused']);
  });

  test('refused, as expected: all are told', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const told = await run(url, { times: 20, connections: 10, patient: true });
    expect(told.end).toMatchObject({ sent: 20, ended: 'done' });
    expect(told.lost.size).toBe(20);
  });

  test('refused, all of them: nothing is left unsent', async () => {
    const told = await run(`http://127.0.0.1:${await freePort()}/`, { times: 3, connections: 1 });
    expect(told.end).toMatchObject({ sent: 3, ended: 'done' });
  });

  test('a name that leads nowhere', async () => {
    const told = await run('http://nobody.invalid/', { times: 1000, connections: 2 });
    expect(told.end.ended).toBe('gone');
    expect(causes(told)).toEqual(['dns']);
  });

  test('a request that cannot be written', async () => {
    const { url } = await startServer();
    const odd: WireRequest = { ...request, headers: [['bad name', 'x']] };
    const told = await run(url, { times: 100_000, connections: 2, request: () => odd });
    expect(told.end.ended).toBe('gone');
    expect(causes(told)).toEqual(['protocol']);
  });

  test('they go away in the middle', async () => {
    const sockets = new Set<Socket>();
    let answers = 0;
    const server = await closableServer((socket) => {
      sockets.add(socket);
      onRequests(socket, () => {
        if (++answers < 500) socket.write(answer(SUCCESS));
        else server.close();
      });
    });
    const told = await run(server.url, { times: 1_000_000, connections: 10 });
    expect(told.end.ended).toBe('gone');
    expect(told.answered.size).toBeGreaterThan(400); // what was answered last may be lost on its way
    expect(new Set(causes(told)).has('refused')).toBe(true);
    expect(told.end.sent).toBeLessThan(499 + 10 + 150);
  });

  test('they come back in time', async () => {
    const { url } = await countingServer((socket, connection) => {
      if (connection % 3 === 0) socket.resetAndDestroy();
      else onRequests(socket, () => socket.end(answer(SUCCESS, 'Connection: close\r\n')));
    });
    const told = await run(url, { times: 300, connections: 3 });
    expect(told.end).toMatchObject({ sent: 300, ended: 'done' });
  });
});

/** A server that can be closed in the middle, with every connection to it. */
async function closableServer(
  then: (socket: Socket) => void,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const { createServer } = await import('node:net');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    then(socket);
  });
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`, close };
}

describe('an abort', () => {
  test('ends what is in flight, at once', async () => {
    const stop = new AbortController();
    let silent = 0;
    const { url, open } = await countingServer((socket) =>
      onRequests(socket, (number) => (number < 10 ? socket.write(answer(SUCCESS)) : silent++)),
    );
    const running = run(url, { times: 100_000, connections: 5, signal: stop.signal, timeoutMs: 60_000 });
    await until(() => silent === 5);
    const aborted = performance.now();
    stop.abort();
    const told = await running;
    expect(performance.now() - aborted).toBeLessThan(1000);
    expect(told.end).toMatchObject({ sent: 50, ended: 'aborted' });
    expect(told.lost.size).toBe(5);
    for (const { cause, detail } of told.lost.values())
      expect({ cause, detail }).toEqual({ cause: 'aborted', detail: 'interrupted' });
    await until(() => open() === 0);
  });

  test('ends what is not connected yet', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    // An address of nobody (RFC 5737), through a profile’s list; on loopback, connecting never takes long.
    const guarded = await guardTarget('http://192.0.2.1/', { hosts: ['192.0.2.1'], yes: false });
    if (!guarded.ok) throw new Error('not listed');
    const target = guarded.target;
    const told = await run('http://127.0.0.1/', { target, signal: stop.signal, timeoutMs: 60_000 });
    expect(['aborted', 'gone']).toContain(told.end.ended); // where there is no network, nobody is there
  });

  test('before it began: nothing is sent', async () => {
    const { url, received } = await startServer();
    const told = await run(url, { signal: AbortSignal.abort() });
    expect(told.end).toMatchObject({ sent: 0, ended: 'aborted' });
    expect(received).toHaveLength(0);
  });

  test.each(['request', 'answered', 'read'] as const)('in the middle of %s', async (where) => {
    const stop = new AbortController();
    const { url } = await startServer();
    let left = 10;
    const count = <Value>(value: Value): Value => {
      if (--left === 0) stop.abort();
      return value;
    };
    const wish: Wish = {
      request: { request: () => count(request) },
      answered: { answered: () => void count(0) },
      read: { read: () => count('x'), fresh: 1000 },
    }[where];
    const told = await run(url, { times: 1000, connections: 3, signal: stop.signal, ...wish });
    expect(told.end.ended).toBe('aborted');
    expect(told.end.sent).toBeLessThan(20);
  });

  test('in the middle of a loss', async () => {
    const stop = new AbortController();
    const { url } = await countingServer((socket) => onRequests(socket, () => socket.destroy()));
    const told = await run(url, { times: 1000, signal: stop.signal, lost: () => stop.abort() });
    expect(told.end.ended).toBe('aborted');
    expect(told.lost.size).toBe(told.end.sent);
  });
});

describe('an error of who is told', () => {
  test.each(['request', 'read', 'answered', 'lost'] as const)('in %s, ends the load', async (where) => {
    const { url, open } = await countingServer((socket) =>
      onRequests(socket, () => (where === 'lost' ? socket.destroy() : socket.write(answer(SUCCESS)))),
    );
    const failing = {
      [where]: () => {
        throw new Error('our own');
      },
    };
    await expect(run(url, failing)).rejects.toThrow('our own');
    await until(() => open() === 0);
  });
});

describe('TLS', () => {
  const fixtures = path.join(root, 'test/cli/fixtures');
  const cert = readFileSync(path.join(fixtures, 'server.crt'), 'utf8');
  const key = readFileSync(path.join(fixtures, 'server.key'), 'utf8');

  async function startTls(): Promise<string> {
    const server = createHttpsServer({ cert, key }, (_, response) => response.end(SUCCESS));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}/notify`;
  }

  test('a certificate that nobody trusts', async () => {
    const told = await run(await startTls(), { times: 1000, connections: 2 });
    expect(told.end.ended).toBe('gone');
    expect(causes(told)).toEqual(['tls']);
  });

  test.each<[string, ClientOptions]>([
    ['that is trusted', { ca: cert }],
    ['that is not looked at', { insecure: true }],
  ])('a certificate %s', async (_, options) => {
    const told = await run(await startTls(), { options, times: 40, connections: 4 });
    expect(told.end).toMatchObject({ sent: 40, ended: 'done' });
    expect(told.answered.size).toBe(40);
  });
});

describe('a server that does anything at any time, and goes away', () => {
  const deeds: readonly ((socket: Socket) => void)[] = [
    (socket) => socket.write(answer(SUCCESS)),
    (socket) => socket.write(answer(SUCCESS)),
    (socket) => socket.write(answer(SUCCESS)),
    (socket) => socket.end(answer(SUCCESS, 'Connection: close\r\n')),
    (socket) => socket.end(answer(SUCCESS)),
    (socket) => socket.end(),
    (socket) => socket.destroy(),
    (socket) => socket.resetAndDestroy(),
    (socket) => socket.end('HTTP/1.1 200'),
    (socket) => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'),
    (socket) => socket.write(`${answer(SUCCESS)}unasked`),
    (socket) => socket.write(answer(SUCCESS) + answer(SUCCESS)),
    (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n<'),
    (socket) => setTimeout(() => socket.write(answer(SUCCESS)), 5),
    () => undefined,
  ];

  test.each([1, 2, 3, 4, 5, 6])('every attempt is told once, seed %i', async (seed) => {
    let state = seed * 7919;
    const random = (): number => (state = (state * 48271) % 2147483647);
    let served = 0;
    const server = await closableServer((socket) =>
      onRequests(socket, () => {
        if (served++ === 400) server.close();
        else deeds[random() % deeds.length]?.(socket);
      }),
    );
    const told = await run(server.url, { times: 100_000, connections: 8, timeoutMs: 60 });
    expect(told.end.ended).toBe('gone');
    expect(told.answered.size).toBeGreaterThan(0);
  });
});

describe('requests that are not ready yet', () => {
  /** As from a signer on another thread: each is ready a turn after it was waited for. */
  function slowly(): { readonly ready: () => Promise<void> | undefined; readonly taken: () => void } {
    let isReady = false;
    const wait = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      isReady = true;
    };
    return { ready: () => (isReady ? undefined : wait()), taken: () => (isReady = false) };
  }

  test('are waited for: each is sent once, by whichever connection is free', async () => {
    const { url } = await startServer();
    const { ready, taken } = slowly();
    const told = await run(url, {
      times: 200,
      ready,
      request: () => {
        expect(ready(), 'it is asked for only when it is ready').toBeUndefined();
        taken();
        return request;
      },
    });
    expect(told.end).toMatchObject({ sent: 200, ended: 'done' });
    expect(told.answered.size).toBe(200);
  });

  test('are not waited for after an abort', async () => {
    const { url } = await startServer();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const told = await run(url, { signal: stop.signal, ready: async () => new Promise(() => undefined) });
    expect(told.end).toMatchObject({ sent: 0, ended: 'aborted' });
  });

  test('end the load when they fail', async () => {
    const { url } = await startServer();
    const ready = async (): Promise<void> => Promise.reject(new Error('no signature'));
    await expect(run(url, { connections: 1, ready })).rejects.toThrow('no signature');
  });
});
