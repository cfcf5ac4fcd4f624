/** The library face for API v3, as a test of somebody's handler uses it: checked by a verification of its own. */
import { createPublicKey, generateKeyPairSync, verify, X509Certificate } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  buildNotification,
  InputError,
  knownKinds,
  readAckV2,
  readAckV3,
  signV3,
  trustOf,
  verifyV3,
  type HandedAnswer,
  type HandedRequest,
  type KnownKind,
  type MerchantOptions,
  type PlatformOptions,
  type TamperV3,
} from '../../src/index.ts';
import type * as face from '../../src/index.ts';
import type { BytesDamage } from '../../src/protocol/damage/document.ts';
import type {
  headerNameDamages,
  serialDamages,
  timestampDamages,
} from '../../src/protocol/v3/damage/headers.ts';
import type { resourceDamages } from '../../src/protocol/v3/damage/resource.ts';
import type { signatureDamages } from '../../src/protocol/v3/damage/signature.ts';
import type { TamperForm } from '../../src/scenario/schema/schema.ts';
import type { v2Tamper, wireTamper } from '../../src/scenario/schema/tamper-v2.ts';
import { merchant as v2Merchant, root } from '../support/cli.ts';
import { openResource, refusal, type Trust } from '../support/v3-verifier.ts';

const merchant: MerchantOptions & { readonly api_v3_key: string } = {
  appid: v2Merchant.appid,
  mch_id: v2Merchant.mch_id,
  api_v3_key: v2Merchant.api_v3_key,
  platform: 'demo',
};
const demo = trustOf('demo');
const trust: Trust = {
  publicKey: createPublicKey(demo.public_key),
  serial: demo.serial,
  apiV3Key: merchant.api_v3_key,
};

/** As a server gets it: names of headers in lower case. */
function received({ headers, body }: Pick<HandedRequest, 'headers' | 'body'>): Parameters<typeof refusal>[0] {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { headers: Object.fromEntries(lower), body: Buffer.from(body ?? '') } as Parameters<
    typeof refusal
  >[0];
}

const reasonAgainst = (request: Pick<HandedRequest, 'headers' | 'body'>): string | undefined =>
  refusal(received(request), trust);

const v3Kinds = knownKinds.filter((kind): kind is KnownKind<'v3'> => kind.startsWith('v3/'));

describe('buildNotification', () => {
  test('builds a payment that another implementation accepts and opens', () => {
    const built = buildNotification('v3/transaction', {
      merchant,
      fields: { out_trade_no: 'A1', 'amount.total': 990, attach: null },
    });
    expect(built).toMatchObject({ method: 'POST', warnings: [] });
    expect(built.headers).toMatchObject({ 'Content-Type': 'application/json' });
    expect(reasonAgainst(built)).toBeUndefined();
    const resource = openResource(Buffer.from(built.body), merchant.api_v3_key);
    expect(resource).toMatchObject({ mchid: merchant.mch_id, out_trade_no: 'A1', amount: { total: 990 } });
    expect(resource).not.toHaveProperty('attach');
    expect(built.fields).toMatchObject({ 'amount.payer_total': '990', 'envelope.event_type': 'TRANSACTION.SUCCESS' }); // prettier-ignore
  });

  test.each(v3Kinds)('%s is authentic, and nothing that the platform would not send', (kind) => {
    const built = buildNotification(kind, { merchant });
    expect(built.warnings).toEqual([]);
    expect(reasonAgainst(built)).toBeUndefined();
    expect(verifyV3(built, merchant)).toMatchObject({ ok: true, fields: built.fields });
  });

  test('a seed makes all of it repeatable, the signature too; a moment makes it fresh', () => {
    const build = (seed: string, at?: Date) => buildNotification('v3/refund', { merchant, seed, at });
    expect(build('a')).toEqual(build('a'));
    expect(build('a').body).not.toBe(build('b').body);
    expect(reasonAgainst(build('a'))).toMatch(/^timestamp/);
    const fresh = build('a', new Date());
    expect(reasonAgainst(fresh)).toBeUndefined();
    expect(fresh.fields['out_trade_no']).not.toBe(build('b', new Date()).fields['out_trade_no']);
    const at = new Date('2024-02-29T00:00:00Z');
    expect(build('a', at).headers['Wechatpay-Timestamp']).toBe('1709164800');
    expect(build('a', at).fields['envelope.create_time']).toBe('2024-02-29T08:00:00+08:00');
    expect(buildNotification('v2/payment', { merchant: v2Merchant, at }).fields['time_end']).toBe(
      '20240229080000',
    );
  });

  test('a key of one’s own signs, by certificate or as a public key', () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const private_key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const named: readonly [PlatformOptions, string][] = [
      [{ private_key, serial: '0A1B' }, 'A1B'],
      [{ private_key, public_key_id: 'PUB_KEY_ID_1' }, 'PUB_KEY_ID_1'],
      [{ private_key, serial: 'A1B', public_key_id: 'PUB_KEY_ID_1', mode: 'public-key' }, 'PUB_KEY_ID_1'],
    ];
    for (const [platform, serial] of named) {
      const built = buildNotification('v3/transfer', { merchant: { ...merchant, platform } });
      expect(refusal(received(built), { ...trust, publicKey: pair.publicKey, serial })).toBeUndefined();
      expect(trustOf(platform)).toEqual({
        serial,
        public_key: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      });
    }
  });

  test('what the built-in key is trusted by is of one key', () => {
    const certificate = new X509Certificate(demo.certificate ?? '');
    expect(certificate.publicKey.equals(createPublicKey(demo.public_key))).toBe(true);
    expect(certificate.serialNumber).toBe(demo.serial);
  });

  test('needs no API key; API v2 needs nothing of the platform', () => {
    expect(buildNotification('v2/payment', { merchant: v2Merchant }).body).toContain('<sign>');
    expect(() => buildNotification('v2/payment', { merchant })).toThrow(/the merchant has no api_key/);
  });
});

