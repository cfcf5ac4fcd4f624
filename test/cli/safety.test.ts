/** Where notifications may go: nowhere public unasked, never to the platform, and nothing is sent when in doubt. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { merchantEnv, reported, temporaryFolder, wxnotify, type CliResult } from '../support/cli.ts';
import { startServer } from '../support/server.ts';

const PAID = ['send', 'paid', '--target'];

interface Refusal {
  readonly exit: number;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly fix: string }[];
}

/** Runs what must be refused before anything is sent: no journal was begun. */
async function refused(
  args: readonly string[],
  options: { files?: Record<string, string>; env?: Record<string, string> } = {},
): Promise<Refusal['problems']> {
  const cwd = temporaryFolder(options.files);
  const env = { ...merchantEnv, ...options.env };
  const result: CliResult = await wxnotify([...args, '--json'], { cwd, env });
  expect(result.status).toBe(2);
  expect(existsSync(path.join(cwd, '.state'))).toBe(false);
  const document = JSON.parse(result.stdout) as Refusal;
  expect(document.exit).toBe(2);
  return document.problems;
}

describe('a public host', () => {
  test.each([
    ['a name', 'http://example.com/notify', 'example.com'],
    ['an address', 'http://203.0.113.1/notify', '203.0.113.1'],
    ['cloud metadata', 'http://169.254.169.254/latest', '169.254.169.254'],
    ['a decimal address', 'http://3405803777/notify', '203.0.113.1'],
    ['a hexadecimal address', 'http://0xcb007101/notify', '203.0.113.1'],
    ['an octal address', 'http://0313.0.0161.1/notify', '203.0.113.1'],
    ['IPv6', 'http://[2001:db8::1]/notify', '2001:db8::1'],
    ['mapped IPv4', 'http://[::ffff:203.0.113.1]/notify', '::ffff:cb00:7101'],
    ['mapped metadata', 'http://[::ffff:169.254.169.254]/', '::ffff:a9fe:a9fe'],
    ['a near miss of loopback', 'http://128.0.0.1/', '128.0.0.1'],
    ['a near miss of 172.16.0.0/12', 'http://172.32.0.1/', '172.32.0.1'],
  ])('%s is refused in a pipe', async (_, url, host) => {
    const problems = await refused([...PAID, url]);
    expect(problems).toMatchObject([
      { code: 'unsafe-target', fix: expect.stringContaining('--yes') as string },
    ]);
    expect(problems[0]?.message).toContain(host);
  });

  test('is refused from the environment, and from another profile’s list', async () => {
    const files = { 'wxnotify.yaml': 'profiles:\n  a: { hosts: [203.0.113.1] }\n  b: {}\n' };
    const env = { WXNOTIFY_TARGET: 'http://203.0.113.1/', WXNOTIFY_PROFILE: 'b' };
    expect(await refused(['send', 'paid'], { files, env })).toMatchObject([{ code: 'unsafe-target' }]);
  });

  test('is refused to a replay', async () => {
    const cwd = temporaryFolder();
    const { url, received } = await startServer();
    await reported([...PAID, url], { cwd });
    const { status, stderr } = await wxnotify(['replay', '--target', 'http://203.0.113.1/'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('203.0.113.1 is neither loopback nor private');
    expect(received).toHaveLength(1);
  });

  test('a flow with one step to it sends nothing at all', async () => {
    const { url, received } = await startServer();
    const files = {
      'wxnotify.yaml': `profiles:\n  own:\n    targets: { v2/payment: "${url}", v2/refund: "http://10.0.0.1@203.0.113.1/" }\n`,
    };
    await refused(['send', 'refund/partial-then-full'], { files });
    expect(received).toEqual([]);
  });
});

describe('the platform’s own hosts', () => {
  test.each([
    'https://api.mch.weixin.qq.com/pay/unifiedorder',
    'https://API.MCH.WEIXIN.QQ.COM/',
    'https://api.mch.weixin.qq.com./',
    'https://api.mch.weixin.qq.com:8443/',
    'https://api2.mch.weixin.qq.com/',
    'https://weixin.qq.com/',
    'https://pay.weixin.qq.com/',
    'https://api.mch.weixin%2eqq.com/',
    'https://api。mch。weixin。qq。com/',
    'https://ａｐｉ.mch.weixin.qq.com/',
    'https:\\\\api.mch.weixin.qq.com\\',
    'https://api.wechatpay.cn/',
    'https://wechatpay.cn/',
    'https://gw.tenpay.com/',
  ])('%s is refused, --yes or not', async (url) => {
    const problems = await refused([...PAID, url, '--yes']);
    expect(problems).toMatchObject([{ code: 'unsafe-target' }]);
    expect(problems[0]?.message).toContain('WeChat Pay’s own host');
  });

  test.each([
    ['hosts', 'hosts: [api.mch.weixin.qq.com]\n    target: https://api.mch.weixin.qq.com/'],
    ['target', 'target: https://api.mch.weixin.qq.com/'],
    ['targets', 'targets: { v2/payment: https://api.mch.weixin.qq.com/ }'],
  ])('are refused from a profile’s %s', async (_, lines) => {
    const files = { 'wxnotify.yaml': `profiles:\n  own:\n    ${lines}\n` };
    const problems = await refused(['send', 'paid', '--yes'], { files });
    expect(problems[0]?.message).toContain('WeChat Pay’s own host');
  });

  test('are refused to a replay', async () => {
    const cwd = temporaryFolder();
    const { url } = await startServer();
    await reported([...PAID, url], { cwd });
    const args = ['replay', '--yes', '--target', 'https://api.mch.weixin.qq.com/'];
    const { status, stderr } = await wxnotify(args, { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('WeChat Pay’s own host');
  });
});

describe('what is no target', () => {
  test.each([
    ['http://user:password@127.0.0.1/', 'unsafe-target', /user name or a password/],
    ['http://user@127.0.0.1/', 'unsafe-target', /user name or a password/],
    ['ftp://127.0.0.1/', 'bad-value', /ftp:/],
    ['file:///etc/passwd', 'bad-value', /URL|file:/],
    ['javascript:alert(1)', 'bad-value', /URL|javascript:/],
    ['127.0.0.1:8080/notify', 'bad-value', /no URL/],
    ['localhost:8080', 'bad-value', /URL|localhost:/],
    ['not a url', 'bad-value', /no URL/],
    ['http://', 'bad-value', /no URL/],
    ['http://127.0.0.1:99999/', 'bad-value', /no URL/],
    ['http://256.256.256.256/', 'bad-value', /no URL/],
  ])('%s', async (url, code, says) => {
    const problems = await refused([...PAID, url]);
    expect(problems).toMatchObject([{ code }]);
    expect(problems[0]?.message).toMatch(says);
  });

  test('a password is not shown', async () => {
    const { stdout, stderr } = await wxnotify([...PAID, 'http://me:open-sesame@127.0.0.1/'], {
      env: merchantEnv,
    });
    expect(stdout + stderr).not.toContain('open-sesame');
  });

  test('none at all', async () => {
    expect(await refused(['send', 'paid'])).toMatchObject([{ code: 'no-target' }]);
  });
});

describe('what may be sent to unasked', () => {
  test.each([
    ['localhost', (port: string) => `http://localhost:${port}/`],
    ['a decimal address', (port: string) => `http://2130706433:${port}/`],
    ['a hexadecimal address', (port: string) => `http://0x7f.1:${port}/`],
    ['an octal address', (port: string) => `http://0177.0.0.1:${port}/`],
    ['another loopback address', (port: string) => `http://127.0.0.1.:${port}/`],
    ['mapped IPv4', (port: string) => `http://[::ffff:127.0.0.1]:${port}/`],
  ])('%s', async (_, urlOf) => {
    const { url, received } = await startServer();
    const { report } = await reported([...PAID, urlOf(new URL(url).port)]);
    expect(report).toMatchObject({ exit: 0, summary: { acks: { SUCCESS: 1 } } });
    expect(received).toHaveLength(1);
  });

  test('a query string is sent, with a warning', async () => {
    const { url, received } = await startServer();
    const { report, stderr } = await reported([...PAID, `${url}?a=1&b=%2f#fragment`]);
    expect(report.exit).toBe(0);
    expect(report.warnings).toMatchObject([{ message: expect.stringContaining('query string') as string }]);
    expect(stderr).toContain('query string');
    expect(received.map((request) => request.url)).toEqual(['/notify?a=1&b=%2f']);
  });
});
