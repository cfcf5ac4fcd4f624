/** The platform's request, byte for byte: as `build` prints it, as `build --json` tells it, and as it arrives. */
import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { merchant, merchantEnv, reported, wxnotify } from '../support/cli.ts';
import { startServer } from '../support/server.ts';
import { elements, expectedSign, openRefund } from '../support/verifier.ts';

const FORGED_KEY = '0'.repeat(32);
const SEED = 'wire';

interface Built {
  readonly kind: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly signing: { readonly type: string; readonly string_to_sign: string } | null;
  readonly request: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
}

/** Every built-in scenario with its number of steps and what is wrong with it. */
const scenarios: readonly [name: string, steps: number, flaw?: 'forged' | 'tampered' | 'unsigned'][] = [
  ['hostile/forged-signature', 1, 'forged'],
  ['hostile/missing-signature', 1, 'unsigned'],
  ['hostile/refund-wrong-key', 1, 'forged'],
  ['hostile/tampered-amount', 1, 'tampered'],
  ['hostile/wrong-amount', 2],
  ['payment/duplicate', 1],
  ['payment/failed', 1],
  ['payment/paid', 1],
  ['payment/paid-app', 1],
  ['payment/paid-h5', 1],
  ['payment/paid-hmac', 1],
  ['payment/paid-native', 1],
  ['payment/paid-service-provider', 1],
  ['payment/paid-with-coupon', 1],
  ['refund/abnormal', 1],
  ['refund/closed', 1],
  ['refund/partial-then-full', 3],
  ['refund/success', 1],
];

test('every built-in scenario is looked at here', async () => {
  const { stdout } = await wxnotify(['list', '--json']);
  const listed = (JSON.parse(stdout) as { scenarios: { name: string }[] }).scenarios.map(({ name }) => name);
  expect(listed.sort()).toEqual(scenarios.map(([name]) => name));
});

test.each(scenarios)(
  '%s is printed, told and sent alike, in the platform’s form',
  async (name, steps, flaw) => {
    const { url, received } = await startServer();
    const all = Array.from({ length: steps }, (_, index) => build(name, index + 1));
    const expectations = ['--times', '1', '--expect', 'SUCCESS'];
    const { report } = await reported(['send', name, '--seed', SEED, '--target', url, ...expectations]);
    const built = await Promise.all(all);
    const printed = built.map(([raw]) => raw);
    expect(report.exit).toBe(0);
    expect(received.map(({ body }) => body.toString())).toEqual(printed);
    expect(built.map(([, { request }]) => request.body)).toEqual(printed);
    expect(report.deliveries.map(({ request }) => request.body)).toEqual(printed);
    for (const [body, told] of built) {
      checkForm(body);
      if (told.kind === 'v2/refund') checkRefund(body, flaw === 'forged' ? FORGED_KEY : merchant.api_key);
      else checkPayment(body, told, flaw);
    }
  },
);

/** What `build` and `build --json` print for a step. */
async function build(name: string, step: number): Promise<[raw: string, told: Built]> {
  const args = ['build', name, '--seed', SEED, '--step', String(step)];
  const raw = await wxnotify(args, { env: merchantEnv });
  const json = await wxnotify([...args, '--json'], { env: merchantEnv });
  return [raw.stdout, JSON.parse(json.stdout) as Built];
}

function checkForm(body: string): void {
  expect(body).toMatch(/^<xml>(\n?<(\w+)>(<!\[CDATA\[[^\]]+\]\]>|\w+)<\/\2>)+\n?<\/xml>$/);
  const names = elements(body).map(([element]) => element);
  if (!names.includes('req_info')) expect(names).toEqual([...names].sort());
  expect(new Set(names).size).toBe(names.length);
  const plain = Array.from(body.matchAll(/<(\w+)>[^<]/g), ([, element]) => element);
  // The official sample of a refund has its outer return_code without CDATA.
  expect(plain).toEqual(names.includes('req_info') ? ['return_code'] : ['total_fee']);
}

