/** The platform's request, byte for byte: as `build` prints it, as `build --json` tells it, and as it arrives. */
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listScenarios } from '../../src/scenario/library.ts';
import { merchant, merchantEnv, reported, root, wxnotify } from '../support/cli.ts';
import { startServer } from '../support/server.ts';
import { elements, expectedSign, openEvent, openRefund } from '../support/verifier.ts';

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

/** What is wrong with the hostile ones; everything else is authentic. */
const flaws: Readonly<Record<string, Flaw>> = {
  'hostile/signature/forged-signature': 'forged',
  'hostile/signature/missing-signature': 'unsigned',
  'hostile/refund/refund-wrong-key': 'forged',
  'hostile/signature/tampered-amount': 'tampered',
  'payment/communication-failed': 'unsigned',
};
type Flaw = 'forged' | 'tampered' | 'unsigned';

const library = listScenarios({ builtin: path.join(root, 'scenarios'), own: undefined, root, cwd: root });
/**
 * Flows ask the merchant for the order's number: what they send cannot be built beforehand. API v3 has its own test, and of
 * the hostile ones those of `flaws` are the platform's form but for one thing.
 */
const isBuilt = ({ name }: { name: string }): boolean =>
  !/^(flow|hostile|v3)\//.test(name) || Object.hasOwn(flaws, name);
const scenarios = library.filter(isBuilt).map(({ name, path: file }): [string, number] => {
  const steps = readFileSync(file, 'utf8').match(/^ *(- )?(name: .*\n +)?notify:/gm)?.length ?? 0;
  return [name, steps];
});

test('every built-in scenario is looked at here', async () => {
  const { stdout } = await wxnotify(['list', '--json']);
  const listed = (JSON.parse(stdout) as { scenarios: { name: string }[] }).scenarios
    .filter(isBuilt)
    .map(({ name }) => name);
  expect(listed.sort()).toEqual(scenarios.map(([name]) => name).sort());
  expect(scenarios.length).toBeGreaterThan(35);
});

test.each(scenarios)('%s is printed, told and sent alike, in the platform’s form', async (name, steps) => {
  const flaw = flaws[name];
  const { url, received } = await startServer();
  const all = Array.from({ length: steps }, (_, index) => build(name, index + 1));
  const expectations = ['--times', '1', '--expect', name.startsWith('native/') ? 'REJECTED' : 'SUCCESS'];
  const { report } = await reported(['send', name, '--seed', SEED, '--target', url, ...expectations]);
  const built = await Promise.all(all);
  const printed = built.map(([raw]) => raw);
  expect(report.exit).toBe(0);
  expect(received.map(({ body }) => body.toString())).toEqual(printed);
  expect(built.map(([, { request }]) => request.body)).toEqual(printed);
  expect(report.deliveries.map(({ request }) => request.body)).toEqual(printed);
  for (const [body, told] of built) {
    checkForm(body, told.kind);
    if (told.kind === 'v2/refund') checkRefund(body, flaw === 'forged' ? FORGED_KEY : merchant.api_key);
    else checkSigned(body, told, flaw);
    if (told.kind.startsWith('v2/payscore-')) checkEvent(body, told);
  }
});

/** What `build` and `build --json` print for a step. */
async function build(name: string, step: number): Promise<[raw: string, told: Built]> {
  const args = ['build', name, '--seed', SEED, '--step', String(step)];
  const raw = await wxnotify(args, { env: merchantEnv });
  const json = await wxnotify([...args, '--json'], { env: merchantEnv });
  return [raw.stdout, JSON.parse(json.stdout) as Built];
}

/** Kinds whose real messages, or official samples, do not have the ASCII order. */
const UNORDERED = ['v2/refund', 'v2/contract', 'v2/native-call'];
/** What stands without CDATA in real messages, or in official samples. */
const PLAIN: Readonly<Record<string, readonly string[]>> = {
  'v2/payment': ['coupon_fee', 'total_fee'],
  'v2/deduction': ['coupon_fee', 'total_fee'],
  'v2/refund': ['return_code'],
  'v2/contract': ['contract_code', 'mch_id', 'request_serial', 'sub_mch_id'],
};

