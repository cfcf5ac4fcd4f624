/** Suites from a test: the built library, as somebody's test uses it. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, test, vi } from 'vitest';
import type * as face from '../../src/index.ts';
import type { HandedAnswer, HandedRequest, RunOptions, SuiteDocument } from '../../src/index.ts';
import { answerXml, elementsXml } from '../../src/merchant/answer.ts';
import { practiceWith } from '../../src/merchant/bad-practice.ts';
import type { BugName } from '../../src/merchant/bugs.ts';
import { handleNotification } from '../../src/merchant/handler.ts';
import { orderApi } from '../../src/merchant/order-api.ts';
import { createOrders } from '../../src/merchant/orders.ts';
import { Secret } from '../../src/protocol/secret.ts';
import { merchant, merchantEnv, root, temporaryFolder, wxnotify } from '../support/cli.ts';
import { freePort, startServer, SUCCESS } from '../support/server.ts';
import { suiteSchema } from './suite-schema.ts';

const built = pathToFileURL(path.join(root, 'dist/index.js')).href;
const { run, InputError } = (await import(built)) as typeof face;

/** Runs a suite whose document is what its type says. */
async function runChecked(options: Partial<RunOptions>): Promise<SuiteDocument> {
  const document = await run({ scenarios: 'payment/paid', merchant, ...options });
  expect(v.safeParse(suiteSchema, document).issues).toBeUndefined();
  return document;
}

test('the type of the document is that of its schema', () => {
  expectTypeOf<v.InferOutput<typeof suiteSchema>>().toExtend<SuiteDocument>();
  expectTypeOf<keyof SuiteDocument>().toEqualTypeOf<keyof v.InferOutput<typeof suiteSchema>>();
  type Scenario = SuiteDocument['scenarios'][number];
  type Checked = v.InferOutput<typeof suiteSchema>['scenarios'][number];
  expectTypeOf<keyof Scenario>().toEqualTypeOf<keyof Checked>();
});

const accept = (): HandedAnswer => ({ status: 200, headers: { 'Content-Type': 'text/xml' }, body: SUCCESS });

/** The reference merchant without its server. */
function createShop(bugs: readonly BugName[] = []) {
  const practice = practiceWith(new Set(bugs));
  const orders = createOrders(practice.rules);
  const { appid, mch_id, api_key, api_v3_key } = merchant;
  const keys = { api_key: new Secret(api_key), api_v3_key: new Secret(api_v3_key) };
  const handling = {
    ...{ orders, practice, adopt: true },
    keys: { v2: { appid, mch_id, sign_type: 'MD5' as const, ...keys }, v3: undefined },
  };
  let placed = 0;
  return async ({ method, url, body = '' }: HandedRequest): Promise<HandedAnswer> => {
    const { pathname } = new URL(url);
    const api = orderApi({ method, path: pathname, body }, orders, () => `SHOP${++placed}`);
    if (api) return { status: api.status, body: JSON.stringify(api.json) };
    if (method !== 'POST') return { status: 405 };
    const { ok, message, order } = await handleNotification(
      { headers: [], body: Buffer.from(body), now: new Date() },
      handling,
    );
    const xml = order && ok ? elementsXml(order) : answerXml(ok, message);
    return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: xml };
  };
}