describe('a forgery', () => {
  const build = (tamper: TamperV3) => buildNotification('v3/transaction', { merchant, tamper });

  test.each<[TamperV3, RegExp]>([
    [{ signature: 'break' }, /^signature/],
    [{ signature: 'probe' }, /^signature/],
    [{ change: { 'amount.total': 1 } }, /^signature/],
    [{ bytes: 'byte' }, /^signature/],
    [{ timestamp: 'old' }, /^timestamp/],
    [{ serial: 'unknown' }, /^serial/],
    [{ headers: { 'Wechatpay-Signature': null } }, /^signature/],
    [{ duplicate: 'Wechatpay-Serial' }, /^serial (\w+), \1$/],
  ])('%j', (tamper, reason) => {
    const forged = build(tamper);
    expect(reasonAgainst(forged)).toMatch(reason);
    expect(verifyV3(forged, merchant).ok).toBe(false);
  });

  test('of the encryption is signed, and does not open', () => {
    const forged = build({ resource: 'tag' });
    expect(reasonAgainst(forged)).toBeUndefined();
    expect(() => openResource(Buffer.from(forged.body), merchant.api_v3_key)).toThrow();
    expect(verifyV3(forged, merchant).checks.filter(({ ok }) => !ok)).toMatchObject([{ step: 'decrypt' }]);
  });

  test('what harms nobody is accepted', () => {
    const built = build({ header_names: 'upper-case' });
    expect(built.headers).toHaveProperty('WECHATPAY-SERIAL');
    expect(reasonAgainst(built)).toBeUndefined();
    expect(verifyV3(built, merchant).ok).toBe(true);
  });

  test('says what scenario files say, word for word', () => {
    expectTypeOf<keyof TamperV3>().toEqualTypeOf<
      Exclude<keyof TamperForm, keyof typeof v2Tamper | keyof typeof wireTamper>
    >();
    expectTypeOf<TamperV3['resource']>().toEqualTypeOf<keyof typeof resourceDamages | undefined>();
    expectTypeOf<TamperV3['bytes']>().toEqualTypeOf<BytesDamage | undefined>();
    expectTypeOf<TamperV3['timestamp']>().toEqualTypeOf<keyof typeof timestampDamages | undefined>();
    expectTypeOf<TamperV3['signature']>().toEqualTypeOf<keyof typeof signatureDamages | undefined>();
    expectTypeOf<TamperV3['serial']>().toEqualTypeOf<keyof typeof serialDamages | undefined>();
    expectTypeOf<TamperV3['header_names']>().toEqualTypeOf<keyof typeof headerNameDamages | undefined>();
  });

  test.each<[object, RegExp]>([
    [{ sign: 'drop' }, /`sign` is of API v2, and v3\/transaction is not.*`signature`/],
    [{ signatur: 'drop' }, /`signatur` is no key of `tamper`\. Did you mean `signature`\?/],
    [{ signature: 'remove' }, /`tamper\.signature` is "remove", which is not known here\. Known: break/],
    [{ change: { 'amount.totl': 1 } }, /tamper\.change: amount\.totl is not in the message.*`amount\.total`/],
    [{ key: 'short' }, /tamper\.key: an APIv3 key has 32 bytes/],
    [{ duplicate: 'Wechatpay-Serail' }, /Did you mean `Wechatpay-Serial`/],
    [{}, /changes nothing/],
  ])('that is none is refused: %j', (tamper, message) => {
    expect(() => build(tamper)).toThrow(InputError);
    expect(() => build(tamper)).toThrow(message);
  });

  test('words of API v3 mean nothing to API v2', () => {
    const forge = () =>
      buildNotification('v2/payment', { merchant: v2Merchant, tamper: { signature: 'drop' } });
    expect(forge).toThrow(/`signature` is of API v3, and v2\/payment is not.*`sign`/);
  });
});