function checkPayment(body: string, { signing, fields }: Built, flaw?: string): void {
  const pairs = elements(body);
  const values = Object.fromEntries(pairs);
  const key = flaw === 'forged' ? FORGED_KEY : merchant.api_key;
  const hmac = values['sign_type'] === 'HMAC-SHA256';
  expect(values).toMatchObject({ appid: merchant.appid, mch_id: merchant.mch_id, return_code: 'SUCCESS' });
  if (flaw === 'unsigned') expect(values).not.toHaveProperty('sign');
  else if (flaw === 'tampered') {
    expect(values['sign']).not.toBe(expectedSign(pairs, key));
    const before = pairs.map(([name, value]): [string, string] =>
      name === 'total_fee' || name === 'cash_fee' ? [name, '10000'] : [name, value],
    );
    expect(values['sign']).toBe(expectedSign(before, key));
  } else {
    expect(values['sign']).toBe(expectedSign(pairs, key, values['sign_type']));
    expect(values['sign']).toMatch(hmac ? /^[0-9A-F]{64}$/ : /^[0-9A-F]{32}$/);
    const { sign: _, ...signed } = values;
    expect(fields).toEqual(signed);
  }
  expect(signing?.type).toBe(hmac ? 'HMAC-SHA256' : 'MD5');
  expect(signing?.string_to_sign).toMatch(/&key=\*+$/);
  if (flaw !== undefined) return;
  const text = signing?.string_to_sign.replace(/\*+$/, merchant.api_key) ?? '';
  const hash = hmac ? createHmac('sha256', merchant.api_key) : createHash('md5');
  expect(hash.update(text).digest('hex').toUpperCase()).toBe(values['sign']);
}

function checkRefund(body: string, key: string): void {
  const outer = Object.fromEntries(elements(body));
  expect(Object.keys(outer).sort()).toEqual(['appid', 'mch_id', 'nonce_str', 'req_info', 'return_code']);
  expect(outer).toMatchObject({ appid: merchant.appid, mch_id: merchant.mch_id, return_code: 'SUCCESS' });
  const plaintext = openRefund(outer['req_info'] ?? '', key);
  expect(plaintext).toMatch(/^<root>\n<\w+><!\[CDATA\[/);
  const inner = elements(plaintext);
  const names = inner.map(([name]) => name);
  expect(names).toEqual([...names].sort());
  const values = Object.fromEntries(inner);
  expect(Object.keys(values)).toEqual(
    expect.arrayContaining([
      'transaction_id',
      'out_trade_no',
      'refund_id',
      'out_refund_no',
      'total_fee',
      'refund_fee',
    ]),
  );
  expect('success_time' in values).toBe(values['refund_status'] === 'SUCCESS');
  if (key === FORGED_KEY)
    expect(() => elements(openRefund(outer['req_info'] ?? '', merchant.api_key))).toThrow();
}

test('a flow’s refunds belong to its payment', async () => {
  const { url, received } = await startServer();
  await reported(['send', 'refund/partial-then-full', '--target', url]);
  const [payment, first, second] = received.map(({ body }) => elements(body.toString()));
  const paid = Object.fromEntries(payment ?? []);
  const refunds = [first, second].map((outer) => {
    const { req_info = '' } = Object.fromEntries(outer ?? []);
    return Object.fromEntries(elements(openRefund(req_info, merchant.api_key)));
  });
  const { out_trade_no, transaction_id } = paid;
  expect(refunds).toMatchObject([
    { out_trade_no, transaction_id, total_fee: '1000', refund_fee: '300' },
    { out_trade_no, transaction_id, total_fee: '1000', refund_fee: '700' },
  ]);
  expect(new Set(refunds.map(({ refund_id }) => refund_id)).size).toBe(2);
});

test('the request line and the headers are the platform’s, and no others', async () => {
  const { url, received } = await startServer();
  const attach = '中文 🎉 <&>"\' ]]>';
  await reported(['send', 'paid', '--target', url, '--set', `attach=${attach}`]);
  const [request] = received;
  const names = request?.rawHeaders.filter((_, index) => index % 2 === 0) ?? [];
  expect(request).toMatchObject({ method: 'POST', url: '/notify' });
  expect(names.map((name) => name.toLowerCase()).sort()).toEqual([
    'accept',
    'connection',
    'content-length',
    'content-type',
    'host',
    'pragma',
    'user-agent',
  ]);
  for (const name of ['User-Agent', 'Accept', 'Content-Type', 'Pragma']) expect(names).toContain(name);
  expect(request?.headers).toMatchObject({
    host: new URL(url).host,
    'user-agent': 'Mozilla/4.0',
    accept: '*/*',
    'content-type': 'text/xml',
    pragma: 'no-cache',
    'content-length': String(request?.body.length),
  });
  expect(request?.headers.connection).toMatch(/^keep-alive$/i);
  const pairs = elements(request?.body.toString() ?? '');
  const values = Object.fromEntries(pairs);
  expect(values['attach']).toBe(attach);
  expect(values['sign']).toBe(expectedSign(pairs, merchant.api_key));
});

test('copies are the same bytes', async () => {
  const { url, received } = await startServer();
  await reported(['send', 'duplicate', '--target', url, '--concurrency', '3']);
  expect(received).toHaveLength(3);
  expect(new Set(received.map(({ body }) => body.toString())).size).toBe(1);
});
