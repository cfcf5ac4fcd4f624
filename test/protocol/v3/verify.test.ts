/** The merchant's side: what is checked, in which order, and what each check saw. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SignedRequest } from '../../../src/protocol/dialect.ts';
import type { PlatformKey } from '../../../src/protocol/platform-key.ts';
import type { Overrides } from '../../../src/protocol/notification.ts';
import { v3 } from '../../../src/protocol/v3/index.ts';
import { build, credentials, failedSteps, NOW, received, sealed, sealing, SERIAL } from './setup.ts';

const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
const saw = (request: ReturnType<typeof sealed>, now?: Date): readonly string[] =>
  received(request, now)
    .checks.filter(({ ok }) => !ok)
    .map((check) => check.saw);

test('every step of an authentic one, in order', () => {
  const { ok, kind, checks } = received(sealed('v3/transaction'));
  expect({ ok, kind }).toEqual({ ok: true, kind: 'v3/transaction' });
  expect(checks.map(({ step }) => step)).toEqual([
    ...['headers', 'serial', 'timestamp', 'sign', 'form', 'decrypt', 'merchant', 'merchant'],
  ]);
});

describe('the moment', () => {
  const request = sealed('v3/transaction');
  test.each([
    { seconds: 300, ok: true },
    { seconds: -300, ok: true },
    { seconds: 301, ok: false },
    { seconds: -301, ok: false },
  ])('a clock $seconds seconds off', ({ seconds, ok }) => {
    expect(received(request, later(seconds)).ok).toBe(ok);
  });

  test('which way it is off is told', () => {
    expect(saw(request, later(400))).toEqual(['1767240000 is 400 seconds before our clock; 300 are allowed']);
    expect(saw(request, later(-400))).toEqual([
      '1767240000 is 400 seconds ahead of our clock; 300 are allowed',
    ]);
  });
});

describe('the headers', () => {
  test.each([
    { damage: { signature: 'drop' }, said: 'no Wechatpay-Signature' },
    { damage: { serial: 'blank' }, said: 'Wechatpay-Serial is empty' },
    { damage: { duplicate: { 'Wechatpay-Nonce': 'x' } }, said: 'Wechatpay-Nonce is there 2 times' },
    { damage: { headers: { 'Wechatpay-Signature-Type': 'X' } }, said: 'Wechatpay-Signature-Type: X' },
    { damage: { signature: 'probe' }, said: 'a probe of the platform, which must be refused' },
    { damage: { signature: 'garbage' }, said: 'not base64' },
    { damage: { timestamp: 'words' }, said: 'now is not seconds since 1970' },
  ] as const)('$said', ({ damage, said }) => {
    expect(saw(sealed('v3/transaction', {}, damage))).toEqual([said]);
  });
});

describe('the keys', () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const before = { serial: '7B00FF', ...other };
  const trusting = {
    ...credentials,
    also: [{ serial: 'PUB_KEY_ID_01', publicKey: credentials.platform.publicKey }, before],
  };
  const signedBy = (platform: PlatformKey): SignedRequest =>
    v3.seal(build('v3/transaction'), { ...credentials, platform }, sealing);

  test.each([
    ['the same key under its other name', { ...credentials.platform, serial: 'PUB_KEY_ID_01' }, []],
    ['the key before, while keys change', before, []],
    ['the key before under the name of the new one', { ...before, serial: SERIAL }, ['sign']],
    ['the new key under the name of the one before', { ...credentials.platform, serial: '7B00FF' }, ['sign']],
    ['a name that nobody knows', { ...credentials.platform, serial: '7B00FE' }, ['serial']],
  ])('%s', (_, platform, failed) => {
    const verified = v3.verify({ ...signedBy(platform), now: NOW }, trusting);
    expect(failedSteps(verified)).toEqual(failed);
  });

  test('all that are known are told', () => {
    const { checks } = v3.verify({ ...signedBy({ ...before, serial: 'X' }), now: NOW }, trusting);
    expect(checks.find(({ step }) => step === 'serial')?.saw).toBe(
      `X, and those we know are ${SERIAL}, PUB_KEY_ID_01, 7B00FF`,
    );
  });
});

describe('the body', () => {
  test.each([
    { body: '', said: 'not a JSON object' },
    { body: '[]', said: 'not a JSON object' },
    { body: '{"id":"a","id":"b"}', said: 'not a JSON object' },
    { body: '{}', said: 'no id' },
    { body: '{"id":"a","event_type":"b","resource_type":"c","resource":{}}', said: 'no resource.algorithm' },
    { body: '{"id":"a","event_type":"b","resource_type":"c","resource":{"algorithm":"d","ciphertext":"e","nonce":"f"}}', said: 'resource_type is c' },
  ])('$body', ({ body, said }) => {
    const verified = received(sealed('v3/transaction', {}, { body, sign_again: true }));
    expect(verified.checks.find(({ ok }) => !ok)).toEqual({ step: 'form', ok: false, saw: said });
    expect(verified.fields).toEqual({});
  }); // prettier-ignore

  test('that is not UTF-8', () => {
    const { checks } = received({ ...sealed('v3/transaction'), body: Buffer.from([0xff]) });
    expect(checks.map(({ saw: said }) => said)).toContain('not UTF-8');
  });

  test('a resource that is no JSON', () => {
    const notification = build('v3/transaction');
    const request = v3.seal(notification, credentials, { ...sealing, damage: { key: 'another key another key another ' } }); // prettier-ignore
    expect(saw(request)).toEqual(['resource does not open: another key, or damaged']);
  });
});

describe('whose it is', () => {
  const whose = (name: 'v3/transaction' | 'v3/partner-transaction' | 'v3/refund', fields: Overrides) =>
    failedSteps(received(sealed(name, fields)));

  test.each([
    { name: 'v3/transaction', fields: { mchid: '1900000199' } },
    { name: 'v3/transaction', fields: { appid: 'wx0000000000000000' } },
    { name: 'v3/partner-transaction', fields: { sp_mchid: '1900000199' } },
    { name: 'v3/refund', fields: { mchid: '1900000199' } },
    { name: 'v3/refund', fields: { mchid: '1900000199', 'envelope.event_type': 'NEW.EVENT' } },
  ] as const)('another’s $name ($fields)', ({ name, fields }) => {
    expect(whose(name, fields)).toEqual(['merchant']);
  });

  test('a kind that is not known yet, ours', () => {
    const verified = received(sealed('v3/refund', { 'envelope.event_type': 'NEW.EVENT' }));
    expect(verified).toMatchObject({ ok: true, kind: undefined });
  });
});
