/** API v3 end to end: what is sent is verified by a second implementation, with a key that `keys new` made. */
import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeCertificate } from '../../src/platform/certificate.ts';
import { merchant, merchantEnv, reported, start, temporaryFolder, wxnotify } from '../support/cli.ts';
import { freePort, startServer, type TestServer } from '../support/server.ts';
import { openResource, refusal, type Trust } from '../support/v3-verifier.ts';

interface Shop {
  readonly cwd: string;
  readonly trust: Trust;
}

/** A folder with a stand-in key, and what a merchant knows of it. */
async function shop(files: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const cwd = temporaryFolder({ 'wxnotify.yaml': 'profiles: {}\n', ...files });
  expect(await wxnotify(['keys', 'new'], { cwd, env: merchantEnv })).toMatchObject({ status: 0 });
  const pem = readFileSync(path.join(cwd, '.wxnotify/default/platform/certificate.pem'), 'utf8');
  const serial = new X509Certificate(pem).serialNumber.replace(/^0+/, '');
  return { cwd, trust: { publicKey: createPublicKey(pem), serial, apiV3Key: merchant.api_v3_key } };
}

/** A merchant who verifies, and answers as API v3 wants it. */
async function startV3Merchant(trust: () => Trust): Promise<TestServer> {
  return startServer((received, response) => {
    const reason = refusal(received, trust());
    if (reason === undefined) response.writeHead(204).end();
    else response.writeHead(401).end(JSON.stringify({ code: 'FAIL', message: reason }));
  });
}

const v3 = (rest = ''): string => `notify: v3/transaction\n${rest}`;

