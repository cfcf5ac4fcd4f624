/** `send`: how a scenario is named, what the flags change, what is wrong before anything is sent, and flows. */
import { describe, expect, test } from 'vitest';
import { merchant, merchantEnv, reported, temporaryFolder, wxnotify } from '../support/cli.ts';
import { FAIL, startServer, type Received } from '../support/server.ts';
import { elements, expectedSign, openRefund } from '../support/verifier.ts';

const env = merchantEnv;
const fields = (request: Received | undefined): Record<string, string> =>
  Object.fromEntries(elements(request?.body.toString() ?? ''));
const refund = (request: Received | undefined): Record<string, string> =>
  Object.fromEntries(elements(openRefund(fields(request)['req_info'] ?? '', merchant.api_key)));

describe('the scenario', () => {
  test.each([
    ['its full name', ['payment/paid'], 'payment/paid'],
    ['its last part', ['paid'], 'payment/paid'],
    ['--scenario', ['--scenario', 'paid-native'], 'payment/paid-native'],
    ['-s', ['-s', 'refund/success'], 'refund/success'],
    ['a path', ['./mine.yaml'], 'mine'],
    ['a path in a folder', ['deep/er.yml'], 'deep/er'],
  ])('named by %s', async (_, named, scenario) => {
    const own = 'summary: own\nnotify: v2/payment\n';
    const cwd = temporaryFolder({ 'mine.yaml': own, 'deep/er.yml': own });
    const { url, received } = await startServer();
    const { report } = await reported(['send', ...named, '--target', url], { cwd });
    expect(report).toMatchObject({ exit: 0, scenario });
    expect(received).toHaveLength(1);
  });

  test('one’s own in ./scenarios hides the built-in one of that name, and can be named by its last part', async () => {
    const own = (attach: string) => `notify: v2/payment\nfields: { attach: ${attach} }\n`;
    const files = { 'scenarios/payment/paid.yaml': own('shadow'), 'scenarios/shop/vip.yaml': own('vip') };
    const cwd = temporaryFolder(files);
    const { url, received } = await startServer();
    for (const name of ['paid', 'payment/paid', 'vip', 'paid-app']) {
      expect((await reported(['send', name, '--target', url], { cwd })).status).toBe(0);
    }
    expect(received.map((request) => fields(request)['attach'])).toEqual([
      'shadow',
      'shadow',
      'vip',
      undefined,
    ]);
  });
});

describe('--set', () => {
  test('a field, and what follows from it; the signature fits', async () => {
    const { url, received } = await startServer();
    const set = ['--set', 'total_fee=990', '--set', 'out_trade_no=A=1', '--set', 'attach=vip & 会员'];
    await reported(['send', 'paid', ...set, '--target', url]);
    const sent = elements(received[0]?.body.toString() ?? '');
    expect(Object.fromEntries(sent)).toMatchObject({
      total_fee: '990',
      cash_fee: '990',
      out_trade_no: 'A=1',
      attach: 'vip & 会员',
    });
    expect(Object.fromEntries(sent)['sign']).toBe(expectedSign(sent, merchant.api_key));
  });

  test('coupons: counts and sums follow', async () => {
    const { url, received } = await startServer();
    const coupons = { coupon_id_0: '7', coupon_type_0: 'CASH', coupon_fee_0: '30', coupon_fee_1: '20' };
    const set = Object.entries(coupons).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
    await reported(['send', 'paid', ...set, '--target', url]);
    expect(fields(received[0])).toMatchObject({
      ...coupons,
      coupon_count: '2',
      coupon_fee: '50',
      cash_fee: '50',
      total_fee: '100',
    });
  });

  test('a variable, in every step', async () => {
    const { url, received } = await startServer();
    await reported(['send', 'partial-then-full', '--set', 'total_fee=2000', '--target', url]);
    expect([fields(received[0]), refund(received[1]), refund(received[2])]).toMatchObject([
      { total_fee: '2000' },
      { total_fee: '2000', refund_fee: '300' },
      { total_fee: '2000', refund_fee: '700' },
    ]);
  });

  test('a value that is no amount is sent as it is, with a warning, and makes no NaN', async () => {
    const { url, received } = await startServer();
    const { status, report } = await reported(['send', 'paid', '--set', 'total_fee=abc', '--target', url]);
    expect(status).toBe(0);
    expect(report.warnings[0]).toMatchObject({ code: 'field-rule' });
    expect(fields(received[0])['total_fee']).toBe('abc');
    expect(received[0]?.body.toString()).not.toContain('NaN');
  });
});

