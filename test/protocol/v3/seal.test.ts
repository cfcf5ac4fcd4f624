/** What is sealed: the form of captures, opened by code that shares no line with it; and sealed again. */
import { createDecipheriv, verify as verifySignature } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateNotification } from '../../../src/protocol/validate.ts';
import { v3 } from '../../../src/protocol/v3/index.ts';
import { v3Kinds } from '../../../src/protocol/v3/kinds.gen.ts';
import { resign, resignLater, sealLater, unsealable } from '../../../src/protocol/v3/seal.ts';
import { Secret } from '../../../src/protocol/secret.ts';
import { build, credentials, failedSteps, header, NOW, received, sealed, sealing, text, V3_KEY, type V3KindName } from './setup.ts'; // prettier-ignore

const names = Object.keys(v3Kinds) as V3KindName[];

/** The resource, opened as the official document says and without a line of `src/`. */
function open(body: Uint8Array): unknown {
  const { resource } = JSON.parse(text(body)) as { resource: Record<string, string> };
  const { ciphertext = '', nonce = '', associated_data = '' } = resource;
  const bytes = Buffer.from(ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', V3_KEY, nonce);
  decipher.setAAD(Buffer.from(associated_data)).setAuthTag(bytes.subarray(-16));
  return JSON.parse(decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8'));
}

describe('signed on another thread', () => {
  test('a request is the same, byte for byte', async () => {
    const notification = build('v3/transaction');
    const now = v3.seal(notification, credentials, sealing);
    expect(await sealLater(notification, credentials, sealing)).toEqual(now);
    const later = { ...sealing, timestamp: String(Number(sealing.timestamp) + 60) };
    expect(await resignLater(now, credentials, later)).toEqual(resign(now, credentials, later));
  });

  test('without a private key it fails as it does on this one', async () => {
    const { privateKey: _, ...platform } = credentials.platform;
    const nobody = { ...credentials, platform };
    const notification = build('v3/transaction');
    expect(() => v3.seal(notification, nobody, sealing)).toThrow('private key');
    await expect(sealLater(notification, nobody, sealing)).rejects.toThrow('private key');
  });
});

describe('a request', () => {
  const request = sealed('v3/transaction', { out_trade_no: 'ORDER_1', 'amount.total': '250' });

  test('has the headers of captures, and the documented ones', () => {
    expect(request.headers.map(([name]) => name)).toEqual([
      ...['User-Agent', 'Accept', 'Content-Type', 'Pragma', 'Request-ID'],
      ...['Nonce', 'Serial', 'Signature', 'Signature-Type', 'Timestamp'].map((name) => `Wechatpay-${name}`),
    ]);
    expect(request.method).toBe('POST');
    expect(header(request, 'Wechatpay-Signature-Type')).toBe('WECHATPAY2-SHA256-RSA2048');
    expect(header(request, 'Wechatpay-Serial')).toBe(credentials.platform.serial);
  });

  test('is signed over moment, nonce and body, each on its line', () => {
    const message = `${sealing.timestamp}\n${sealing.nonce}\n${text(request.body)}\n`;
    const signature = Buffer.from(header(request, 'Wechatpay-Signature') ?? '', 'base64');
    expect(verifySignature('sha256', Buffer.from(message), credentials.platform.publicKey, signature)).toBe(
      true,
    );
    expect(request.signing).toEqual({ type: 'WECHATPAY2-SHA256-RSA2048', string_to_sign: message });
  });

  test('has an envelope in the order of captures, compact', () => {
    const body = text(request.body);
    expect(body).toMatch(/^\{"id":"[0-9a-f-]{36}","create_time":"2026-01-01T12:00:00\+08:00","resource_type":"encrypt-resource","event_type":"TRANSACTION\.SUCCESS","summary":"支付成功","resource":\{"original_type":"transaction","algorithm":"AEAD_AES_256_GCM","ciphertext":"[A-Za-z0-9+/]+=*","associated_data":"transaction","nonce":"[A-Za-z0-9]{12}"\}\}$/); // prettier-ignore
    expect(JSON.stringify(JSON.parse(body))).toBe(body);
  });

  test('opens to the resource of a capture, key for key', () => {
    const resource = open(request.body);
    expect(Object.keys(resource as object)).toEqual([
      ...[
        'mchid',
        'appid',
        'out_trade_no',
        'transaction_id',
        'trade_type',
        'trade_state',
        'trade_state_desc',
      ],
      ...['bank_type', 'attach', 'success_time', 'payer', 'amount'],
    ]);
    expect(resource).toMatchObject({
      out_trade_no: 'ORDER_1',
      attach: '',
      amount: { total: 250, payer_total: 250, currency: 'CNY', payer_currency: 'CNY' },
    });
  });

  test('shows no key, however it is looked at', () => {
    const secrets = [V3_KEY, ...(credentials.platform.privateKey?.export({ format: 'pem', type: 'pkcs8' }).toString().split('\n').slice(1, -2) ?? [])]; // prettier-ignore
    const looks = [inspect({ credentials, request }, { depth: 9 }), JSON.stringify({ credentials, request })];
    for (const look of looks) for (const secret of secrets) expect(look).not.toContain(secret);
  });
});

describe('a repetition', () => {
  const first = sealed('v3/transaction');
  const later = { timestamp: String(Number(sealing.timestamp) + 900), nonce: 'another', request_id: 'R' };

  test('has the same body, a fresh moment, nonce and signature', () => {
    const again = resign(first, credentials, later);
    expect(again.body).toEqual(first.body);
    expect(header(again, 'Wechatpay-Signature')).not.toBe(header(first, 'Wechatpay-Signature'));
    expect(header(again, 'Wechatpay-Timestamp')).toBe(later.timestamp);
    const now = new Date(NOW.getTime() + 900_000);
    expect(received(again, now).ok).toBe(true);
    expect(failedSteps(received(first, now))).toEqual(['timestamp']);
  });

  test('is damaged again where the first was', () => {
    for (const damage of [
      { bytes: 'byte' },
      { change: { 'amount.total': '1' } },
      { signature: 'break' },
    ] as const) {
      const damaged = sealed('v3/transaction', {}, damage);
      const again = resign(damaged, credentials, { ...sealing, damage });
      expect(again).toEqual(damaged);
    }
  });
});

describe('what cannot be sealed', () => {
  const { platform, ...rest } = credentials;
  test.each([
    { title: 'nothing wrong', fields: {}, more: {}, why: undefined },
    { title: 'a short key', fields: {}, more: { api_v3_key: new Secret('short') }, why: /has 5 bytes/ },
    { title: 'no nonce', fields: { 'envelope.resource.nonce': null }, more: {}, why: /nonce has 0 bytes/ },
    { title: 'no private key', fields: {}, more: { platform: { serial: 'A', publicKey: platform.publicKey } }, why: /no private key/ },
  ])('$title', ({ fields, more, why }) => {
    const notification = build('v3/transaction', fields);
    const given = { ...rest, platform, ...more };
    expect(unsealable(notification, given) ?? '').toMatch(why ?? /^$/);
    if (why) expect(() => v3.seal(notification, given, sealing)).toThrow();
  }); // prettier-ignore
});

describe.each(names)('%s', (name) => {
  test('is what its table says, and is verified, opened and recognised', () => {
    const notification = build(name);
    expect(validateNotification(notification)).toEqual([]);
    const verified = received(v3.seal(notification, credentials, sealing));
    expect(failedSteps(verified)).toEqual([]);
    expect(verified.kind).toBe(name);
    expect(verified.fields).toEqual(notification.fields);
  });

  test('comes with each of its event types, and the summary of each', () => {
    for (const [type, summary] of Object.entries(v3Kinds[name].events)) {
      const notification = build(name, { 'envelope.event_type': type });
      expect(validateNotification(notification)).toEqual([]);
      expect(notification.fields['envelope.summary']).toBe(summary);
      expect(received(v3.seal(notification, credentials, sealing))).toMatchObject({ ok: true, kind: name });
    }
  });

  test('whatever the texts, it opens to them', () => {
    const rows = v3Kinds[name].fields.filter((row) => row.type === 'string' && !row.name.includes('$n'));
    const texts = rows
      .map((row) => row.name)
      .filter((row) => !Object.values(v3Kinds[name].owner).includes(row));
    const values = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...texts), values, { noNullPrototype: true }), (fields) => {
        const verified = received(v3.seal(build(name, fields), credentials, sealing));
        expect(failedSteps(verified)).toEqual([]);
        expect(verified.fields).toMatchObject(fields);
      }),
      { numRuns: 10 },
    );
  });
});