describe('signV3 and verifyV3', () => {
  test('signs what a merchant verifies', () => {
    const message = { timestamp: 1_700_000_000, nonce: 'n', body: '{"a":"中"}' };
    const signature = Buffer.from(signV3(message, 'demo'), 'base64');
    expect(verify('sha256', Buffer.from('1700000000\nn\n{"a":"中"}\n'), trust.publicKey, signature)).toBe(
      true,
    );
    expect(signV3({ ...message, body: Buffer.from(message.body) }, 'demo')).toBe(signV3(message, 'demo'));
  });

  const { headers, body } = buildNotification('v3/refund', { merchant, seed: 'a', at: new Date() });

  test.each<[string, Parameters<typeof verifyV3>[0]['headers']]>([
    ['an object', headers],
    ['Headers', new Headers(headers)],
    ['pairs', Object.entries(headers)],
    ['lists of values', Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))],
  ])('takes headers as %s', (_, given) => {
    expect(verifyV3({ headers: given, body: Buffer.from(body) }, merchant)).toMatchObject({
      ok: true,
      kind: 'v3/refund',
    });
  });

  test('goes by the clock that it is told', () => {
    const at = new Date(Date.now() + 301_000);
    const { ok, checks } = verifyV3({ headers, body }, merchant, { at });
    expect(ok).toBe(false);
    expect(checks.filter((check) => !check.ok)).toMatchObject([{ step: 'timestamp' }]);
  });

  test('says which step fails, and opens what can be opened', () => {
    const [, digit = ''] = /"create_time":"(\d)/.exec(body) ?? [];
    const changed = body.replace(`"create_time":"${digit}`, '"create_time":"9');
    const { ok, checks, fields } = verifyV3({ headers, body: changed }, merchant);
    expect(ok).toBe(false);
    expect(checks.filter((check) => !check.ok)).toMatchObject([{ step: 'sign' }]);
    expect(fields['refund_status']).toBe('SUCCESS');
  });
});

test.each([
  [200, '{"code":"FAIL"}', 'SUCCESS'],
  [204, '', 'SUCCESS'],
  [500, '{"code":"FAIL","message":"no"}', 'FAIL'],
  [404, 'not here', 'INVALID'],
])('readAckV3(%i, %j) is %s', (status, body, as) => {
  expect(readAckV3(status, body)).toMatchObject({ as });
});