describe('send', () => {
  test('is signed of now, and encrypted: a second implementation accepts and opens it', async () => {
    const { cwd, trust } = await shop();
    const { url, received } = await startV3Merchant(() => trust);
    const args = [
      'send',
      'paid-v3',
      '--set',
      'out_trade_no=A1',
      '--set',
      'amount.total=990',
      '--target',
      url,
    ];
    const { report, status } = await reported(args, { cwd });
    expect(report).toMatchObject({ exit: 0, summary: { acks: { SUCCESS: 1 } }, warnings: [] });
    expect(status).toBe(0);
    const [one] = received;
    expect(one && openResource(one.body, trust.apiV3Key)).toMatchObject({
      mchid: merchant.mch_id,
      out_trade_no: 'A1',
      amount: { total: 990 },
    });
    expect(one?.headers['content-type']).toBe('application/json');
  });

  test.each([
    ['one after the other', ['--times', '3']],
    ['as a race', ['--times', '3', '--race']],
    ['as a load', ['--times', '30', '--concurrency', '2']],
    ['each an order of its own', ['--times', '3', '--unique']],
    ['a load of orders', ['--times', '90', '--concurrency', '3', '--unique']],
  ])('signs every copy anew, %s', async (_, flags) => {
    const { cwd, trust } = await shop();
    const { url, received } = await startV3Merchant(() => trust);
    const { report } = await reported(['send', 'paid-v3', ...flags, '--target', url], { cwd });
    const times = Number(flags[1]);
    expect(report.summary.acks).toEqual({ SUCCESS: times });
    expect(new Set(received.map(({ headers }) => headers['wechatpay-signature'])).size).toBe(times);
    expect(new Set(received.map(({ headers }) => headers['wechatpay-nonce'])).size).toBe(times);
    const bodies = new Set(received.map(({ body }) => body.toString()));
    expect(bodies.size).toBe(flags.includes('--unique') ? times : 1);
  });

  test('with --seed is the same bytes, headers too, and says that they are old', async () => {
    const { cwd } = await shop();
    const { url, received } = await startServer((_, response) => void response.writeHead(204).end());
    const runs = [1, 2].map(async () => reported(['send', 'paid-v3', '--times', '2', '--seed', '42', '--target', url], { cwd })); // prettier-ignore
    const [first] = await Promise.all(runs);
    expect(first?.report.warnings.map(({ message }) => message).join()).toContain('2026-01-01 04:00:00 UTC');
    const requests = received.map(({ rawHeaders, body }) => [
      rawHeaders
        .filter((_, index) => rawHeaders[index - (index % 2)]?.toLowerCase() !== 'connection')
        .join('\n'),
      body.toString(),
    ]);
    expect(requests).toHaveLength(4);
    expect(new Set(requests.map(String)).size).toBe(1);
  });

  test('a load of orders with --seed has the same ones as one after the other', async () => {
    const { cwd } = await shop();
    const numbers = async (...flags: string[]): Promise<unknown[]> => {
      const { url, received } = await startServer((_, response) => void response.writeHead(204).end());
      const args = ['send', 'paid-v3', '--times', '30', '--unique', '--seed', '42', ...flags];
      await reported([...args, '--target', url], { cwd });
      return received.map(({ headers, body }) => [headers['request-id'], body.toString()]);
    };
    const [load, paced] = [await numbers(), await numbers('--every', '1ms')];
    expect(load).toHaveLength(30);
    expect(load).toEqual(paced);
  });

  test.each([
    [200, '{"code":"FAIL","message":"no"}', 'SUCCESS'],
    [200, '', 'SUCCESS'],
    [204, '', 'SUCCESS'],
    [500, '{"code":"FAIL","message":"no"}', 'FAIL'],
    [404, 'not here', 'INVALID'],
    [302, '', 'INVALID'],
  ])('an answer of %i %s is %s', async (status, body, ack) => {
    const { cwd } = await shop();
    const { url } = await startServer((_, response) => void response.writeHead(status).end(body));
    const { report } = await reported(['send', 'paid-v3', '--target', url], { cwd });
    expect(report.deliveries[0]?.ack).toBe(ack);
    expect(report.exit).toBe(ack === 'SUCCESS' ? 0 : 1);
  });

  test('tells what to answer instead, in the words of API v3', async () => {
    const { cwd } = await shop();
    const { url } = await startServer((_, response) => void response.writeHead(201).end());
    const { stdout } = await wxnotify(['send', 'paid-v3', '--target', url], { cwd, env: merchantEnv });
    expect(stdout).toContain('Answer with HTTP 200 or 204');
    const accepting = await startServer((_, response) => void response.writeHead(200).end('{"code":"FAIL"}'));
    const forged = await wxnotify(['send', 'forged-signature-v3', '--target', accepting.url], { cwd, env: merchantEnv }); // prettier-ignore
    expect(forged.status).toBe(1);
    expect(forged.stdout).toContain('whatever the body says');
  });

  test.each([
    [-11, '11 minutes behind ours'],
    [180, '3 hours ahead of ours'],
  ])('says that clocks differ: the server’s is off by %i minutes', async (minutes, text) => {
    const { cwd } = await shop();
    const { url } = await startServer((_, response) => {
      const date = new Date(Date.now() + minutes * 60_000).toUTCString();
      response.writeHead(401, { date }).end('{"code":"FAIL","message":"timestamp"}');
    });
    const { stdout } = await wxnotify(['send', 'paid-v3', '--target', url], { cwd, env: merchantEnv });
    expect(stdout).toContain(`By the answer’s Date, the server’s clock is ${text}`);
  });

  test('says that a signature is old, and how to make it anew', async () => {
    const { cwd, trust } = await shop();
    const { url } = await startV3Merchant(() => trust);
    const args = ['send', 'paid-v3', '--seed', '1f2e3d4c-1577836800', '--target', url];
    const { stdout } = await wxnotify(args, { cwd, env: merchantEnv });
    expect(stdout).toMatch(/It was signed \d+ days before it was sent.*`wxnotify replay` signs/);
    const again = await wxnotify(['replay'], { cwd, env: merchantEnv });
    expect(again).toMatchObject({ status: 0 });
  });

  test('with a certificate that has expired it says so, and sends', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const dates = { from: new Date(Date.UTC(2019, 0, 1)), to: new Date(Date.UTC(2020, 0, 1)) };
    const cwd = temporaryFolder({
      'key.pem': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      'old.pem': makeCertificate(privateKey, { serial: '7B'.repeat(20), ...dates }),
    });
    const { url, received } = await startServer((_, response) => void response.writeHead(204).end());
    const env = { ...merchantEnv, WXNOTIFY_V3_KEY_FILE: 'key.pem', WXNOTIFY_V3_CERTIFICATE_FILE: 'old.pem' };
    const message = 'valid from 2019-01-01 to 2020-01-01, and not today';
    for (const command of ['send', 'run']) {
      const { status, stderr } = await wxnotify([command, 'paid-v3', '--target', url], { cwd, env });
      expect(status).toBe(0);
      expect(stderr).toContain(message);
    }
    expect(received).toHaveLength(2);
    const shown = await wxnotify(['keys', 'show'], { cwd, env });
    expect(shown.stdout).toContain('valid from 2019-01-01 to 2020-01-01: it is EXPIRED');
  });

  test('without a platform key it says what to do, and sends nothing', async () => {
    const { url, received } = await startServer();
    const cwd = temporaryFolder();
    const result = await wxnotify(['send', 'paid-v3', '--target', url], { cwd, env: merchantEnv });
    expect(result.status).toBe(2);
    expect(result.stderr).toContain('wxnotify keys new');
    expect(result.stderr).toContain('--profile demo');
    expect(received).toEqual([]);
  });

  test('needs no key of API v2, and API v2 none of the platform', async () => {
    const { cwd, trust } = await shop();
    const { url } = await startV3Merchant(() => trust);
    const { WXNOTIFY_API_KEY: _, ...env } = merchantEnv;
    expect(await wxnotify(['send', 'paid-v3', '--target', url], { cwd, env })).toMatchObject({ status: 0 });
    const v2 = await wxnotify(['send', 'paid', '--target', url], { cwd, env });
    expect(v2).toMatchObject({ status: 2 });
    expect(v2.stderr).toContain('missing: the API key');
  });
});

