/** What a first user stumbled over: the output must not mislead. */
import { describe, expect, test } from 'vitest';
import { merchantEnv, start, temporaryFolder, wxnotify } from '../support/cli.ts';
import { FAIL, startServer, SUCCESS } from '../support/server.ts';

describe('exported tests expect what the scenario does', () => {
  test.each([
    ['forged-signature', 'hurl', 'body not matches'],
    ['paid', 'hurl', '== "SUCCESS"'],
    ['forged-signature', 'k6', 'refused:'],
    ['paid', 'k6', 'acknowledged:'],
  ])('%s as %s', async (scenario, format, part) => {
    const { stdout } = await wxnotify(['build', scenario, '--format', format], { env: merchantEnv });
    expect(stdout).toContain(part);
  });
});

describe('answers that mislead', () => {
  test.each([
    ['{"code":"SUCCESS"}', 'seems to have accepted it'],
    ['success', 'seems to have accepted it'],
    ['', 'did the handler check it?'],
  ])('a forgery answered with %j', async (body, remark) => {
    const { url } = await startServer(body);
    const { status, stdout } = await wxnotify(['send', 'forged-signature', '--target', url], {
      env: merchantEnv,
    });
    expect(status).toBe(0);
    expect(stdout).toContain(remark);
  });

  test('a copy that is refused is told so', async () => {
    let count = 0;
    const { url } = await startServer((_, response) => void response.end(count++ === 0 ? SUCCESS : FAIL));
    const { status, stdout } = await wxnotify(['send', 'duplicate', '--target', url], { env: merchantEnv });
    expect(status).toBe(1);
    expect(stdout).toContain('A copy was refused');
    expect(stdout).not.toContain('Does it use the key');
  });

  test('acknowledged copies say nothing of the books', async () => {
    const { url } = await startServer();
    const cwd = temporaryFolder();
    const once = await wxnotify(['send', 'paid', '--target', url], { env: merchantEnv, cwd });
    const copies = await wxnotify(['send', 'duplicate', '--target', url], { env: merchantEnv, cwd });
    const replayed = await wxnotify(['replay'], { env: merchantEnv, cwd });
    expect([once, copies, replayed].map(({ stdout }) => stdout.includes('credited once'))).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('the amount in the line is the one that was sent', async () => {
    const { url } = await startServer(FAIL);
    const { stdout } = await wxnotify(['send', 'tampered-amount', '--target', url], { env: merchantEnv });
    expect(stdout).toMatch(/✓ v2\/payment {2}0\.01 /);
  });
});

describe('profiles', () => {
  const two =
    'profiles:\n  a: { appid: wx0000000000000001, target: "http://127.0.0.1:1/a" }\n  b: { appid: wx2 }\n';

  test('several, and none chosen', async () => {
    const cwd = temporaryFolder({ 'wxnotify.yaml': two });
    const { status, stderr } = await wxnotify(['send', 'paid'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('wxnotify.yaml has the profiles a, b, and none is chosen: --profile a');
  });

  test('one that was asked for, and .env overrules', async () => {
    const cwd = temporaryFolder({ 'wxnotify.yaml': two, '.env': 'WXNOTIFY_APPID=wx0000000000000009\n' });
    const { stderr } = await wxnotify(['config', '--profile', 'a'], { cwd });
    expect(stderr).toContain('the appid of profile a is overruled by .env (WXNOTIFY_APPID)');
    expect((await wxnotify(['config'], { cwd })).stderr).toBe('');
  });

  test.each([
    ['sign_type: SHA256', '`profiles.a.sign_type` must be MD5 or HMAC-SHA256'],
    ['hosts: staging.example.com', '`profiles.a.hosts` must be a list'],
  ])('%s', async (line, message) => {
    const cwd = temporaryFolder({ 'wxnotify.yaml': `profiles:\n  a:\n    ${line}\n` });
    const { status, stderr } = await wxnotify(['config'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('docs/scenarios.md');
  });
});

test('validate tells the warnings of good files beside the errors of bad ones, and counts both', async () => {
  const cwd = temporaryFolder({
    'scenarios/bad.yaml': 'notify: v2/paymnt\n',
    'scenarios/odd.yaml': 'notify: v2/payment\nfields: { totl_fee: 1 }\n',
  });
  const { status, stderr } = await wxnotify(['validate'], { cwd });
  expect(status).toBe(2);
  expect(stderr).toMatch(/warning: scenarios\/odd\.yaml[\s\S]*error: scenarios\/bad\.yaml/);
  expect(stderr).toContain('1 scenario is valid, with 1 warning, 1 is not');
  const { stdout } = await wxnotify(['validate', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    exit: 2,
    checked: 2,
    problems: [{}],
    warnings: [{}],
  });
});

test('show --json has what is hostile about a scenario', async () => {
  const { stdout } = await wxnotify(['show', 'tampered-amount', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    steps: [{ tamper: { change: { total_fee: 1 } }, expect: { each: { ack: 'REJECTED' } } }],
  });
});

describe('init', () => {
  test('takes the target of the environment; says what looks odd', async () => {
    const cwd = temporaryFolder();
    const env = { WXNOTIFY_TARGET: 'http://127.0.0.1:9/mine' };
    const { status, stderr } = await wxnotify(['init', '--appid', 'foo', '--mch-id', '1x'], { cwd, env });
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /"foo" does not look like an appid[\s\S]*"1x" does not look like a merchant number/,
    );
    const { stdout } = await wxnotify(['config', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ settings: { target: { value: 'http://127.0.0.1:9/mine' } } });
  });

  test('two places for the key are one too many', async () => {
    const { status, stderr } = await wxnotify(['init', '--key-env', 'X', '--key-file', 'k.txt']);
    expect(status).toBe(2);
    expect(stderr).toContain('exclude each other');
  });
});

test('listen tells of senders that had gone, and of requests that are no notifications', async () => {
  const child = start(['listen', '--port', '0', '--delay', '1h']);
  const lines: string[] = [];
  const until = async (what: RegExp): Promise<string> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = what.exec(lines.join(''));
        if (found) resolve(found[0]);
      };
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          lines.push(text);
          look();
        });
      }
      look();
    });
  const url = await until(/http:\S+/);
  await fetch(url);
  await wxnotify(['send', 'paid', '--profile', 'demo', '--target', url, '--timeout', '100ms']);
  await until(/the sender had gone/);
  expect(lines.join('')).toMatch(/GET \/notify {2}not a notification {2}answered HTTP 405/);
});