describe('wrong before anything is sent', () => {
  const wrong = { 'wrong.yaml': 'notify: v2/payment\ntimes: many\nexpect: { ack: MAYBE }\n' };
  const unclosed = { 'unclosed.yaml': 'notify: v2/payment\nfields: { total_fee: 1\n' };
  test.each<[string, string[], Record<string, string>, RegExp[]]>([
    ['no scenario', [], {}, [/which scenario\?/, /wxnotify send paid/]],
    [
      'an unknown scenario',
      ['payd'],
      {},
      [/there is no scenario `payd`/, /Did you mean `paid`\?/, /wxnotify list/],
    ],
    ['an unknown full name', ['payment/payed'], {}, [/Did you mean `payment\/paid`\?/]],
    ['an unknown file', ['./nope.yaml'], {}, [/no file \.\/nope\.yaml/]],
    ['an unknown field', ['paid', '--set', 'total_fe=1'], {}, [/total_fe\b/, /Did you mean `total_fee`\?/]],
    ['a --set without a value', ['paid', '--set', 'total_fee'], {}, [/name=value/]],
    ['broken YAML', ['./unclosed.yaml'], unclosed, [/^error: unclosed\.yaml:3:1: not valid YAML/m]],
    [
      'wrong types',
      ['./wrong.yaml'],
      wrong,
      [/^error: wrong\.yaml:2:8: `times`/m, /^error: wrong\.yaml:3:16: `expect.ack` is "MAYBE"/m],
    ],
    ['an unknown word', ['paid', '--expect', 'MAYBE'], {}, [/SUCCESS, FAIL, REJECTED or NONE/]],
    ['no times', ['paid', '--times', '0'], {}, [/whole number, 1 or more/]],
    ['a time without a unit', ['paid', '--every', '500'], {}, [/500ms, 5s or 2m/]],
    ['no timeout at all', ['paid', '--timeout', '0ms'], {}, [/between 1ms and 24 days/]],
  ])('%s: status 2, and why', async (_, args, files, says) => {
    const { url, received } = await startServer();
    const cwd = temporaryFolder(files);
    const { status, stdout, stderr } = await wxnotify(['send', ...args, '--target', url], { cwd, env });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    for (const pattern of says) expect(stderr).toMatch(pattern);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(received).toEqual([]);
  });

  test('every missing credential is named at once', async () => {
    const { status, stderr } = await wxnotify(['send', 'paid', '--target', 'http://127.0.0.1:1/']);
    expect(status).toBe(2);
    for (const name of ['WXNOTIFY_APPID', 'WXNOTIFY_MCH_ID', 'WXNOTIFY_API_KEY'])
      expect(stderr).toContain(name);
  });

  test('no target', async () => {
    const { status, stderr } = await wxnotify(['send', 'paid'], { env });
    expect(status).toBe(2);
    for (const way of ['--target', 'WXNOTIFY_TARGET']) expect(stderr).toContain(way);
  });
});