describe('build', () => {
  test('prints the body, the string to sign, and no key', async () => {
    const { cwd, trust } = await shop();
    const { stdout } = await wxnotify(['build', 'paid-v3', '--seed', '42', '--json'], {
      cwd,
      env: merchantEnv,
    });
    const { signing, request, fields } = JSON.parse(stdout) as {
      signing: { type: string; string_to_sign: string };
      request: { headers: Record<string, string>; body: string };
      fields: Record<string, string>;
    };
    const { headers, body } = request;
    expect(signing.type).toBe('WECHATPAY2-SHA256-RSA2048');
    expect(signing.string_to_sign).toBe(`${headers['Wechatpay-Timestamp']}\n${headers['Wechatpay-Nonce']}\n${body}\n`); // prettier-ignore
    expect(headers['Wechatpay-Serial']).toBe(trust.serial);
    expect(openResource(Buffer.from(body), trust.apiV3Key)).toMatchObject({
      out_trade_no: fields['out_trade_no'],
    });
    expect(stdout).not.toContain(merchant.api_v3_key);
  });
});

test.each([
  ['hurl', 'status != 203', 'return_code'],
  ['k6', 'r.status === 204', 'return_code'],
  ['postman', '"language": "json"', 'xml'],
])('build --format %s expects what API v3 counts', async (format, there, absent) => {
  const { stdout, stderr } = await wxnotify(['build', 'paid-v3', '--profile', 'demo', '--format', format]);
  expect(stdout).toContain(there);
  expect(stdout).not.toContain(absent);
  expect(stderr).toContain('five minutes');
});

