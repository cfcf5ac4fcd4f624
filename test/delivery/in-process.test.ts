/** The client without a network: what is handed over, what may come back, and how long it may take. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { guardTarget, type SafeTarget } from '../../src/delivery/guard.ts';
import type { HandedAnswer, HandedRequest } from '../../src/delivery/in-process/handed.ts';
import { createInProcess } from '../../src/delivery/in-process/in-process.ts';
import type { WireRequest } from '../../src/delivery/request.ts';

const request: WireRequest = {
  method: 'POST',
  headers: [['Content-Type', 'text/xml']],
  body: Buffer.from('<xml>分</xml>'),
};
const limits = { timeoutMs: 5000 };
const never = new AbortController().signal;

async function target(): Promise<SafeTarget> {
  const guarded = await guardTarget('http://127.0.0.1/notify?a=1', { hosts: [], yes: false });
  if (!guarded.ok) throw new Error('not a target');
  return guarded.target;
}

async function answered(answer: unknown) {
  return createInProcess(() => answer as HandedAnswer).send(await target(), request, limits);
}

describe('one request', () => {
  test('is handed over as it would have been sent', async () => {
    let seen: HandedRequest | undefined;
    const client = createInProcess((handed) => {
      seen = handed;
      return { status: 200 };
    });
    await client.send(await target(), request, limits);
    expect(seen).toMatchObject({
      method: 'POST',
      url: 'http://127.0.0.1/notify?a=1',
      headers: { 'Content-Type': 'text/xml' },
      body: '<xml>分</xml>',
    });
    await client.send(await target(), { ...request, method: 'GET', body: Buffer.alloc(0) }, limits);
    expect(seen).not.toHaveProperty('body'); // '' would be a body, which `fetch` refuses with GET
  });

  test.each([
    ['plain values', { status: 201, headers: { 'Content-Type': 'text/xml' }, body: 'ok' }],
    ['bytes', { status: 201, headers: { 'content-type': 'text/xml' }, body: Buffer.from('ok') }],
    ['inject()', { statusCode: 201, headers: { 'content-type': 'text/xml' }, body: 'ok', payload: 'ok' }],
    ['a Response', new Response('ok', { status: 201, headers: { 'Content-Type': 'text/xml' } })],
  ])('may be answered with %s', async (_, answer) => {
    const delivery = await answered(answer);
    expect(delivery).toMatchObject({ outcome: 'answered', response: { status: 201, truncated: false } });
    if (delivery.outcome !== 'answered') return;
    expect(delivery.response.headers['content-type']).toBe('text/xml');
    expect(Buffer.from(delivery.response.body).toString()).toBe('ok');
  });

  test('is told the bytes of an answer that is not UTF-8', async () => {
    const delivery = await answered({
      statusCode: 200,
      headers: {},
      body: '�',
      rawPayload: Buffer.from([0xff]),
    });
    expect(delivery).toMatchObject({ response: { body: new Uint8Array([0xff]) } });
  });

  test('an answer is read up to the limit of the network', async () => {
    const delivery = await answered({ status: 200, body: 'x'.repeat(1024 * 1024 + 1) });
    expect(delivery).toMatchObject({ outcome: 'answered', response: { truncated: true } });
    expect(delivery.outcome === 'answered' && delivery.response.body.byteLength).toBe(1024 * 1024);
  });

  test.each([
    [undefined, /undefined came without a status/],
    [null, /null came/],
    [{ body: 'ok' }, /without a status/],
    [{ status: '200' }, /without a status/],
    [{ status: 200, body: { code: 'SUCCESS' } }, /neither text nor bytes/],
    [{ status: 200, headers: 'text/xml' }, /the headers of the answer are no object/],
    [
      { status: 200, headers: { 'X-A': { b: 1 } } },
      /the header x-a of the answer is neither text nor a list/,
    ],
  ])('what is no answer is told: %j', async (answer, detail) => {
    expect(await answered(answer)).toMatchObject({
      outcome: 'undelivered',
      cause: 'protocol',
      detail: expect.stringMatching(detail) as string,
    });
  });

  test.each<[string, unknown]>([
    ['an ArrayBuffer', new Uint8Array([0x6f, 0x6b]).buffer],
    ['a view of one', new DataView(new Uint8Array([0x6f, 0x6b]).buffer)],
  ])('a body may be %s', async (_, body) => {
    const delivery = await answered({ status: 200, headers: new Headers({ 'X-A': 'b' }), body });
    expect(delivery).toMatchObject({ response: { headers: { 'x-a': 'b' } } });
    expect(delivery.outcome === 'answered' && Buffer.from(delivery.response.body).toString()).toBe('ok');
  });

  test.each<[string, unknown, string]>([
    ['an object without a prototype', Object.create(null), 'deliver threw: something that is no text'],
    ['a symbol', Symbol('no'), 'deliver threw: Symbol(no)'],
    ['an error without words', new TypeError(''), 'deliver threw: TypeError'],
    ['nothing', undefined, 'deliver threw: undefined'],
  ])('a handler may throw %s', async (_, thrown, detail) => {
    const client = createInProcess(() => {
      throw thrown;
    });
    expect(await client.send(await target(), request, limits)).toMatchObject({ cause: 'reset', detail });
  });

  test('a handler that throws has not answered', async () => {
    const client = createInProcess(() => {
      throw new Error('no database');
    });
    expect(await client.send(await target(), request, limits)).toMatchObject({
      outcome: 'undelivered',
      cause: 'reset',
      detail: 'deliver threw: no database',
    });
  });

  test('a handler that never answers is not waited for, and is told', async () => {
    let signal: AbortSignal | undefined;
    const client = createInProcess(async (handed) => {
      signal = handed.signal;
      return new Promise<HandedAnswer>(() => undefined);
    });
    const delivery = await client.send(await target(), request, { timeoutMs: 20 });
    expect(delivery).toMatchObject({ outcome: 'undelivered', cause: 'timeout' });
    expect(signal?.aborted).toBe(true);
  });

  test('what was interrupted before is not handed over', async () => {
    let calls = 0;
    const client = createInProcess(() => ({ status: 200 + ++calls }));
    const interrupted = { ...limits, signal: AbortSignal.abort() };
    expect(await client.send(await target(), request, interrupted)).toMatchObject({ cause: 'aborted' });
    expect(calls).toBe(0);
  });
});

/** A handler that notes how many requests it works on at once. */
function createCrowd(ms: number) {
  let inside = 0;
  let most = 0;
  const deliver = async (): Promise<HandedAnswer> => {
    most = Math.max(most, ++inside);
    await sleep(ms);
    inside--;
    return { status: 200 };
  };
  return { deliver, most: () => most };
}