describe('output', () => {
  test('--quiet says nothing when all is well, and the story when not', async () => {
    const [good, bad] = [await startServer(), await startServer(FAIL)];
    const quiet = (url: string) => wxnotify(['send', 'paid', '--quiet', '--target', url], { env });
    expect(await quiet(good.url)).toEqual({ status: 0, stdout: '', stderr: '' });
    const { status, stdout } = await quiet(bad.url);
    expect(status).toBe(1);
    for (const text of [/expected +SUCCESS/, /got +FAIL: nope/, /failed {2}\(seed /])
      expect(stdout).toMatch(text);
  });

  test('--verbose prints request and answer', async () => {
    const { url, received } = await startServer();
    const { stdout } = await wxnotify(['send', 'paid', '--verbose', '--target', url], { env });
    const lines = stdout.split('\n').map((line) => line.trim());
    expect(lines).toEqual(
      expect.arrayContaining([
        `> POST ${url}`,
        '> Content-Type: text/xml',
        '< HTTP 200',
        '< content-type: text/xml',
      ]),
    );
    expect(lines).toContain(`> ${received[0]?.body.toString() ?? ''}`);
    expect(stdout).toContain('< <xml><return_code><![CDATA[SUCCESS]]></return_code>');
  });

  test('--dry-run shows every request, and sends nothing', async () => {
    const { url, received } = await startServer();
    const args = ['send', 'partial-then-full', '--dry-run', '--seed', 'a', '--target', url];
    const [text, json] = [await wxnotify(args, { env }), await wxnotify([...args, '--json'], { env })];
    expect([text.status, json.status]).toEqual([0, 0]);
    expect(text.stdout.match(new RegExp(`^POST ${url}$`, 'gm'))).toHaveLength(3);
    expect(text.stderr).toContain('Nothing was sent');
    const document = JSON.parse(json.stdout) as { requests: { request: { body: string } }[] };
    expect(document).toMatchObject({
      schema: 'wxnotify/1',
      command: 'send',
      ok: true,
      exit: 0,
      dry_run: true,
      seed: 'a',
      scenario: 'refund/partial-then-full',
      requests: [
        { step: 1, kind: 'v2/payment', times: 1, request: { method: 'POST', url } },
        { step: 2, kind: 'v2/refund', times: 1, request: { method: 'POST', url } },
        { step: 3, kind: 'v2/refund', times: 1, request: { method: 'POST', url } },
      ],
    });
    for (const { request } of document.requests) expect(text.stdout).toContain(`\n\n${request.body}\n\n`);
    expect(received).toEqual([]);
    await wxnotify(
      args.filter((flag) => flag !== '--dry-run'),
      { env },
    );
    expect(received.map(({ body }) => body.toString())).toEqual(
      document.requests.map(({ request }) => request.body),
    );
  });

  test('--dry-run warns of what the platform would not send, as a real send does', async () => {
    const { stderr } = await wxnotify(['send', 'paid', '--dry-run', '--set', 'total_fee=1.5'], { env });
    expect(stderr).toMatch(/warning: .*total_fee is "1.5"/);
  });
});

test.each([
  ['SUCCESS', 0],
  ['success', 0],
  ['FAIL', 1],
  ['REJECTED', 1],
  ['NONE', 1],
])('--expect %s of a merchant that acknowledges: %i', async (word, exit) => {
  const { url } = await startServer();
  const { status, report } = await reported(['send', 'paid', '--expect', word, '--target', url]);
  expect([status, report.exit]).toEqual([exit, exit]);
});

describe('a flow', () => {
  test('refunds refer to the payment before them', async () => {
    const { url, received } = await startServer();
    const { report } = await reported(['send', 'partial-then-full', '--target', url]);
    const [paid, part, rest] = [fields(received[0]), refund(received[1]), refund(received[2])];
    expect(report.deliveries.map(({ step }) => step)).toEqual([1, 2, 3]);
    for (const name of ['out_trade_no', 'transaction_id', 'total_fee']) {
      expect([part[name], rest[name]]).toEqual([paid[name], paid[name]]);
    }
    expect([part['refund_fee'], rest['refund_fee']]).toEqual(['300', '700']);
    expect(part['out_refund_no']).not.toBe(rest['out_refund_no']);
  });

  test('the steps after a failure are skipped, and it says so', async () => {
    const { url, received } = await startServer(FAIL);
    const { status, stdout } = await wxnotify(['send', 'partial-then-full', '--target', url], { env });
    expect(status).toBe(1);
    expect(stdout.match(/skipped/g)).toHaveLength(2);
    expect(stdout).toContain('1 sent: 1 FAIL');
    expect(received).toHaveLength(1);
  });
});
