/** `import`: a capture becomes a scenario that builds to the same fields. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { merchant, merchantEnv, schemaOf, temporaryFolder, wxnotify } from '../support/cli.ts';

interface Built {
  readonly fields: Readonly<Record<string, string>>;
  readonly request: { readonly body: string; readonly headers: Readonly<Record<string, string>> };
}

async function build(name: string, cwd?: string): Promise<Built> {
  const { stdout } = await wxnotify(['build', name, '--json'], { env: merchantEnv, ...(cwd && { cwd }) });
  return JSON.parse(stdout) as Built;
}

describe('of every kind', () => {
  test.each([
    'payment/paid-with-coupon',
    'payment/paid-hmac-unnamed',
    'payment/paid-with-promotion',
    'payment/failed',
    'refund/abnormal',
    'refund/success-service-provider',
    'contract/terminated',
    'deduction/charge-failed',
    'native/product-call',
    'combined/two-merchants',
    'parking/blocked',
    'payscore/check-fail',
    'payscore/transaction-success',
  ])('%s', async (name) => {
    const { fields, request } = await build(name);
    const cwd = temporaryFolder({ 'captured.xml': request.body });
    const args = ['import', 'captured.xml', '--out', 'scenarios/again.yaml'];
    const { status, stdout } = await wxnotify(args, { env: merchantEnv, cwd });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout:
        'Wrote scenarios/again.yaml, scenarios/scenario.schema.json. Try it: wxnotify send ./scenarios/again.yaml\n',
    });
    expect((await build('again', cwd)).fields).toEqual(fields);
    expect((await wxnotify(['validate', '--strict'], { cwd })).status).toBe(0);
  });
});

describe('from', () => {
  const request = ({ body, headers }: Built['request']): string =>
    `POST /notify HTTP/1.1\r\nHost: shop.example.com\r\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n${body}`;

  test.each<[string, (built: Built) => string, RegExp]>([
    ['an HTTP request', (built) => request(built.request), /from an HTTP request, posted to http:\/\/shop\.example\.com\/notify/], // prettier-ignore
    ['a HAR file', ({ request: { body } }) => JSON.stringify({ log: { entries: [{ request: { method: 'POST', url: 'https://a.example/n', headers: [], postData: { text: body } } }] } }), /from a HAR file, posted to https:\/\/a\.example\/n/], // prettier-ignore
    ['a log line', ({ request: { body } }) => `2026-11-25 INFO notify ${JSON.stringify({ body })}\n`, /from text/], // prettier-ignore
    ['what build --json prints', (built) => JSON.stringify(built), /from JSON/],
  ])('%s, by standard input', async (_, capture, remark) => {
    const built = await build('paid');
    const { status, stdout } = await wxnotify(['import', '-'], { env: merchantEnv, stdin: capture(built) });
    expect(status).toBe(0);
    expect(stdout).toMatch(remark);
    expect(stdout).toContain('Its signature was right (MD5 matches).');
    expect(stdout).toMatch(/^ {2}total_fee: 100 # 订单金额: /m);
    const cwd = temporaryFolder({ 'again.yaml': stdout });
    expect((await build('./again.yaml', cwd)).fields).toEqual(built.fields);
  });
});

describe('what cannot be trusted is said', () => {
  test('a wrong signature; none that was checked', async () => {
    const { stdout } = await wxnotify(['build', 'forged-signature'], { env: merchantEnv });
    const forged = await wxnotify(['import', '-'], { env: merchantEnv, stdin: stdout });
    expect(forged.stdout).toContain('Its signature was WRONG');
    const unchecked = await wxnotify(['import', '-'], { stdin: stdout });
    expect(unchecked.stdout).toContain('was not checked: there was no key');
  });

  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['no key', {}, /no key to open it/],
    [
      'another key',
      { ...merchantEnv, WXNOTIFY_API_KEY: 'x'.repeat(32) },
      /does not open.*\n.*wxnotify explain/,
    ],
  ])('a refund with %s cannot be imported', async (_, env, message) => {
    const { stdout } = await wxnotify(['build', 'refund/success'], { env: merchantEnv });
    const { status, stderr } = await wxnotify(['import', '-'], { env, stdin: stdout });
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

test('editors complete what is written into scenarios/, and nothing is said of a schema elsewhere', async () => {
  const { stdout: stdin } = await wxnotify(['build', 'paid'], { env: merchantEnv });
  const cwd = temporaryFolder({ 'wxnotify.yaml': 'profiles: {}\n' });
  const run = (out: string) => wxnotify(['import', '-', '-o', out], { env: merchantEnv, cwd, stdin });
  expect((await run('scenarios/a/b/incident.yaml')).status).toBe(0);
  expect(schemaOf(path.join(cwd, 'scenarios/a/b/incident.yaml'))).toBe((await wxnotify(['schema'])).stdout);
  expect((await run('elsewhere.yaml')).stdout).toMatch(/^Wrote elsewhere\.yaml\. Try/);
  expect(readFileSync(path.join(cwd, 'elsewhere.yaml'), 'utf8')).not.toContain('$schema');
});

test('overwrites nothing unasked; --json tells the same', async () => {
  const { stdout: body } = await wxnotify(['build', 'paid'], { env: merchantEnv });
  const cwd = temporaryFolder({ 'mine.yaml': 'mine\n' });
  const run = (...more: string[]) =>
    wxnotify(['import', '-', '-o', 'mine.yaml', ...more], { env: merchantEnv, cwd, stdin: body });
  expect((await run()).status).toBe(2);
  expect(readFileSync(path.join(cwd, 'mine.yaml'), 'utf8')).toBe('mine\n');
  const { stdout } = await run('--force', '--json');
  const document = JSON.parse(stdout) as { yaml: string };
  expect(document).toMatchObject({ schema: 'wxnotify/1', ok: true, kind: 'v2/payment', file: 'mine.yaml' });
  expect(readFileSync(path.join(cwd, 'mine.yaml'), 'utf8')).toBe(document.yaml);
  expect(stdout).not.toContain(merchant.api_key);
});

test.each([
  ['<xml><a>1</a></xml>', /no kind of notification/],
  ['<xml><a>1</xml>', /cannot be read/],
  ['hello', /no notification in the capture/],
  ['', /is empty/],
  ['{"id":"x","resource":{"ciphertext":"y"}}', /does not open with the APIv3 key/],
])('%j is no notification', async (stdin, message) => {
  const { status, stdout, stderr } = await wxnotify(['import', '-'], { env: merchantEnv, stdin });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(message);
});

describe('API v3', () => {
  const args = ['--profile', 'demo'];

  test.each(['paid-v3', 'success-v3', 'paid-combined-v3', 'complained-v3', 'used-v3'])('%s', async (name) => {
    const built = JSON.parse((await wxnotify(['build', name, '--json', ...args])).stdout) as Built & {
      readonly kind: string;
    };
    const { status, stdout } = await wxnotify(['import', '-', ...args], { stdin: JSON.stringify(built) });
    expect(status).toBe(0);
    expect(stdout).toContain('Its signature was right.');
    expect(stdout).toContain(`notify: ${built.kind}`);
    const cwd = temporaryFolder({ 'again.yaml': stdout });
    const again = JSON.parse(
      (await wxnotify(['build', './again.yaml', '--json', ...args], { cwd })).stdout,
    ) as Built;
    expect(again.fields).toEqual(built.fields);
    expect(again.request.body).toBe(built.request.body);
  });

  test('without the APIv3 key it says what to set', async () => {
    const { stdout: stdin } = await wxnotify(['build', 'paid-v3', '--json', ...args]);
    const { status, stderr } = await wxnotify(['import', '-'], { stdin });
    expect(status).toBe(2);
    expect(stderr).toContain('WXNOTIFY_API_V3_KEY');
  });
});