test('a race is in the handler all at once', async () => {
  const crowd = createCrowd(20);
  const requests = Array.from({ length: 7 }, () => request);
  const deliveries = await createInProcess(crowd.deliver).race({
    target: await target(),
    requests,
    ...limits,
  });
  expect(deliveries.map(({ outcome }) => outcome)).toEqual(Array(7).fill('answered'));
  expect(crowd.most()).toBe(7);
});

describe('a load', () => {
  async function load(deliver: () => HandedAnswer | Promise<HandedAnswer>, signal = never) {
    const asked: number[] = [];
    const told: string[] = [];
    const end = await createInProcess(deliver).load({
      target: await target(),
      times: 50,
      connections: 4,
      ...limits,
      signal,
      patient: false,
      fresh: 20,
      request: (attempt) => {
        asked.push(attempt);
        return request;
      },
      read: ({ status }) => status,
      answered: (attempt, status) => void told.push(`${attempt} ${status}`),
      lost: (attempt, { cause }) => void told.push(`${attempt} ${cause}`),
    });
    return { end, asked, told };
  }

  test('asks in order, keeps so many going, and tells of each', async () => {
    const crowd = createCrowd(1);
    const { end, asked, told } = await load(crowd.deliver);
    expect(end).toEqual({ sent: 50, ended: 'done', resent: 0, unopened: 0 });
    expect(asked).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(new Set(told).size).toBe(50);
    expect(crowd.most()).toBe(4);
  });

  test('stops when it is interrupted, even when the handler never waits', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    let calls = 0;
    const { end, asked, told } = await load(() => {
      calls++;
      const until = performance.now() + 1;
      while (performance.now() < until);
      return { status: 200 };
    }, controller.signal);
    expect(end.ended).toBe('aborted');
    expect(calls).toBeLessThan(50);
    expect(told).toHaveLength(asked.length);
  });
});
