/** Where requests may go, decided without a connection. */
import { describe, expect, test } from 'vitest';
import { guardTarget, hostOf, isPlatform, isPrivateAddress } from '../../src/delivery/guard.ts';

const unasked = { hosts: [], yes: false };
const yes = { hosts: [], yes: true };

describe('addresses', () => {
  test.each([
    '127.0.0.1',
    '127.255.255.255',
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fc00::1',
    'fdff:ffff::1',
    '::ffff:127.0.0.1',
    '::FFFF:10.1.2.3',
    '::ffff:7f00:1',
  ])('%s is near', (address) => expect(isPrivateAddress(address)).toBe(true));

  test.each([
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '126.255.255.255',
    '128.0.0.1',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '0.0.0.1',
    '2001:db8::1',
    'fe00::1',
    '::2',
    '64:ff9b::7f00:1',
    '::ffff:8.8.8.8',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    'fd00',
    'localhost',
    '',
    '127.1',
    '127.0.0.1 ',
  ])('%j is not', (address) => expect(isPrivateAddress(address)).toBe(false));
});

describe('without being asked', () => {
  test.each([
    'http://127.0.0.1:8080/notify',
    'https://10.1.2.3/',
    'http://172.20.0.5/',
    'http://192.168.1.1/',
    'http://[::1]:8080/',
    'http://[fd00::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://0/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://shop.localhost/',
    'http://shop.test/',
    'http://no-such-host.invalid/',
  ])('%s is let through, to private addresses only', async (url) => {
    const guarded = await guardTarget(url, unasked);
    expect(guarded).toMatchObject({ ok: true, target: { privateOnly: true } });
  });

  test.each([
    ['http://203.0.113.9/', '203.0.113.9'],
    ['http://3405803785/', '203.0.113.9'],
    ['http://0xcb.0x0.0x71.0x9/', '203.0.113.9'],
    ['http://0313.0.0161.011/', '203.0.113.9'],
    ['http://169.254.169.254/', '169.254.169.254'],
    ['http://0xa9fea9fe/', '169.254.169.254'],
    ['http://[::ffff:a9fe:a9fe]/', '::ffff:a9fe:a9fe'],
    ['http://[fe00::1]/', 'fe00::1'],
    ['http://invalid.example.com/', 'invalid.example.com'],
    ['http://localhost.example.com/', 'localhost.example.com'],
    ['http://127.0.0.1.example.com/', '127.0.0.1.example.com'],
  ])('%s is not', async (url, host) => {
    expect(await guardTarget(url, unasked)).toEqual({
      ok: false,
      problem: { code: 'unlisted', detail: host },
    });
  });
});

describe('a public host', () => {
  test.each([
    ['--yes', yes],
    ['its name in the profile', { hosts: ['Example.COM'], yes: false }],
    ['its name among others', { hosts: ['a.example', 'example.com'], yes: false }],
  ])('is let through by %s', async (_, permission) => {
    const guarded = await guardTarget('https://example.com:8443/notify', permission);
    expect(guarded).toMatchObject({ ok: true, target: { privateOnly: false } });
    expect(guarded.ok && guarded.target.url.href).toBe('https://example.com:8443/notify');
  });

  test.each([
    ['a longer name', 'example.com.cn'],
    ['a shorter name', 'com'],
    ['a part of it', 'ample.com'],
    ['nothing', ''],
  ])('is not let through by %s', async (_, listed) => {
    const guarded = await guardTarget('https://example.com/', { hosts: [listed], yes: false });
    expect(guarded).toMatchObject({ ok: false, problem: { code: 'unlisted' } });
  });

  test('an IPv6 address is let through by the profile', async () => {
    const guarded = await guardTarget('https://[2001:DB8::1]/', { hosts: ['2001:db8::1'], yes: false });
    expect(guarded.ok).toBe(true);
  });
});

describe('the platform', () => {
  test.each([
    'api.mch.weixin.qq.com',
    'API.MCH.weixin.qq.com',
    'api.mch.weixin.qq.com.',
    'api2.mch.weixin.qq.com',
    'weixin.qq.com',
    'fraud.mch.weixin.qq.com',
    'api.wechatpay.cn',
    'wechatpay.cn',
    'gw.tenpay.com',
    'tenpay.com',
    'api.mch.weixin%2Eqq.com',
    'api。mch.weixin.qq。com',
    'me:secret@api.mch.weixin.qq.com',
  ])('%s is refused, whatever is allowed', async (host) => {
    const url = new URL(`https://${host}/`);
    const guarded = await guardTarget(url.href, { hosts: [url.hostname, hostOf(url)], yes: true });
    expect(guarded).toMatchObject({ ok: false });
    expect(isPlatform(hostOf(url))).toBe(true);
  });

  test.each([
    'notweixin.qq.com',
    'weixin.qq.com.example.com',
    'mytenpay.com',
    'tenpay.com.cn.example',
    'qq.com',
  ])('%s is somebody else', (host) => expect(isPlatform(host)).toBe(false));
});

test.each([
  ['', 'not-a-url'],
  ['notify', 'not-a-url'],
  ['http://', 'not-a-url'],
  ['http://a b/', 'not-a-url'],
  ['http://127.0.0.1:65536/', 'not-a-url'],
  ['http://1.2.3.4.5/', 'not-a-url'],
  ['ftp://127.0.0.1/', 'not-http'],
  ['ws://127.0.0.1/', 'not-http'],
  ['http://a@127.0.0.1/', 'has-password'],
  ['http://:b@127.0.0.1/', 'has-password'],
  ['https://127.0.0.1:secret@example.com/', 'has-password'],
])('%j is %s, --yes or not', async (url, code) => {
  expect(await guardTarget(url, yes)).toMatchObject({ ok: false, problem: { code } });
});