describe('wrong input', () => {
  const never = (value: unknown) => value as never;
  const build = (wrong: object) => () =>
    buildNotification('v3/transaction', { merchant: { ...merchant, ...wrong } });
  const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const pem = (key: typeof other) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

  test.each<[string, () => unknown, RegExp]>([
    ['no platform', build({ platform: undefined }), /the merchant has no platform\..*`demo`/],
    ['no APIv3 key', build({ api_v3_key: undefined }), /the merchant has no api_v3_key/],
    ['a short APIv3 key', build({ api_v3_key: 'short' }), /api_v3_key has 5 bytes, and not 32/],
    ['another name', build({ platform: 'prod' }), /`merchant\.platform` must be demo/],
    [
      'a key that is none',
      build({ platform: { private_key: './key.pem' } }),
      /no private key.*not the name of a file/,
    ],
    ['no private key', build({ platform: {} }), /`merchant\.platform` has no `private_key`/],
    [
      'a misspelt part',
      build({ platform: { privat_key: '' } }),
      /`privat_key`.*Did you mean `private_key`\?/,
    ],
    ['too short a key', build({ platform: { private_key: pem(rsa1024) } }), /not RSA with 2048 bits/],
    ['a key without a name', build({ platform: { private_key: pem(other) } }), /nothing that names its key/],
    [
      'another key’s certificate',
      build({ platform: { private_key: pem(other), certificate: demo.certificate } }),
      /certificate` is that of another private key/,
    ],
    [
      'a misspelt key of a merchant',
      build({ platfrom: 'demo', platform: undefined }),
      /Did you mean `platform`\?/,
    ],
    [
      'what is computed',
      () => buildNotification('v3/refund', { merchant, fields: { 'envelope.resource.ciphertext': 'x' } }),
      /ciphertext is computed.*tamper: { change: { 'envelope/,
    ],
    [
      'no nonce',
      () => buildNotification('v3/refund', { merchant, fields: { 'envelope.resource.nonce': null } }),
      /cannot be encrypted: envelope\.resource\.nonce has 0 bytes/,
    ],
    [
      'a moment that is none',
      () => buildNotification('v3/refund', { merchant, at: new Date('no') }),
      /`options\.at` .*a Date that is a moment/,
    ],
    [
      'no headers',
      () => verifyV3(never({ body: '' }), merchant),
      /`headers` is missing, and must be an object of names and values/,
    ],
    ['no body', () => verifyV3(never({ headers: {} }), merchant), /`body` is missing/],
    [
      'a key that is no platform',
      () => signV3({ timestamp: 1, nonce: '', body: '' }, never(1)),
      /`platform`/,
    ],
    ['no nonce to sign', () => signV3(never({ timestamp: 1, body: '' }), 'demo'), /`message` has no `nonce`/],
    ['a kind of API v3 for readAckV2', () => readAckV2(204, '', never({ kind: 'v3/refund' })), /readAckV3/],
    [
      'an option of readAckV2 for readAckV3',
      () => readAckV3(204, '', never({ kind: 'v3/refund' })),
      /`kind`/,
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });

  test('keys are not quoted', () => {
    const wrong = { api_v3_key: 'secret-too-short', platform: { private_key: 'secret-no-pem' } };
    for (const call of [build(wrong), build({ ...wrong, api_v3_key: merchant.api_v3_key })])
      expect(call).toThrow(/^(?!.*secret-)/s);
    expect(build({ platform: 'secret-name' })).toThrow(/^(?!.*secret-)/s);
  });
});

describe('run', async () => {
  const built = pathToFileURL(path.join(root, 'dist/index.js')).href;
  const { run } = (await import(built)) as typeof face;

  /** A merchant who verifies and opens, and answers as API v3 wants it. */
  const deliver = (request: HandedRequest): HandedAnswer => {
    try {
      const reason = reasonAgainst(request);
      if (reason !== undefined)
        return { status: 401, body: JSON.stringify({ code: 'FAIL', message: reason }) };
      openResource(Buffer.from(request.body ?? ''), merchant.api_v3_key);
      return { status: 204 };
    } catch (error) {
      return { status: 500, body: JSON.stringify({ code: 'FAIL', message: String(error) }) };
    }
  };

  test('every scenario of API v3 passes at a sound handler, without an API key', async () => {
    const document = await run({ scenarios: 'v3', merchant, deliver });
    expect(document.scenarios.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(document.summary.passed).toBeGreaterThan(60);
  });

  test('finds a handler that believes everything', async () => {
    const scenarios = ['forged-signature-v3', 'signature-probe-v3', 'changed-byte-v3', 'expired-v3'];
    const document = await run({ scenarios, merchant, deliver: () => ({ status: 200 }) });
    expect(document).toMatchObject({ ok: false, exit: 1, summary: { passed: 0 } });
  });

  test('with a seed is of the seed’s moment, and says so', async () => {
    const { warnings, scenarios } = await run({ scenarios: 'paid-v3', merchant, deliver, seed: 'a' });
    expect(JSON.stringify([warnings, scenarios])).toContain('2026-01-01 04:00:00 UTC');
    expect(scenarios[0]?.deliveries[0]).toMatchObject({ ack: 'FAIL', message: expect.stringMatching(/^timestamp/) as string }); // prettier-ignore
  });

  test.each<[object, string, RegExp]>([
    [{ platform: undefined }, 'paid-v3', /the merchant has no platform/],
    [{}, 'payment/paid', /the merchant has no api_key/],
    [{ api_v3_key: 'short' }, 'paid-v3', /has 5 bytes/],
    [{ platform: { private_key: 'x' } }, 'paid-v3', /`platform\.private_key` is no private key/],
  ])('%j and %s: nothing is sent', async (wrong, scenarios, message) => {
    let calls = 0;
    const options = {
      scenarios,
      merchant: { ...merchant, ...wrong },
      deliver: () => (calls++, { status: 200 }),
    };
    const said: unknown = await run(options).catch((error: unknown) => error);
    expect(said).toBeInstanceOf(InputError);
    expect(String(said)).toMatch(message);
    expect(calls).toBe(0);
  });

  test('what is missing for many scenarios is told once', async () => {
    const said: unknown = await run({ scenarios: 'payment', merchant, deliver }).catch(
      (error: unknown) => error,
    );
    expect((said as InputError).problems).toHaveLength(1);
  });
});
