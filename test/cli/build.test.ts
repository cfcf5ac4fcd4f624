/** `build`: the body's bytes and nothing else, the document, the steps of a flow, and other tools' formats. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { merchant, merchantEnv, reported, temporaryFolder, wxnotify } from '../support/cli.ts';
import { startServer } from '../support/server.ts';
import { elements, expectedSign, openRefund } from '../support/verifier.ts';

const env = merchantEnv;
const SEEDED = ['--seed', '42'];
const body = async (...args: string[]): Promise<string> => {
  const { status, stdout, stderr } = await wxnotify(['build', ...args, ...SEEDED], { env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
};

test('the very bytes that arrive with the same seed', async () => {
  const cwd = temporaryFolder({ 'own.yaml': 'notify: v2/payment\nfields: { attach: "会员 <&> 😀" }\n' });
  const { url, received } = await startServer();
  const args = ['./own.yaml', ...SEEDED];
  const { stdout } = await wxnotify(['build', ...args], { env, cwd });
  await reported(['send', ...args, '--target', url], { cwd });
  expect(received.map((request) => request.body.toString())).toEqual([stdout]);
  expect(stdout).toMatch(/^<xml><appid>.*😀.*<\/xml>$/);
});

describe('--json', () => {
  test('a payment: fields, what was signed with the key masked, the request', async () => {
    const { stdout } = await wxnotify(
      ['build', 'paid', ...SEEDED, '--target', 'http://127.0.0.1:1/n', '--json'],
      { env },
    );
    const document = JSON.parse(stdout) as {
      fields: Record<string, string>;
      signing: { string_to_sign: string };
    };
    const raw = await body('paid');
    const sent = elements(raw);
    expect(Object.keys(document)).toEqual(['schema', 'kind', 'fields', 'signing', 'request']);
    expect(document).toMatchObject({
      schema: 'wxnotify/1',
      kind: 'v2/payment',
      fields: { appid: merchant.appid, mch_id: merchant.mch_id, total_fee: '100', cash_fee: '100' },
      signing: { type: 'MD5' },
    });
    expect({ request: (document as { request?: unknown }).request }).toEqual({
      request: {
        method: 'POST',
        url: 'http://127.0.0.1:1/n',
        headers: {
          'User-Agent': 'Mozilla/4.0',
          Accept: '*/*',
          'Content-Type': 'text/xml',
          Pragma: 'no-cache',
        },
        body: raw,
      },
    });
    const signed = sent.filter(([name]) => name !== 'sign').map(([name, value]) => `${name}=${value}`);
    expect(document.signing.string_to_sign).toMatch(/&key=\*{8}$/);
    expect(document.signing.string_to_sign.replace(/&key=.*/, '')).toBe(signed.sort().join('&'));
    expect(Object.fromEntries(sent)['sign']).toBe(expectedSign(sent, merchant.api_key));
    expect(stdout).not.toContain(merchant.api_key);
  });

  test('a refund carries no signature; without a target there is no url', async () => {
    const { stdout } = await wxnotify(['build', 'refund/success', '--json'], { env });
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'v2/refund',
      fields: { refund_fee: '100', refund_status: 'SUCCESS' },
      signing: null,
      request: { url: null },
    });
  });
});

describe('--step', () => {
  test.each([
    [1, /<total_fee>1000<\/total_fee>/],
    [2, /<refund_fee><!\[CDATA\[300\]\]>/],
    [3, /<refund_fee><!\[CDATA\[700\]\]>/],
  ])('%i of a flow', async (step, says) => {
    const xml = await body('partial-then-full', '--step', String(step));
    const { req_info } = Object.fromEntries(elements(xml)) as Record<string, string | undefined>;
    expect(req_info === undefined ? xml : openRefund(req_info, merchant.api_key)).toMatch(says);
  });

  test('without it the first, and stderr says that there are more', async () => {
    const { stdout, stderr } = await wxnotify(['build', 'partial-then-full', ...SEEDED], { env });
    expect(stdout).toBe(await body('partial-then-full', '--step', '1'));
    expect(stderr).toMatch(/1 of 3.*--step/);
  });

  test.each(['4', '0', 'x'])('%s is none of three', async (step) => {
    const { status, stdout } = await wxnotify(['build', 'partial-then-full', '--step', step], { env });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('--format', () => {
  const written = async (format: string, url = 'http://127.0.0.1:1/n'): Promise<string> =>
    body('refund/success', '--format', format, '--target', url);

  test('curl, run by bash', async (context) => {
    const run = promisify(execFile);
    await run('curl', ['--version']).catch(() => context.skip('there is no curl here'));
    const { url, received } = await startServer();
    const { stdout } = await run('bash', ['-c', await written('curl', url)]);
    expect(stdout).toContain('return_code');
    expect(received.map((request) => request.body.toString())).toEqual([await body('refund/success')]);
    expect(received[0]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'text/xml', 'user-agent': 'Mozilla/4.0', pragma: 'no-cache', accept: '*/*' },
    });
  });

  test('k6: JavaScript with that body', async () => {
    const script = await written('k6');
    expect(script).toContain(JSON.stringify(await body('refund/success')));
    const plain = script.replace(/^import .*$/gm, '').replace('export default ', 'const run = ');
    expect(() => new Script(plain)).not.toThrow();
  });

  test('postman: a collection of version 2.1', async () => {
    expect(JSON.parse(await written('postman'))).toMatchObject({
      info: { schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      item: [
        {
          request: {
            method: 'POST',
            url: 'http://127.0.0.1:1/n',
            header: expect.arrayContaining([{ key: 'Content-Type', value: 'text/xml' }]) as unknown,
            body: { mode: 'raw', raw: await body('refund/success') },
          },
        },
      ],
    });
  });

  test('hurl', async () => {
    const [first, ...lines] = (await written('hurl')).split('\n');
    const base64 = lines.find((line) => line.startsWith('base64,'))?.slice('base64,'.length, -1) ?? '';
    expect(first).toBe('POST http://127.0.0.1:1/n');
    expect(Buffer.from(base64, 'base64').toString()).toBe(await body('refund/success'));
    expect(lines).toContain('HTTP 200');
  });

  test('http', async () => {
    const text = await written('http');
    expect(text).toContain('\nPOST http://127.0.0.1:1/n\nUser-Agent: Mozilla/4.0\n');
    expect(text.split('\n\n')[1]).toBe(`${await body('refund/success')}\n`);
  });

  test.each(['soap', 'CURL', 'constructor'])('%s is none: status 2, and those that are', async (format) => {
    const { status, stdout, stderr } = await wxnotify(['build', 'paid', '--format', format], { env });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/curl, hurl, http, postman, k6/);
  });
});

test('--strict: what the platform would not send is an error, and nothing is printed', async () => {
  const args = ['build', 'paid', '--set', 'total_fee=1.5'];
  const [lax, strict] = [await wxnotify(args, { env }), await wxnotify([...args, '--strict'], { env })];
  expect(lax.status).toBe(0);
  expect(lax.stderr).toMatch(/^warning: .*total_fee is "1.5"/m);
  expect(strict).toMatchObject({ status: 2, stdout: '' });
  expect(strict.stderr).toMatch(/^error: .*total_fee is "1.5"/m);
});