describe('replay', () => {
  test('signs the same body again; --exact sends the old bytes', async () => {
    const { cwd, trust } = await shop();
    const { url, received } = await startV3Merchant(() => trust);
    await reported(['send', 'paid-v3', '--target', url], { cwd });
    const again = await reported(['replay', '--times', '2'], { cwd });
    expect(again.report.summary.acks).toEqual({ SUCCESS: 2 });
    await reported(['replay', '--exact'], { cwd });
    expect(new Set(received.map(({ body }) => body.toString())).size).toBe(1);
    const signatures = received.map(({ headers }) => headers['wechatpay-signature']);
    expect(signatures).toHaveLength(4);
    expect(new Set(signatures.slice(0, 3)).size).toBe(3);
    expect(signatures[3]).toBe(signatures[2]); // the latest delivery, as it was
  });

  test('does not heal what was tampered with', async () => {
    const { cwd, trust } = await shop();
    const { url, received } = await startV3Merchant(() => trust);
    await reported(['send', 'forged-signature-v3', '--target', url], { cwd });
    const { report } = await reported(['replay'], { cwd });
    expect(report.deliveries[0]).toMatchObject({ ack: 'FAIL', message: 'signature' });
    expect(received[1]?.headers['wechatpay-signature']).toBe(received[0]?.headers['wechatpay-signature']);
  });

  test('without a key it offers the old bytes, which need none', async () => {
    const { cwd, trust } = await shop();
    const { url } = await startV3Merchant(() => trust);
    await reported(['send', 'paid-v3', '--target', url], { cwd });
    const elsewhere = temporaryFolder();
    const state = ['--state', path.join(cwd, '.state')];
    const refused = await wxnotify(['replay', ...state], { cwd: elsewhere, env: merchantEnv });
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('--exact');
    expect(await wxnotify(['replay', '--exact', ...state], { cwd: elsewhere })).toMatchObject({ status: 0 });
  });
});

describe('tamper', () => {
  test.each([
    ['signature: break', 'signature'],
    ['signature: other-message', 'signature'],
    ['bytes: newline', 'signature'],
    ['change: { amount.total: 1 }', 'signature'],
    ['timestamp: old', /^timestamp/],
    ['timestamp: future', /^timestamp/],
    ['serial: wrong', /^serial/],
    ['headers: { Wechatpay-Signature: null }', 'signature'],
  ])('%s: a second implementation refuses it', async (tamper, reason) => {
    const { cwd, trust } = await shop({ 'a.yaml': v3(`tamper: { ${tamper} }\n`) });
    const { url } = await startV3Merchant(() => trust);
    const { report } = await reported(['send', './a.yaml', '--target', url], { cwd });
    expect(report).toMatchObject({ exit: 0 });
    expect(report.deliveries[0]?.ack).toBe('FAIL');
    expect(report.deliveries[0]?.message).toEqual(
      typeof reason === 'string' ? reason : expect.stringMatching(reason),
    );
  });

  test.each(['timestamp: late', 'header_names: upper-case'])('%s must be accepted', async (tamper) => {
    const { cwd, trust } = await shop({ 'a.yaml': v3(`tamper: { ${tamper} }\n`) });
    const { url } = await startV3Merchant(() => trust);
    const { report } = await reported(['send', './a.yaml', '--target', url], { cwd });
    expect(report).toMatchObject({ exit: 0, summary: { acks: { SUCCESS: 1 } } });
  });

  test.each([
    ['v3/transaction', 'tamper: { sign: drop }', '2:11', '`sign` is of API v2'],
    ['v2/payment', 'tamper: { signature: drop }', '2:11', '`signature` is of API v3'],
    ['v3/transaction', 'sign_type: MD5', '2:1', '`sign_type` is of API v2'],
    ['v3/transaction', 'tamper: { drop: nothing }', '2:11', 'nothing is not in the message'],
    ['v3/transaction', 'tamper: { key: short }', '2:11', 'an APIv3 key has 32 bytes'],
    ['v3/transaction', 'tamper: { duplicate: X-Nothing }', '2:11', 'X-Nothing is not among the headers'],
    ['v3/transaction', 'fields: { envelope.resource.ciphertext: x }', '2:11', 'is computed'],
  ])('%s with %s is told with its place', async (kind, line, place, message) => {
    const cwd = temporaryFolder({ 'a.yaml': `notify: ${kind}\n${line}\n` });
    const { status, stdout, stderr } = await wxnotify(['validate', 'a.yaml'], { cwd });
    expect(status).toBe(2);
    expect(stdout + stderr).toContain(`a.yaml:${place}`);
    expect(stdout + stderr).toContain(message);
  });
});

