/** The library face, as a test of somebody's handler uses it. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  buildNotification,
  InputError,
  knownKinds,
  readAckV2,
  signV2,
  verifyV2,
  type Tamper,
} from '../../src/index.ts';
import type { wireTamper } from '../../src/scenario/schema/tamper-v2.ts';
import type { v3Tamper } from '../../src/scenario/schema/tamper-v3.ts';
import type { TamperForm } from '../../src/scenario/schema/schema.ts';
import { merchant } from '../support/cli.ts';
import { elements, expectedSign, openRefund } from '../support/verifier.ts';

test('builds a payment', () => {
  const { method, headers, body, fields } = buildNotification('v2/payment', {
    merchant,
    fields: { total_fee: 990, out_trade_no: 'A1', bank_type: null },
    seed: '42',
  });
  expect(method).toBe('POST');
  expect(headers).toMatchObject({ 'Content-Type': 'text/xml' });
  expect(fields).toMatchObject({ total_fee: '990', cash_fee: '990', out_trade_no: 'A1' });
  const sent = elements(body);
  expect(Object.fromEntries(sent)['sign']).toBe(expectedSign(sent, merchant.api_key));
  expect(sent.map(([name]) => name)).not.toContain('bank_type');
});

test('builds a refund', () => {
  const { body, fields } = buildNotification('v2/refund', { merchant, fields: { refund_fee: 30 } });
  const { req_info = '' } = Object.fromEntries(elements(body));
  expect(openRefund(req_info, merchant.api_key)).toContain('<refund_fee><![CDATA[30]]></refund_fee>');
  expect(verifyV2(body, merchant)).toMatchObject({ ok: true, kind: 'v2/refund', fields });
});

test('a seed makes it repeatable', () => {
  const build = (seed: string) => buildNotification('v2/payment', { merchant, seed }).body;
  expect(build('a')).toBe(build('a'));
  expect(build('a')).not.toBe(build('b'));
});

test('signs and verifies', () => {
  const fields = { appid: 'wxd930ea5d5a258f4f', mch_id: '10000100', device_info: '1000', body: 'test' };
  const sign = signV2({ ...fields, nonce_str: 'ibuaiVcKdpRxkhJA' }, merchant.api_key);
  expect(sign).toBe('9A0A8659F005D6984697E2CA0A9CF3B7'); // the official document's
  const { body } = buildNotification('v2/payment', { merchant });
  expect(verifyV2(body.replace(/(<sign><!\[CDATA\[)./, '$1_'), merchant)).toMatchObject({ ok: false });
});

test('reads acknowledgements', () => {
  expect(readAckV2(200, '<xml><return_code>SUCCESS</return_code></xml>')).toEqual({
    as: 'SUCCESS',
    message: '',
  });
  expect(readAckV2(200, '{"code":"SUCCESS"}')).toMatchObject({ as: 'INVALID' });
});

describe('a forgery', () => {
  const build = (tamper: Tamper) => buildNotification('v2/payment', { merchant, seed: '42', tamper });
  const signOf = (body: string) => Object.fromEntries(elements(body))['sign'];
  const authentic = buildNotification('v2/payment', { merchant, seed: '42' });

  test('has what the platform signed, and what the forger made of it', () => {
    const { body, fields } = build({ change: { total_fee: 1 } });
    expect(fields).toEqual(authentic.fields);
    expect(signOf(body)).toBe(signOf(authentic.body));
    expect(Object.fromEntries(elements(body))).toMatchObject({ total_fee: '1' });
    expect(verifyV2(body, merchant).ok).toBe(false);
  });

  test.each<[Tamper, RegExp]>([
    [{ sign: 'drop' }, /^(?!.*<sign>)/s],
    [{ sign: 'blank' }, /<sign><!\[CDATA\[\]\]><\/sign>/],
    [{ drop: ['openid'] }, /^(?!.*<openid>)/s],
    [{ duplicate: 'total_fee' }, /<total_fee>.*<total_fee>/s],
    [{ duplicate: { total_fee: 1 } }, />1</],
    [{ body: '<xml/>' }, /^<xml\/>$/],
  ])('%j', (tamper, body) => {
    expect(build(tamper).body).toMatch(body);
    expect(verifyV2(build(tamper).body, merchant).ok).toBe(false);
  });

  test('takes texts as they are: they are no templates', () => {
    expect(build({ add: { note: '${x}' } }).body).toContain('${x}');
  });

  test('of method and headers', () => {
    const { method, headers } = build({ method: 'PUT', headers: { 'content-type': 'application/json' } });
    expect(method).toBe('PUT');
    expect(headers).toMatchObject({ 'content-type': 'application/json' });
    expect(headers).not.toHaveProperty('Content-Type');
  });

  test('says what scenario files say, word for word', () => {
    expectTypeOf<Omit<TamperForm, 'method'>>().toExtend<Omit<Tamper, 'method'>>();
    expectTypeOf<keyof Tamper>().toEqualTypeOf<
      Exclude<keyof TamperForm, keyof typeof v3Tamper | keyof typeof wireTamper>
    >();
    expectTypeOf<Tamper['sign']>().toEqualTypeOf<TamperForm['sign']>();
    expectTypeOf<Tamper['ciphertext']>().toEqualTypeOf<TamperForm['ciphertext']>();
  });

  test.each<[unknown, RegExp]>([
    [{ sgin: 'drop' }, /`sgin` is no key of `tamper`\. Did you mean `sign`\?/],
    [{ sign: 'missing' }, /`tamper\.sign` is "missing", which is not known here\. Known: break, drop/],
    [{ drop: 'opnid' }, /tamper\.drop: opnid is not in the message.*Did you mean `openid`\?/],
    [{}, /changes nothing/],
    [{ sign_type: 'MD5' }, /changes nothing/],
    ['drop', /`tamper`/],
  ])('that is none is refused: %j', (tamper, message) => {
    expect(() => build(tamper as Tamper)).toThrow(InputError);
    expect(() => build(tamper as Tamper)).toThrow(message);
  });
});

describe('wrong input', () => {
  test('an unknown kind says what is known', () => {
    const nope = 'v2/nope' as 'v2/payment';
    expect(() => buildNotification(nope, { merchant })).toThrow(/v2\/payment.*v2\/refund/);
    expect(() => readAckV2(200, '', { kind: nope })).toThrow(InputError);
  });

  test.each([undefined, {}, { merchant: {} }, { merchant: { ...merchant, api_key: '' } }])(
    'without a merchant: %j',
    (options) => {
      const build = () => buildNotification('v2/payment', options as { merchant: typeof merchant });
      expect(build).toThrow(/the merchant has no api_key\. A merchant is/);
    },
  );

  test('a kind that needs the APIv3 key says so, and not the key', () => {
    const short = { ...merchant, api_v3_key: 'too short' };
    expect(() => buildNotification('v2/payscore-paid', { merchant: short })).toThrow(/9 bytes.*api_v3_key/);
    expect(() => buildNotification('v2/payscore-paid', { merchant: short })).not.toThrow(/too short/);
  });

  test('what is computed is no field', () => {
    const fields = { sign: 'X' };
    expect(() => buildNotification('v2/payment', { merchant, fields })).toThrow(/computed.*tamper/);
  });

  test('what the platform would not send is a warning', () => {
    const { warnings } = buildNotification('v2/payment', { merchant, fields: { totl_fee: 1 } });
    expect(warnings).toEqual([expect.stringContaining('totl_fee')]);
    expect(buildNotification('v2/payment', { merchant }).warnings).toEqual([]);
  });
});

test.each(knownKinds.filter((kind) => kind.startsWith('v2/')))('%s is authentic', (kind) => {
  const { body, warnings } = buildNotification(kind, { merchant, fields: { attach: undefined } });
  expect(verifyV2(body, merchant)).toMatchObject({ ok: true, kind });
  expect(warnings).toEqual([]);
});

describe('what would make no message is refused', () => {
  test.each<[string, unknown, RegExp]>([
    ['a control character', { attach: 'a\u0000' }, /`options\.fields\.attach`.*U\+0000, which XML cannot/],
    ['half a character', { attach: '\uD83D' }, /U\+D83D/],
    ['a name with a blank', { 'a b': 1 }, /`options\.fields\.a b` is not a name of letters/],
    ['markup as a name', { '<x>': 1 }, /`options\.fields\.<x>` is not a name/],
    ['no name', { '': 1 }, /is not a name/],
    ['an object', { attach: {} }, /is a mapping, and must be text, a number, true or false, or null/],
    ['no number', { total_fee: NaN }, /is NaN, and must be text/],
    ['a function', { attach: () => 1 }, /is a function, and must be/],
    ['a big integer', { total_fee: 1n }, /is 1, and must be/],
    ['text instead of fields', 'total_fee=1', /`options\.fields` is "total_fee=1", and must be an object/],
  ])('%s', (_, fields, message) => {
    const build = () =>
      buildNotification('v2/payment', { merchant, fields: fields as Record<string, string> });
    expect(build).toThrow(InputError);
    expect(build).toThrow(message);
  });
});

describe('arguments that are not of their types', () => {
  const never = (value: unknown) => value as never;

  test.each<[string, () => unknown, RegExp]>([
    [
      'a misspelt option',
      () => buildNotification('v2/payment', never({ merchant, feilds: {} })),
      /`feilds` is no key of `options`\. Did you mean `fields`\?/,
    ],
    [
      'a seed that is no text',
      () => buildNotification('v2/payment', never({ merchant, seed: 42 })),
      /`options\.seed` is 42, and must be text/,
    ],
    [
      'a tamper that is nothing',
      () => buildNotification('v2/payment', never({ merchant, tamper: null })),
      /tamper/,
    ],
    [
      'no kind',
      () => buildNotification(never(undefined), { merchant }),
      /no kind `undefined`\. Known: .*v2\/payment/,
    ],
    [
      'an unknown algorithm',
      () => buildNotification('v2/payment', { merchant: never({ ...merchant, sign_type: 'md5' }) }),
      /`merchant\.sign_type` must be MD5 or HMAC-SHA256\. Did you mean `MD5`\?/,
    ],
    [
      'a misspelt key of a merchant',
      () => buildNotification('v2/payment', { merchant: never({ ...merchant, sign_typ: 'MD5' }) }),
      /`sign_typ`\. Did you mean `sign_type`\?/,
    ],
    [
      'an appid that XML cannot carry',
      () => buildNotification('v2/payment', { merchant: { ...merchant, appid: '\u0001' } }),
      /`merchant\.appid`.*U\+0001/,
    ],
    ['a key that is no text', () => signV2({}, never({})), /`api_key` must be text/],
    ['no key', () => signV2({}, ''), /`api_key` must be text that is not empty/],
    ['fields that are text', () => signV2(never('a=1'), 'key'), /`fields` is "a=1", and must be an object/],
    [
      'a field that is missing',
      () => signV2(never({ a: undefined }), 'key'),
      /`fields\.a` is missing, and must be text/,
    ],
    [
      'another algorithm',
      () => signV2({}, 'key', never('SHA1')),
      /`sign_type` is "SHA1", which is not known here\. Known: MD5, HMAC-SHA256/,
    ],
    [
      'no body to verify',
      () => verifyV2(never(undefined), merchant),
      /`body` is missing, and must be text or bytes/,
    ],
    [
      'no body to read',
      () => readAckV2(200, never(undefined)),
      /`body` is missing, and must be text or bytes/,
    ],
    ['no status', () => readAckV2(never('200'), ''), /`status` is "200", and must be an HTTP status/],
    [
      'a misspelt option of an answer',
      () => readAckV2(200, '', never({ kid: 'v2/payment' })),
      /Did you mean `kind`\?/,
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });

  test('more than a merchant needs is no mistake', () => {
    const configured = { ...merchant, notify_url: 'https://shop.example/notify', mchid: '1' };
    expect(buildNotification('v2/payment', { merchant: configured }).warnings).toEqual([]);
  });

  test('keys are not quoted', () => {
    const build = () =>
      buildNotification('v2/payment', { merchant: never({ ...merchant, api_v3_key: 7_654_321 }) });
    expect(build).toThrow(/api_v3_key` must be text/);
    expect(build).not.toThrow(/7654321/);
  });
});
