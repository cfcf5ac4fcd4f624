/** The commands that look, build and send again. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { merchantEnv, root, temporaryFolder, wxnotify } from '../support/cli.ts';
import { FAIL, startServer } from '../support/server.ts';

const env = merchantEnv;

describe('build', () => {
  test('prints exactly the bytes that are sent', async () => {
    const { url, received } = await startServer();
    const built = await wxnotify(['build', '--scenario', 'refund/success', '--seed', 'a'], { env });
    await wxnotify(['send', 'refund/success', '--seed', 'a', '--target', url], { env });
    expect(built.stdout).toBe(received[0]?.body.toString());
  });

  test('--json has the request and the string to sign, the key masked', async () => {
    const { stdout } = await wxnotify(['build', 'paid', '--json', '--seed', 'a', '--set', 'attach=a&b'], {
      env,
    });
    const built = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(built)).toEqual(['schema', 'kind', 'fields', 'signing', 'request']);
    expect(built).toMatchObject({
      schema: 'wxnotify/1',
      kind: 'v2/payment',
      fields: { attach: 'a&b', total_fee: '100' },
      signing: {
        type: 'MD5',
        string_to_sign: expect.stringMatching(/^appid=.*&attach=a&b&.*&key=\*{8}$/) as string,
      },
      request: { method: 'POST', url: null, headers: { 'Content-Type': 'text/xml' } },
    });
  });

  test('a step of a flow', async () => {
    const first = await wxnotify(['build', 'partial-then-full'], { env });
    expect(first.stdout).toMatch(/^<xml><appid>/);
    expect(first.stderr).toContain('Step 1 of 3');
    const second = await wxnotify(['build', 'partial-then-full', '--step', '2'], { env });
    expect(second).toMatchObject({ stdout: expect.stringContaining('<req_info>') as string, stderr: '' });
    expect(await wxnotify(['build', 'partial-then-full', '--step', '4'], { env })).toMatchObject({
      status: 2,
      stdout: '',
    });
  });

  test('--format', async () => {
    const { stdout } = await wxnotify(
      ['build', 'paid', '--format', 'curl', '--target', 'http://127.0.0.1:9/x'],
      { env },
    );
    expect(stdout).toMatch(/^curl -i -X POST 'http:\/\/127\.0\.0\.1:9\/x'/);
    const wrong = await wxnotify(['build', 'paid', '--format', 'culr'], { env });
    expect(wrong).toMatchObject({ status: 2, stdout: '' });
    expect(wrong.stderr).toContain('curl, hurl, http, postman, k6');
  });
});

describe('send', () => {
  test('--dry-run sends nothing', async () => {
    const { url, received } = await startServer();
    const text = await wxnotify(['send', 'paid', '--dry-run', '--target', url], { env });
    expect(text.stdout).toMatch(/^POST http.*\nUser-Agent: Mozilla\/4\.0\n/);
    const json = await wxnotify(['send', 'paid', '--dry-run', '--json', '--target', url], { env });
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: true,
      exit: 0,
      dry_run: true,
      requests: [{ step: 1 }],
    });
    expect([text.status, json.status, received.length]).toEqual([0, 0, 0]);
  });

  test('after a step that failed, the rest is skipped', async () => {
    const { url, received } = await startServer(FAIL);
    const { status, stdout } = await wxnotify(['send', 'partial-then-full', '--target', url], { env });
    expect([status, received.length]).toEqual([1, 1]);
    expect(stdout).toContain('step 2 (a part is refunded) skipped');
  });

  test('a scenario of one’s own hides a built-in one', async () => {
    const { url, received } = await startServer();
    const yaml = 'notify: v2/payment\nfields: { out_trade_no: MINE }';
    const cwd = temporaryFolder({ 'scenarios/payment/paid.yaml': yaml });
    await wxnotify(['send', 'paid', '--target', url], { env, cwd });
    expect(received[0]?.body.toString()).toContain('MINE');
  });

  test.each<[string, readonly string[], string]>([
    ['no name', ['send'], 'which scenario?'],
    ['a typo', ['send', 'payment/piad'], 'Did you mean `payment/paid`?'],
    ['a file that is not there', ['send', './no.yaml'], 'there is no file ./no.yaml'],
    ['no target', ['send', 'paid'], 'there is no target'],
    ['a field that is none', ['send', 'paid', '--set', 'totl_fee=1'], 'Did you mean `total_fee`?'],
    [
      '--strict',
      ['send', 'paid', '--strict', '--set', 'total_fee=1.5', '--target', 'http://127.0.0.1:9/'],
      'not an amount',
    ],
  ])('%s ends with 2', async (_, args, message) => {
    const result = await wxnotify(args, { env });
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain(message);
    const json = await wxnotify([...args, '--json'], { env });
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: 'wxnotify/1',
      command: 'send',
      ok: false,
      exit: 2,
    });
  });
});

describe('look around', () => {
  test('list: control characters are seen, and do nothing', async () => {
    const cwd = temporaryFolder({ 'scenarios/a.yaml': 'summary: "a\\e[31mb\\nc"\nnotify: v2/payment\n' });
    const { stdout } = await wxnotify(['list'], { cwd });
    expect(stdout).toContain('a\\x1b[31mb ⏎ c');
    expect(stdout).not.toContain('\x1b');
  });

  test('show: a row must be there', async () => {
    const yaml = 'cases: [{ name: usual, x: 1 }]\nnotify: v2/payment\n';
    const cwd = temporaryFolder({ 'scenarios/a.yaml': yaml });
    expect((await wxnotify(['show', 'a[usual]'], { cwd })).stdout).toBe(yaml);
    const { status, stdout, stderr } = await wxnotify(['show', 'a[usul]'], { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Did you mean `usual`?');
  });

  test('list', async () => {
    const { stdout } = await wxnotify(['list', '--json']);
    const { scenarios } = JSON.parse(stdout) as { scenarios: { name: string; summary: string }[] };
    const required =
      'payment/paid payment/paid-with-coupon payment/paid-native payment/paid-app payment/paid-h5 payment/paid-service-provider payment/failed payment/duplicate refund/success refund/closed refund/abnormal refund/partial-then-full hostile/signature/forged-signature hostile/signature/tampered-amount hostile/signature/missing-signature';
    expect(scenarios.map(({ name }) => name)).toEqual(expect.arrayContaining(required.split(' ')));
    expect(scenarios.every(({ summary }) => summary !== '')).toBe(true);
    const hostile = await wxnotify(['list', '--tag', 'hostile']);
    expect(hostile.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('hostile/'))).toEqual(
      [],
    );
  });

  test('show prints a scenario as it is written', async () => {
    const { stdout } = await wxnotify(['show', 'paid']);
    expect(stdout).toBe(readFileSync(path.join(root, 'scenarios/payment/paid.yaml'), 'utf8'));
  });

  test('validate', async () => {
    const good = await wxnotify(['validate']);
    expect(good).toMatchObject({ status: 0, stderr: '' });
    const cwd = temporaryFolder({ 'scenarios/a.yaml': 'notify: v2/payment\nfields: { total_fee: x }' });
    expect(await wxnotify(['validate'], { cwd })).toMatchObject({
      status: 0,
      stdout: '1 scenario is valid, with 2 warnings\n',
    });
    const strict = await wxnotify(['validate', '--strict'], { cwd });
    expect(strict.status).toBe(2);
    expect(strict.stderr).toContain('scenarios/a.yaml:2:11');
  });

  test('schema is the shipped JSON Schema', async () => {
    const { stdout } = await wxnotify(['schema']);
    expect(stdout).toBe(readFileSync(path.join(root, 'scenarios/scenario.schema.json'), 'utf8'));
  });
});

describe('replay', () => {
  test('--scenario builds one and sends it N times', async () => {
    const { url, received } = await startServer();
    const { status } = await wxnotify(['replay', '--scenario', 'paid', '--times', '3', '--target', url], {
      env,
    });
    expect(status).toBe(0);
    expect(new Set(received.map(({ body }) => body.toString())).size).toBe(1);
    expect(received).toHaveLength(3);
  });

  test('keeps what was expected', async () => {
    const { url } = await startServer(FAIL);
    const cwd = temporaryFolder();
    expect(await wxnotify(['send', 'forged-signature', '--target', url], { env, cwd })).toMatchObject({
      status: 0,
    });
    expect(await wxnotify(['replay', '--times', '2'], { cwd })).toMatchObject({ status: 0 });
  });

  test.each([[['replay']], [['replay', '--id', 'x', '--scenario', 'paid']]])(
    '%j without a journal',
    async (args) => {
      expect(await wxnotify(args, { env })).toMatchObject({ status: 2, stdout: '' });
    },
  );
});

test('demo runs every built-in scenario that is no case of an audit alone, and needs nothing', async () => {
  const { status, stdout, stderr } = await wxnotify(['demo', '--json'], { env: { CI: 'true' } });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { scenarios } = JSON.parse(stdout) as { scenarios: { ok: boolean }[] };
  const files = readdirSync(path.join(root, 'scenarios'), { recursive: true, encoding: 'utf8' });
  const isScenario = (file: string): boolean =>
    file.endsWith('.yaml') && !path.basename(file).startsWith('_');
  const isOfAudit = (file: string): boolean =>
    /^tags: \[.*\baudit\b/m.test(readFileSync(path.join(root, 'scenarios', file), 'utf8'));
  expect(scenarios).toHaveLength(files.filter((file) => isScenario(file) && !isOfAudit(file)).length);
});