test('listen verifies API v3 with nothing of API v2, and refuses what it has no key for', async () => {
  const { cwd } = await shop();
  const { WXNOTIFY_API_KEY: _, ...env } = merchantEnv;
  const port = await freePort();
  const listening = start(['listen', '--port', String(port)], { cwd, env });
  await new Promise((resolve) => listening.stderr?.once('data', resolve));
  const target = `http://127.0.0.1:${port}/notify`;
  const { report } = await reported(['send', 'paid-v3', '--target', target], { cwd });
  expect(report.summary.acks).toEqual({ SUCCESS: 1 });
  const v2 = await reported(['send', 'paid', '--target', target], { cwd });
  expect(v2.report.deliveries[0]).toMatchObject({
    ack: 'FAIL',
    message: 'API v2, and this merchant has no API key',
  });
});

test('listen trusts the key before while keys change, and either name of a key', async () => {
  const { cwd } = await shop();
  expect((await wxnotify(['keys', 'new', '--rotate'], { cwd, env: merchantEnv })).status).toBe(0);
  const port = await freePort();
  const listening = start(['listen', '--port', String(port)], { cwd, env: merchantEnv });
  await new Promise((resolve) => listening.stderr?.once('data', resolve));
  const before = '.wxnotify/default/platform-before';
  const senders = [
    {},
    { WXNOTIFY_V3_MODE: 'public-key' },
    {
      WXNOTIFY_V3_KEY_FILE: `${before}/key.pem`,
      WXNOTIFY_V3_CERTIFICATE_FILE: `${before}/certificate.pem`,
    },
  ];
  const args = ['send', 'paid-v3', '--target', `http://127.0.0.1:${port}/notify`];
  const results = await Promise.all(
    senders.map(async (env) => wxnotify(args, { cwd, env: { ...merchantEnv, ...env } })),
  );
  expect(results.map(({ status }) => status)).toEqual([0, 0, 0]);
});

test('run, validate, list, show and fields know API v3', async () => {
  const { cwd, trust } = await shop({ 'scenarios/mine.yaml': v3('tags: [mine]\n') });
  const { url } = await startV3Merchant(() => trust);
  const run = await wxnotify(['run', 'mine', 'hostile/v3', '--target', url], { cwd, env: merchantEnv });
  expect(run.stdout).toContain('wrong-aead-key-v3'); // the second implementation does not open what it acknowledges
  expect(run.status).toBe(1);
  expect((await wxnotify(['run', 'mine', 'v3/transaction', '--target', url], { cwd, env: merchantEnv })).status).toBe(0); // prettier-ignore
  expect((await wxnotify(['validate', '--strict'], { cwd })).status).toBe(0);
  expect((await wxnotify(['list'], { cwd })).stdout).toContain('v3/refund/success-v3');
  expect((await wxnotify(['show', 'paid-v3'], { cwd })).stdout).toContain('notify: v3/transaction');
  const fields = await wxnotify(['fields', 'v3/refund'], { cwd });
  expect(fields.stdout).toContain('envelope.event_type');
  expect((await wxnotify(['fields'], { cwd })).stdout).toContain('v3/combined-transaction');
});