test('a product call that is only acknowledged has no order', async () => {
  const { url } = await startServer();
  const { status, stdout } = await wxnotify(['send', 'product-call', '--target', url], { env: merchantEnv });
  expect(status).toBe(1);
  expect(stdout).toContain('the order has no result_code');
  expect(stdout).toContain('answer with a signed order');
});

test('a kind that is encrypted with the APIv3 key says so when there is none', async () => {
  const { WXNOTIFY_API_V3_KEY: _, ...env } = merchantEnv;
  const { status, stderr } = await wxnotify(['build', 'check-success'], { env });
  expect(status).toBe(2);
  expect(stderr).toMatch(/APIv3 key, and there is none\n.*WXNOTIFY_API_V3_KEY/);
});

test.each([
  ['an unknown field', 'totl_fee: 1', 'totl_fee is no field'],
  ['a wrong type', 'total_fee: 1.5', 'total_fee is "1.5", which is not an amount in fen'],
  ['an impossible date', 'time_end: "20260231120000"', 'time_end is "20260231120000", which is not a time'],
  [
    '27 digits where 28 are needed',
    'transaction_id: "420000000020260101123456789"',
    'which is not 28 digits',
  ],
  ['a payment that does not add up', 'cash_fee: 99', 'total_fee minus coupon_fee is 100'],
  ['coupons that are not there', 'coupon_fee: 10', 'there is no coupon_fee_0'],
  ['coupons that do not add up', 'coupon_fee_0: 10\n  coupon_fee: 11', 'the coupons add up to 10'],
])('%s is a warning that names the rule, and an error with --strict', async (_, line, message) => {
  const cwd = temporaryFolder({ 'odd.yaml': `notify: v2/payment\nfields:\n  ${line}\n` });
  const lax = await wxnotify(['build', './odd.yaml'], { cwd, env: merchantEnv });
  expect(lax.status).toBe(0);
  expect(lax.stderr).toContain(message);
  expect(lax.stderr).toMatch(/warning: odd\.yaml:\d+:\d+: /);
  const strict = await wxnotify(['build', './odd.yaml', '--strict'], { cwd, env: merchantEnv });
  expect([strict.status, strict.stdout]).toEqual([2, '']);
  expect(strict.stderr).toContain(message);
});

test('a key of 31 characters is a warning, and an error with --strict', async () => {
  const env = { ...merchantEnv, WXNOTIFY_API_KEY: merchantEnv.WXNOTIFY_API_KEY.slice(1) };
  const lax = await wxnotify(['build', 'paid'], { env });
  expect([lax.status, lax.stderr.includes('has 31 characters')]).toEqual([0, true]);
  const strict = await wxnotify(['build', 'paid', '--strict'], { env });
  expect([strict.status, strict.stderr.includes('has 31 characters')]).toEqual([2, true]);
});

test.each([
  ['contract/signed', 'contract_termination_mode=1'],
  ['refund/abnormal', 'success_time=2026-01-01 12:00:00'],
  ['parking/blocked', 'deduct_mode=AUTOPAY'],
])('%s with %s is a warning: that does not come together', async (name, setting) => {
  const { status, stderr } = await wxnotify(['build', name, '--set', setting], { env: merchantEnv });
  expect(status).toBe(0);
  expect(stderr).toContain('is not sent together with the other values here');
  expect((await wxnotify(['build', name, '--set', setting, '--strict'], { env: merchantEnv })).status).toBe(
    2,
  );
});