const groups = readdirSync(path.join(root, 'scenarios'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('deliver', () => {
  test('a correct merchant passes everything that is built in: races, groups, calls', async () => {
    // it knows no order beforehand, and cannot know that this amount is wrong
    const scenarios = groups.flatMap((group) => (['hostile', 'v3'].includes(group) ? [] : [group]));
    const document = await runChecked({ scenarios, deliver: createShop() });
    expect(document.scenarios.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(document).toMatchObject({ ok: true, exit: 0, summary: { failed: 0 } });
    expect(document.summary.passed).toBeGreaterThan(30);
  });

  test('a race finds a merchant that looks before it books', async () => {
    const scenarios = ['flow/race-of-20'];
    const document = await runChecked({ scenarios, deliver: createShop(['races']) });
    expect(document).toMatchObject({ ok: false, exit: 1, summary: { failed: 1 } });
    const [scenario] = document.scenarios;
    expect(scenario?.status).toBe('failed');
    expect(scenario?.failures[0]?.message).toContain('paid_count');
  });

  test('gets the bytes that the command line sends with the same seed', async () => {
    const server = await startServer();
    const args = ['run', 'payment', '--target', server.url, '--seed', '42', '--reporter', 'json'];
    const cwd = temporaryFolder();
    const { stdout } = await wxnotify(args, { cwd, env: merchantEnv });
    const handed: string[] = [];
    const document = await runChecked({
      scenarios: 'payment',
      cwd,
      seed: '42',
      deliver: ({ body = '' }) => (handed.push(body), accept()),
    });
    const sent = server.received.map(({ body }) => body.toString('utf8'));
    expect(sent.length).toBeGreaterThan(14);
    expect(handed.sort()).toEqual(sent.sort());
    expect(steady(document)).toEqual(steady(JSON.parse(stdout) as SuiteDocument));
  });

  test('a load is calls at once, all of them counted', async () => {
    const cwd = temporaryFolder({
      'load.yaml':
        'notify: v2/payment\ntimes: 200\nconcurrency: 10\nunique: true\nexpect: { ack: SUCCESS }\n',
    });
    const orders = new Set<string>();
    const document = await runChecked({
      scenarios: 'load.yaml',
      cwd,
      deliver: ({ body = '' }) => (orders.add(body), accept()),
    });
    expect(document).toMatchObject({ ok: true, summary: { sent: 200, acks: { SUCCESS: 200 } } });
    expect(orders.size).toBe(200);
  });

  test('a handler that throws has not answered, which is no exception', async () => {
    const document = await runChecked({
      deliver: () => {
        throw new Error('no database');
      },
    });
    expect(document).toMatchObject({ ok: false, exit: 3, scenarios: [{ status: 'undelivered' }] });
    expect(document.scenarios[0]?.deliveries[0]?.error).toBe('reset: deliver threw: no database');
  });

  test('a handler that never answers is not waited for', async () => {
    const deliver = async (): Promise<HandedAnswer> => new Promise(() => undefined);
    const document = await runChecked({ deliver, timeout_ms: 30 });
    expect(document).toMatchObject({ exit: 3, scenarios: [{ status: 'undelivered' }] });
    expect(document.scenarios[0]?.deliveries[0]?.error).toMatch(/^timeout: .*within 30 ms/);
  });

  test('paths say where requests go; kinds may have their own', async () => {
    const seen: string[] = [];
    await runChecked({
      scenarios: ['payment/paid', 'refund/success'],
      target: '/pay/paid',
      targets: { 'v2/refund': 'https://shop.example/pay/refunded' },
      workers: 1,
      deliver: ({ url }) => (seen.push(url), accept()),
    });
    expect(seen[0]).toBe('http://127.0.0.1/pay/paid');
    expect(seen.at(-1)).toBe('https://shop.example/pay/refunded');
  });

  test('a command gets no key of the environment', async () => {
    const cwd = temporaryFolder({ 'a.yaml': 'steps:\n  - run: [sh, -c, "echo key: $WXNOTIFY_API_KEY"]\n' });
    vi.stubEnv('WXNOTIFY_API_KEY', 'anotherKEYanotherKEYanotherKEY12');
    const document = await runChecked({ scenarios: 'a.yaml', cwd, deliver: accept });
    vi.unstubAllEnvs();
    expect(document.scenarios[0]?.steps).toMatchObject([{ does: 'run', ok: true, stdout: 'key:\n' }]);
  });

  test('an answer that echoes the key is told without it', async () => {
    const deliver = (): HandedAnswer => ({ status: 200, body: `<xml>${merchant.api_key}</xml>` });
    const document = await runChecked({ deliver });
    expect(JSON.stringify(document)).not.toContain(merchant.api_key);
    expect(document.scenarios[0]?.deliveries[0]?.response?.body).toBe('<xml>********</xml>');
  });
});

/** Without times, ids and places of this run. */
function steady({ scenarios, ...document }: SuiteDocument): unknown {
  const text = JSON.stringify({
    ...document,
    scenarios: scenarios.map(({ reproduce: _, summary, ...one }) => ({
      ...one,
      summary: { ...summary, latency_ms: 0 },
    })),
    summary: { ...document.summary, latency_ms: 0 },
  });
  return JSON.parse(
    text
      .replace(/http:\/\/127\.0\.0\.1(:\d+)?\/notify/g, 'TARGET')
      .replace(/"(duration_ms)":[\d.]+/g, '"$1":0')
      .replace(/"at":"[^"]+"/g, '"at":""')
      .replace(/"id":"\w+-/g, '"id":"ID-')
      .replace(/"headers":\{"[^P][^}]*\}/g, '"headers":{}'), // of answers: a server adds its own
  );
}

describe('target', () => {
  test('is sent to over the network', async () => {
    const { url, received } = await startServer();
    expect(await runChecked({ target: url })).toMatchObject({ ok: true, target: url });
    expect(received).toHaveLength(1);
  });

  test('that nobody listens at ends the suite, which is no exception', async () => {
    const target = `http://127.0.0.1:${await freePort()}/notify`;
    const document = await runChecked({ scenarios: ['payment'], target });
    expect(document).toMatchObject({ ok: false, exit: 3, down: { target } });
    expect(new Set(document.scenarios.map(({ status }) => status))).toEqual(new Set(['skipped']));
  });

  test('is private, or a host that was named', async () => {
    const wrong = await problemsOf({ target: 'https://example.com/notify' });
    expect(wrong).toMatchObject([{ code: 'unsafe-target' }]);
    const never = await problemsOf({
      target: 'https://api.mch.weixin.qq.com/',
      hosts: ['api.mch.weixin.qq.com'],
    });
    expect(never).toMatchObject([{ code: 'unsafe-target' }]);
  });
});

async function problemsOf(options: Partial<RunOptions>) {
  const error: unknown = await run({ scenarios: 'payment/paid', merchant, ...options }).catch(
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw new Error(`no InputError: ${String(error)}`);
  return error.problems;
}

/** What a compiler would have found, and what it would not. */
const wrongTypes: readonly [string, unknown, RegExp][] = [
  ...[0, -1, 1.5, NaN, Infinity, '2'].map((value): [string, unknown, RegExp] => [
    'workers',
    value,
    /`options\.workers` is .*, and must be a whole number, 1 or more/,
  ]),
  ...[-1, 1.5, Infinity, '1'].map((value): [string, unknown, RegExp] => [
    'retries',
    value,
    /`options\.retries` is .*a whole number, 0 or more/,
  ]),
  ...[0, -1, NaN, Infinity, 2 ** 31, '5s'].map((value): [string, unknown, RegExp] => [
    'timeout_ms',
    value,
    /`options\.timeout_ms` is .*milliseconds, 1 to 2147483647/,
  ]),
  ['retires', 1, /`retires` is no key of `options`\. Did you mean `retries`\?/],
  ['scenarios', undefined, /`options\.scenarios` is missing, and must be a name, or a list of names/],
  ['scenarios', [7], /must be a name, or a list of names/],
  ['tags', 'smoke', /`options\.tags` is "smoke", and must be a list of texts/],
  ['hosts', 'a.example', /`options\.hosts` is "a\.example", and must be a list of texts/],
  ['deliver', 'inject', /`options\.deliver` is "inject", and must be a function/],
  [
    'targets',
    { 'v2/refnud': '/' },
    /`v2\/refnud` is no key of `options\.targets`\. Did you mean `v2\/refund`\?/,
  ],
  ['set', { a: {} }, /`options\.set\.a` is a mapping, and must be text/],
  ['signal', {}, /`options\.signal` .*an AbortSignal/],
];

describe('wrong input', () => {
  test('a scenario: file, line and column, and nothing was sent', async () => {
    const cwd = temporaryFolder({ 'ci/a.yaml': 'notify: v2/payment\nfeilds: {}\n' });
    let calls = 0;
    const deliver = (): HandedAnswer => (calls++, accept());
    const problems = await problemsOf({ scenarios: ['payment/paid', 'ci/*.yaml'], cwd, deliver });
    expect(problems).toEqual([
      {
        code: 'unknown-key',
        at: { file: path.join('ci', 'a.yaml'), line: 2, col: 1 },
        message: expect.stringContaining('`feilds`') as string,
        fix: 'Did you mean `fields`?',
      },
    ]);
    expect(calls).toBe(0);
    const said = run({ scenarios: 'ci/a.yaml', merchant, cwd, deliver });
    await expect(said).rejects.toThrow(/ci.a\.yaml:2:1: .*Did you mean `fields`\?/);
  });

  test.each<[string, Partial<RunOptions>, RegExp]>([
    ['no scenario', { scenarios: [], deliver: accept }, /`scenarios` is empty/],
    ['an unknown one', { scenarios: 'payment/piad', deliver: accept }, /Did you mean `payment\/paid`/],
    ['nothing to send to', {}, /nothing to send to.*deliver/],
    ['an unknown variable', { set: { amuont: 1 }, deliver: accept }, /amuont/],
    ['no tag like that', { tags: ['smoek'], deliver: accept }, /smoek.*Did you mean `smoke`/s],
    ['no URL', { target: 'nowhere' }, /no URL/],
    ['an empty name', { scenarios: '', deliver: accept }, /`scenarios` is empty/],
    ...wrongTypes.map(
      ([option, value, message]) =>
        [`${option}: ${String(value)}`, { deliver: accept, [option]: value }, message] as [
          string,
          Partial<RunOptions>,
          RegExp,
        ],
    ),
  ])('%s', async (_, options, message) => {
    const said = run({ scenarios: 'payment/paid', merchant, ...options });
    await expect(said).rejects.toThrow(InputError);
    await expect(run({ scenarios: 'payment/paid', merchant, ...options })).rejects.toThrow(message);
  });

  test('no merchant', async () => {
    const options = { scenarios: 'payment/paid', deliver: accept } as unknown as RunOptions;
    await expect(run(options)).rejects.toThrow(/the merchant has no appid/);
  });

  test('no options', async () => {
    await expect(run(undefined as unknown as RunOptions)).rejects.toThrow(/the merchant has no appid/);
  });

  test('is an InputError by name, and for whoever has the other build', async () => {
    const cjs = createRequire(import.meta.url)(path.join(root, 'dist/index.cjs')) as typeof face;
    expect([InputError.name, cjs.InputError.name]).toEqual(['InputError', 'InputError']);
    const error: unknown = await cjs.run({ scenarios: [], merchant }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(new Error('InputError')).not.toBeInstanceOf(InputError);
    class Own extends InputError {}
    expect([error instanceof Own, new Own([]) instanceof Own]).toEqual([false, true]);
  });
});

describe('options', () => {
  const yaml = 'vars: { note: a }\nnotify: v2/payment\nfields: { attach: "${note}" }\n';

  async function attachOf(options: Partial<RunOptions>): Promise<string | undefined> {
    const cwd = temporaryFolder({ 'a.yaml': yaml });
    let attach: string | undefined;
    const deliver = ({ body = '' }: HandedRequest): HandedAnswer => {
      attach = /<attach><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1];
      return accept();
    };
    await runChecked({ scenarios: 'a.yaml', cwd, deliver, ...options });
    return attach;
  }

  test('vars give way to set', async () => {
    expect(await attachOf({})).toBe('a');
    expect(await attachOf({ vars: { note: 'b' } })).toBe('b');
    expect(await attachOf({ vars: { note: 'b' }, set: { note: 'c' } })).toBe('c');
  });

  test('no configuration is read', async () => {
    const cwd = temporaryFolder({
      'wxnotify.yaml': 'profiles: { a: { target: "http://127.0.0.1:1/", vars: { note: x } } }\ndefault: a\n',
      '.env': 'WXNOTIFY_TARGET=http://127.0.0.1:1/\n',
      'a.yaml': yaml,
    });
    expect(await attachOf({ cwd })).toBe('a');
  });

  test('tags select', async () => {
    const document = await runChecked({ scenarios: 'payment', tags: ['smoke'], deliver: accept });
    expect(document.scenarios.length).toBeGreaterThan(0);
    expect(document.scenarios.every(({ tags }) => tags.includes('smoke'))).toBe(true);
  });

  test('what passes only when it is run again is flaky', async () => {
    let calls = 0;
    const deliver = (): HandedAnswer => (calls++ === 0 ? { status: 500 } : accept());
    const document = await runChecked({ retries: 1, deliver });
    expect(document).toMatchObject({ ok: true, summary: { flaky: 1, passed: 0 } });
    expect(document.scenarios[0]).toMatchObject({ status: 'flaky', attempts: 2 });
  });

  test('workers bound what runs at once', async () => {
    let inside = 0;
    let most = 0;
    const deliver = async (): Promise<HandedAnswer> => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
      return accept();
    };
    await runChecked({ scenarios: 'payscore', workers: 1, deliver });
    expect(most).toBe(1);
    await runChecked({ scenarios: 'payscore', workers: 4, deliver });
    expect(most).toBeGreaterThan(1);
  });

  test('a signal interrupts, and what was done is told', async () => {
    const controller = new AbortController();
    const deliver = (): HandedAnswer => {
      controller.abort();
      return accept();
    };
    const { signal } = controller;
    const document = await runChecked({ scenarios: 'payment', workers: 1, deliver, signal });
    expect(document).toMatchObject({ ok: false, exit: 130, interrupted: true });
    expect(document.summary.skipped).toBeGreaterThan(10);
  });

  test('the process is left as it was', async () => {
    const before = { listeners: process.eventNames(), cwd: process.cwd(), code: process.exitCode };
    await runChecked({ scenarios: 'hostile/refund', deliver: accept });
    expect({ listeners: process.eventNames(), cwd: process.cwd(), code: process.exitCode }).toEqual(before);
  });
});