function checkForm(body: string, kind: string): void {
  expect(body).toMatch(/^<xml>(\n?<(\w+)>(<!\[CDATA\[(?:(?!\]\]>)[^])+\]\]>|[^<]+)<\/\2>)+\n?<\/xml>$/);
  const names = elements(body).map(([element]) => element);
  if (!UNORDERED.includes(kind)) expect(names).toEqual([...names].sort());
  expect(new Set(names).size).toBe(names.length);
  const plain = Array.from(body.matchAll(/<(\w+)>[^<]/g), ([, element]) => element ?? '');
  expect(plain.sort()).toEqual((PLAIN[kind] ?? []).filter((name) => names.includes(name)));
}

function checkSigned(body: string, told: Built, flaw?: Flaw): void {
  const { signing, fields } = told;
  const pairs = elements(body);
  const values = Object.fromEntries(pairs);
  const key = flaw === 'forged' ? FORGED_KEY : merchant.api_key;
  const hmac = signing?.type === 'HMAC-SHA256';
  if (flaw === 'unsigned') expect(values).not.toHaveProperty('sign');
  else if (flaw === 'tampered') {
    expect(values['sign']).not.toBe(expectedSign(pairs, key));
    const before = pairs.map(([name, value]): [string, string] =>
      name === 'total_fee' || name === 'cash_fee' ? [name, '10000'] : [name, value],
    );
    expect(values['sign']).toBe(expectedSign(before, key));
  } else {
    expect(values['sign']).toBe(expectedSign(pairs, key, signing?.type));
    expect(values['sign']).toMatch(hmac ? /^[0-9A-F]{64}$/ : /^[0-9A-F]{32}$/);
    expect(fields).toMatchObject(withoutComputed(values));
  }
  const named = values['sign_type'] ?? values['algorithm'];
  if (named !== undefined) expect(named).toBe(signing?.type);
  expect(signing?.string_to_sign).toMatch(/&key=\*+$/);
  if (flaw !== undefined) return;
  checkOwner(values, told.kind);
  const text = signing?.string_to_sign.replace(/\*+$/, merchant.api_key) ?? '';
  const hash = hmac ? createHmac('sha256', merchant.api_key) : createHash('md5');
  expect(hash.update(text).digest('hex').toUpperCase()).toBe(values['sign']);
}

function withoutComputed({ sign: _, event_ciphertext: __, ...values }: Record<string, string>): object {
  return values;
}

/** Whose it is stands under other names in some kinds, and a contract has no appid. */
function checkOwner(values: Readonly<Record<string, string>>, kind: string): void {
  const { appid, mch_id } = merchant;
  const owners: Readonly<Record<string, object>> = {
    'v2/contract': { mch_id },
    'v2/combined-payment': { combine_appid: appid, combine_mch_id: mch_id },
    'v2/payscore-check': { app_id: appid, mch_id },
    'v2/payscore-paid': { app_id: appid, mch_id },
  };
  expect(values).toMatchObject(owners[kind] ?? { appid, mch_id });
  if (kind === 'v2/contract') expect(values).not.toHaveProperty('appid');
}

function checkEvent(body: string, { fields }: Built): void {
  const plaintext = openEvent(Object.fromEntries(elements(body)), merchant.api_v3_key);
  expect(plaintext).toMatch(/^<xml>\n<state>/);
  expect(fields).toMatchObject(Object.fromEntries(elements(plaintext)));
}

function checkRefund(body: string, key: string): void {
  const outer = Object.fromEntries(elements(body));
  const required = ['appid', 'mch_id', 'nonce_str', 'req_info', 'return_code'];
  const plainNames = Object.keys(outer).filter((name) => !['sub_appid', 'sub_mch_id'].includes(name));
  expect(plainNames.sort()).toEqual(required);
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
