/** Each known mistake, made by code that shares nothing with `src/`: `explain` names exactly that one. */
import { constants, createHash, createSign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/protocol/secret.ts';
import { explain, type Explanation, type Question } from '../../../src/protocol/v3/explain/explain.ts';
import {
  BODY,
  encrypted,
  ENVELOPE,
  envelopeOf,
  escapedUnicode,
  headersOf,
  messageOf,
  NONCE,
  platform,
  RESOURCE,
  RESOURCE_NONCE,
  SERIAL,
  signed,
  sortedKeys,
  spaced,
  stranger,
  TIMESTAMP,
  V3_KEY,
  type Headers,
} from '../../support/mis-sign-v3.ts';

const V2_KEY = '192006250b4c09247ec02edce69f6a2d';
const SECONDS = Number(TIMESTAMP) * 1000;
const GOOD = signed(messageOf());

interface Ask extends Partial<Question> {
  readonly key?: string;
}

function explained(body: string | Buffer, headers: Headers, { key = V3_KEY, ...ask }: Ask = {}): Explanation {
  return explain({
    method: 'POST',
    url: 'https://shop.example/pay/notify?a=1',
    headers,
    body: Buffer.from(body),
    clock: { arrived: new Date(SECONDS + 1000), now: new Date(SECONDS + 86_400_000) },
    owner: { appid: 'wx2421b1c4370ec43b', mch_id: '10000100' },
    platform: {
      name: 'the platform’s key',
      serials: [SERIAL, 'PUB_KEY_ID_0110000100'],
      publicKey: platform.publicKey,
    },
    otherPlatforms: [{ name: 'the demo key', serials: ['D0'], publicKey: stranger.publicKey }],
    api_v3_key: new Secret(key),
    otherKeys: [
      { name: 'the API key that is set here', code: 'v2-key', key: V2_KEY },
      { name: 'the key of profile staging', code: 'other-key', key: 'StagingKeyStagingKeyStagingKey01' },
    ],
    ...ask,
  });
}

/** Every code that is told: of the first explanation of each part. */
function codesOf({ diagnoses }: Explanation): readonly string[] {
  return diagnoses.flatMap((mistakes) => mistakes.map(({ code }) => code));
}

function detailsOf({ diagnoses }: Explanation): readonly string[] {
  return diagnoses.flatMap((mistakes) => mistakes.map(({ detail }) => detail));
}

/** What was signed instead, and what that is called. */
function expectMistake(result: Explanation, code: string, detail?: string): void {
  expect(codesOf(result).slice(0, 1)).toEqual([code]);
  if (detail !== undefined) expect(detailsOf(result)[0]).toContain(detail);
  expect(result.ok).toBe(false);
}

describe('authentic', () => {
  const result = explained(BODY, headersOf(GOOD));

  test('verifies and opens; the message is the hand-written one', () => {
    expect(result).toMatchObject({
      ok: true,
      diagnoses: [],
      kind: 'v3/transaction',
      signed_by: 'the platform’s key',
      table: [],
    });
    expect(result.string_to_sign).toBe(`${TIMESTAMP}\n${NONCE}\n${BODY}\n`);
    const digest = createHash('sha256').update(messageOf()).digest('hex');
    expect(result.signatures).toEqual([{ type: 'SHA-256', computed: digest, matches: true }]);
    expect(result.received).toBe(digest);
    expect(result.opening).toMatchObject({
      key_bytes: 32,
      nonce: RESOURCE_NONCE,
      associated_data: 'transaction',
    });
    expect(result.fields).toMatchObject({
      out_trade_no: 'A1',
      'amount.total': '100',
      'envelope.summary': '支付成功',
    });
  });

  test('whose it is, it says itself', () => {
    expect(explained(BODY, headersOf(GOOD), { owner: {} }).ok).toBe(true);
    expect(explained(BODY, headersOf(GOOD), { owner: { mch_id: '1' } }).ok).toBe(false);
  });

  test('what the table does not allow is told, and refuses nothing', () => {
    const odd = RESOURCE.replace('"bank_type":"OTHERS",', '"bank_type":"OTHERS","unheard_of":"1",');
    const body = JSON.stringify(envelopeOf(encrypted({ text: odd }).toString('base64')));
    const result = explained(body, headersOf(signed(messageOf(body))));
    expect(result.ok).toBe(true);
    expect(result.table.join()).toContain('unheard_of');
  });

  test('without a key, what it is for was not checked', () => {
    const unsigned = explained(BODY, headersOf(GOOD), { platform: undefined, otherPlatforms: [] });
    expect(unsigned).toMatchObject({ ok: false, diagnoses: [] });
    expect(unsigned.checks.filter(({ ok }) => !ok)).toEqual([
      { step: 'sign', ok: false, saw: 'not checked: no key of the platform is known' },
    ]);
    const closed = explained(BODY, headersOf(GOOD), { api_v3_key: undefined });
    expect(closed).toMatchObject({ ok: false, diagnoses: [] });
    expect(closed.checks.filter(({ ok }) => !ok)).toMatchObject([{ step: 'decrypt' }]);
  });
});

describe('the message was put together in another way', () => {
  const request = `POST\n/pay/notify?a=1\n${TIMESTAMP}\n${NONCE}\n${BODY}\n`;
  const cases: readonly [code: string, message: string, detail?: string][] = [
    ['no-last-line-feed', `${TIMESTAMP}\n${NONCE}\n${BODY}`],
    ['separators', `${TIMESTAMP}\r\n${NONCE}\r\n${BODY}\r\n`, 'CR LF in the place'],
    ['separators', `${TIMESTAMP}\\n${NONCE}\\n${BODY}\\n`, 'two characters'],
    ['separators', `${TIMESTAMP}${NONCE}${BODY}`, 'nothing between'],
    ['wrong-order', `${NONCE}\n${TIMESTAMP}\n${BODY}\n`, 'exchanged'],
    ['line-missing', BODY, 'the body alone'],
    ['line-missing', `${TIMESTAMP}\n${BODY}\n`, 'no nonce'],
    ['request-message', request, 'POST /pay/notify?a=1'],
    ['line-added', `${SERIAL}\n${TIMESTAMP}\n${NONCE}\n${BODY}\n`, 'Wechatpay-Serial in front'],
    ['timestamp-changed', `${TIMESTAMP}000\n${NONCE}\n${BODY}\n`, 'milliseconds'],
    ['nonce-changed', `${TIMESTAMP}\n${NONCE.toLowerCase()}\n${BODY}\n`, 'lower case'],
    ['nonce-changed', `${TIMESTAMP}\nundefined\n${BODY}\n`, 'undefined'],
    ['resource-nonce', `${TIMESTAMP}\n${RESOURCE_NONCE}\n${BODY}\n`],
  ];

  test.each(cases)('%s, and signed so', (code, message, detail) => {
    const result = explained(BODY, headersOf(signed(message)));
    expectMistake(result, code, detail);
    expect(result.received).toBe(createHash('sha256').update(message).digest('hex'));
    expect(codesOf(result)).toHaveLength(1);
  });

  test.each(cases)('%s, and verified so', (code, message, detail) => {
    expectMistake(explained(BODY, headersOf(GOOD), { own: { message: Buffer.from(message) } }), code, detail);
    const digest = createHash('sha256').update(message).digest('hex').toUpperCase();
    expectMistake(explained(BODY, headersOf(GOOD), { own: { digest } }), code, detail);
  });
});

/** What code does to a body before it verifies it; `undefined` where nothing else could be signed in its place. */
const rewritings: readonly [code: string, write: (body: string) => string | Buffer, detail?: string][] = [
  ['body-newline', (body) => `${body}\n`, 'line feed'],
  ['body-newline', (body) => `${body}\r\n`, 'CR LF'],
  ['body-rewritten', (body) => spaced(JSON.parse(body)), 'blanks behind , and :'],
  ['body-rewritten', (body) => escapedUnicode(spaced(JSON.parse(body))), '\\u escapes'],
  ['body-rewritten', (body) => escapedUnicode(body), '\\u escapes'],
  ['body-rewritten', (body) => escapedUnicode(body).replaceAll('/', '\\/'), '\\/'],
  ['body-rewritten', (body) => body.replaceAll('/', '\\/'), '\\/'],
  ['body-rewritten', (body) => JSON.stringify(JSON.parse(body), null, 2), 'indented'],
  ['body-rewritten', (body) => JSON.stringify(JSON.parse(body), null, 4), 'indented'],
  ['body-rewritten', () => JSON.stringify(sortedKeys(ENVELOPE)), 'key'],
  ['body-rewritten', () => JSON.stringify(sortedKeys(ENVELOPE), null, 2), 'key'],
  ['body-escaped', (body) => body.replaceAll('"', '&quot;'), 'HTML'],
  ['body-escaped', (body) => JSON.stringify(body), 'JSON'],
  ['body-escaped', (body) => encodeURIComponent(body), 'URL'],
  ['body-charset', (body) => Buffer.from(Buffer.from(body).toString('latin1')), 'ISO-8859-1'],
];

describe('the body was written again', () => {
  test.each(rewritings)('%s %#, and what came is captured so', (code, write, detail) => {
    const result = explained(write(BODY), headersOf(GOOD));
    expectMistake(result, code, detail);
  });

  test.each(rewritings)('%s %#, and verified so', (code, write, detail) => {
    const message = messageOf(Buffer.from(write(BODY)));
    expectMistake(explained(BODY, headersOf(GOOD), { own: { message } }), code, detail);
  });

  const only: readonly [code: string, captured: () => string, detail: string][] = [
    ['body-rewritten', () => `\uFEFF${BODY}`, 'byte order mark'],
    ['body-rewritten', () => JSON.stringify({ ...ENVELOPE, more: null }), 'with more'],
    [
      'body-rewritten',
      () => JSON.stringify({ ...ENVELOPE, create_time: '2026-01-01T04:00:00.000Z' }),
      'another create_time',
    ],
    [
      'body-rewritten',
      () => BODY.replace('create_time', 'createTime').replace('event_type', 'eventType'),
      'with createTime, eventType',
    ],
    [
      'body-rewritten',
      () => JSON.stringify(Object.fromEntries(Object.entries(ENVELOPE).reverse())),
      'another order',
    ],
    ['body-charset', () => BODY.replace('支付成功', '????'), 'summary'],
    ['byte-changed', () => BODY.replace('"create_time":"2026', '"create_time":"2027'), '7 here, and was 6'],
    ['byte-changed', () => BODY.replace('2026', '206'), 'missing here'],
  ];
  test.each(only)('%s %#, and captured so', (code, captured, detail) => {
    expectMistake(explained(captured(), headersOf(GOOD)), code, detail);
  });

  test('in an order that the platform does not use, and written again in another', () => {
    const { resource, ...rest } = ENVELOPE;
    const odd = JSON.stringify({ summary: rest['summary'], resource, id: rest['id'], ...rest });
    const captured = JSON.stringify(sortedKeys(ENVELOPE), null, 1);
    expectMistake(explained(captured, headersOf(signed(messageOf(odd)))), 'body-rewritten', 'another order');
  });

  test('something else stood in its place', () => {
    const own = (body: string) => ({ own: { message: messageOf(body) } });
    for (const body of ['', '[object Object]', 'undefined', JSON.stringify(ENVELOPE.resource), RESOURCE])
      expectMistake(explained(BODY, headersOf(GOOD), own(body)), 'not-the-body');
  });

  test('two mistakes together', () => {
    const message = `${TIMESTAMP}\n${NONCE}\n${spaced(ENVELOPE)}`;
    const codes = codesOf(explained(BODY, headersOf(GOOD), { own: { message: Buffer.from(message) } }));
    expect(codes).toEqual(['no-last-line-feed', 'body-rewritten']);
  });
});

describe('what no known mistake explains', () => {
  test('another message, signed with the right key: that much is certain', () => {
    const result = explained(BODY, headersOf(signed('something else')));
    expectMistake(result, 'message-changed');
  });

  test('another message of somebody’s code: where they part', () => {
    const result = explained(BODY, headersOf(GOOD), {
      own: { message: messageOf(`${BODY.slice(0, 40)}?!`) },
    });
    expectMistake(result, 'message-differs', 'where there should be');
  });

  test('the right one', () => {
    expect(explained(BODY, headersOf(GOOD), { own: { message: messageOf() } })).toMatchObject({
      ok: true,
      diagnoses: [],
    });
    const forged = explained(BODY, headersOf('AAAA'), { own: { message: messageOf() } });
    expect(forged).toMatchObject({ ok: true, diagnoses: [] });
    expect(forged.checks.some(({ step, ok }) => step === 'sign' && !ok)).toBe(true);
  });
});

describe('the signature', () => {
  const damages: readonly [detail: string, damage: (signature: string) => string][] = [
    ['blanks in the place of +', (text) => text.replaceAll('+', ' ')],
    ['alphabet for URLs', (text) => text.replaceAll('+', '-').replaceAll('/', '_')],
    ['the = at the end are missing', (text) => text.replaceAll('=', '')],
    ['URL-encoded', encodeURIComponent],
    ['encoded twice', (text) => Buffer.from(text).toString('base64')],
    ['hexadecimal', (text) => Buffer.from(text, 'base64').toString('hex')],
    ['white space', (text) => text.replace(/.{76}/g, '$&\n')],
    ['characters in it that base64 does not have', (text) => `"${text}"`],
    ['it has 100 bytes', (text) => Buffer.from(text, 'base64').subarray(0, 100).toString('base64')],
  ];
  test.each(damages)('%s', (detail, damage) => {
    const signature = damage(GOOD);
    expect(signature).not.toBe(GOOD);
    const result = explained(BODY, headersOf(signature));
    expectMistake(result, 'signature-damaged', detail);
  });

  test('another hash, another padding', () => {
    expectMistake(
      explained(BODY, headersOf(signed(messageOf(), platform.privateKey, 'RSA-SHA1'))),
      'other-hash',
      'sha1',
    );
    const key = { key: platform.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING };
    const pss = createSign('RSA-SHA256').update(messageOf()).sign(key, 'base64');
    expectMistake(explained(BODY, headersOf(pss)), 'other-padding');
  });

  test('of another key: known, or not', () => {
    const other = signed(messageOf(), stranger.privateKey);
    expectMistake(explained(BODY, headersOf(other)), 'other-platform-key', 'the demo key');
    expectMistake(explained(BODY, headersOf(other), { otherPlatforms: [] }), 'foreign-signature');
  });

  test('a probe', () => {
    expectMistake(explained(BODY, headersOf(`WECHATPAY/SIGNTEST/${GOOD.slice(19)}`)), 'probe');
  });
});

describe('the headers', () => {
  test.each<[string, Readonly<Record<string, string | null>>, string]>([
    ['header-missing', { 'Wechatpay-Nonce': null }, 'Wechatpay-Nonce'],
    ['header-missing', { 'Wechatpay-Signature': '' }, 'Wechatpay-Signature'],
    ['header-repeated', { 'wechatpay-nonce': 'x' }, 'Wechatpay-Nonce'],
    ['unknown-algorithm', { 'Wechatpay-Signature-Type': 'X' }, 'X'],
  ])('%s', (code, changes, detail) => {
    expectMistake(explained(BODY, headersOf(GOOD, changes)), code, detail);
  });
});

describe('the serial', () => {
  const serial = (value: string): Headers => headersOf(GOOD, { 'Wechatpay-Serial': value });
  const foreign = (value: string): Headers =>
    headersOf(signed(messageOf(), stranger.privateKey), { 'Wechatpay-Serial': value });

  test.each<[string, Headers, Ask, string?]>([
    ['serial-form', serial(SERIAL.toLowerCase()), {}],
    ['serial-form', serial(`00${SERIAL}`), {}],
    ['serial-mode', serial('PUB_KEY_ID_0110000100'), {}, 'known by its certificate'],
    ['serial-name', serial('7132D72A03E93CDDF8C03BBD1F37EEDF5A0E1B2C'), {}, SERIAL],
    ['serial-mismatch', foreign('7132D72A03E93CDDF8C03BBD1F37EEDF5A0E1B2C'), { otherPlatforms: [] }, SERIAL],
    ['serial-mode', foreign('PUB_KEY_ID_0119999999'), { otherPlatforms: [] }, 'PUB_KEY_ID_0119999999'],
    ['merchant-certificate', foreign(SERIAL), { otherPlatforms: [], platform: { name: 'a', serials: ['M1'], publicKey: platform.publicKey, isMerchants: true } }],
  ])('%s', (code, headers, ask, detail) => {
    expectMistake(explained(BODY, headers, ask), code, detail);
  }); // prettier-ignore

  test('a public key whose id nobody has said takes any', () => {
    const unnamed = { name: 'a', serials: [], publicKey: platform.publicKey };
    expect(explained(BODY, serial('ANY'), { platform: unnamed }).ok).toBe(true);
  });
});

describe('the clock', () => {
  const at = (seconds: number | undefined, headers = headersOf(GOOD)): Explanation =>
    explained(BODY, headers, {
      clock: {
        arrived: seconds === undefined ? undefined : new Date(SECONDS + seconds * 1000),
        now: new Date(SECONDS + 1e8),
      },
    });

  test.each<[number, string | undefined, string]>([
    [299, undefined, ''],
    [-299, undefined, ''],
    [301, 'expired', '5 minutes before it came'],
    [-400, 'ahead', 'after it came'],
    [8 * 3600 + 2, 'expired', '8 hours to the minute'],
  ])('%i seconds', (seconds, code, detail) => {
    const result = at(seconds);
    expect(codesOf(result)).toEqual(code === undefined ? [] : [code]);
    expect(result.ok).toBe(code === undefined);
    expect(detailsOf(result).join()).toContain(detail);
  });

  test('when it came is not known: that is said, and nothing refused', () => {
    const result = at(undefined);
    expect(result.ok).toBe(true);
    expect(result.checks.find(({ step }) => step === 'timestamp')?.saw).toContain(
      '2026-01-01T12:00:00+08:00; whether it came in time is not known',
    );
  });

  test('from the future, as far as this machine knows', () => {
    const result = explained(BODY, headersOf(GOOD), {
      clock: { arrived: undefined, now: new Date(SECONDS - 1e6) },
    });
    expectMistake(result, 'ahead');
  });

  test.each(['1767240000123', '2026-01-01T12:00:00+08:00', 'now'])('%s', (timestamp) => {
    const headers = headersOf(signed(messageOf(BODY, timestamp)), { 'Wechatpay-Timestamp': timestamp });
    expectMistake(at(0, headers), 'timestamp-form', timestamp);
  });

  test('a fresh timestamp on an old message', () => {
    const fresh = String(Number(TIMESTAMP) + 1000);
    const result = at(1001, headersOf(GOOD, { 'Wechatpay-Timestamp': fresh }));
    expectMistake(result, 'timestamp-shifted', `${TIMESTAMP}, 1000 seconds before it`);
  });
});

describe('the resource', () => {
  const sealed = (
    ciphertext: Buffer | string,
    resource: Readonly<Record<string, unknown>> = {},
    ask: Ask = {},
  ): Explanation => {
    const text = typeof ciphertext === 'string' ? ciphertext : ciphertext.toString('base64');
    const body = JSON.stringify(envelopeOf(text, resource));
    return explained(body, headersOf(signed(messageOf(body))), ask);
  };
  const whole = encrypted();
  const flipped = (at: number): Buffer => {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };

  test.each<[code: string, result: () => Explanation, detail?: string | undefined, opens?: false]>([
    ['v2-key', () => sealed(encrypted({ key: V2_KEY })), 'the API key that is set here'],
    ['v2-key', () => sealed(whole, {}, { key: V2_KEY }), 'the API key that is set here', false],
    ['other-key', () => sealed(encrypted({ key: 'StagingKeyStagingKeyStagingKey01' })), 'profile staging'],
    ['key-space', () => sealed(whole, {}, { key: `${V3_KEY}\n` }), 'white space'],
    ['key-quoted', () => sealed(whole, {}, { key: `"${V3_KEY}"` })],
    ['key-case', () => sealed(encrypted({ key: V3_KEY.toLowerCase() })), 'lower case'],
    ['key-decoded', () => sealed(whole, {}, { key: Buffer.from(V3_KEY).toString('hex') }), 'hexadecimal'],
    ['key-decoded', () => sealed(whole, {}, { key: Buffer.from(V3_KEY).toString('base64') }), 'base64'],
    ['key-size', () => sealed(whole, {}, { key: 'short' }), 'it has 5', false],
    ['header-nonce', () => sealed(encrypted({ nonce: NONCE.slice(0, 12) }))],
    ['other-nonce', () => sealed(whole, { nonce: ` ${RESOURCE_NONCE} ` }), 'without the white space'],
    ['other-nonce', () => sealed(whole, { nonce: 'aaa' }), 'it has 3', false],
    [
      'associated-data',
      () => sealed(encrypted({ data: '' })),
      'encrypted with none, and the field is `transaction`',
    ],
    [
      'associated-data',
      () => sealed(whole, { associated_data: '' }),
      'encrypted with `transaction`, and the field is empty',
    ],
    ['associated-data', () => sealed(whole, { associated_data: undefined }), 'and the field is not there'],
    ['associated-data', () => sealed(encrypted({ data: 'null' }), { associated_data: '' }), '`null`'],
    ['tag-missing', () => sealed(whole.subarray(0, -16))],
    ['tag-mismatch', () => sealed(flipped(whole.length - 1))],
    ['ciphertext-damaged', () => sealed(whole.subarray(0, -40)), 'its end is missing', false],
    ['ciphertext-damaged', () => sealed(''), 'it is empty', false],
    [
      'base64-damaged',
      () => sealed(whole.toString('base64').replaceAll('+', ' ')),
      'blanks in the place of +',
    ],
    ['base64-damaged', () => sealed(whole.toString('base64url')), 'alphabet for URLs'],
    ['base64-damaged', () => sealed(Buffer.from(whole.toString('base64'))), 'encoded twice'],
    ['base64-damaged', () => sealed(whole.toString('hex')), 'hexadecimal'],
    ['base64-damaged', () => sealed(whole.toString('base64').replace(/.{76}/g, '$&\n')), 'white space'],
    ['not-encrypted', () => sealed(RESOURCE)],
    ['not-json', () => sealed(encrypted({ text: 'OK' })), undefined, false],
  ])('%s %#', (code, result, detail, opens) => {
    const found = result();
    expectMistake(found, code, detail);
    if (opens !== false) expect(found.fields).toMatchObject({ out_trade_no: 'A1' });
  });

  test('a wrong key: nothing explains it, and the signature is right', () => {
    const result = sealed(whole, {}, { key: 'x'.repeat(32) });
    expect(result).toMatchObject({ ok: false, diagnoses: [] });
    expect(result.checks.filter(({ ok }) => !ok)).toMatchObject([{ step: 'decrypt' }]);
  });
});

describe('the body', () => {
  test.each([
    ['', 'it is empty'],
    [BODY.slice(0, 200), 'it stops in the middle'],
    ['<xml></xml>', 'it begins with'],
  ])('%#', (body, detail) => {
    const result = explained(body, headersOf(signed(messageOf(body))));
    expectMistake(result, 'not-json', detail);
  });
});

test('any bytes at all, under any headers, are explained without a bug', () => {
  const value = fc.oneof(fc.string(), fc.constantFrom(GOOD, TIMESTAMP, NONCE, SERIAL));
  const headers = fc.dictionary(fc.constantFrom(...headersOf('').map(([name]) => name)), value);
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.constantFrom(BODY, BODY.slice(5), '{"resource":1}'),
  );
  fc.assert(
    fc.property(body, headers, (text, changes) => {
      const result = explained(text, headersOf(GOOD, changes));
      expect(typeof result.ok).toBe('boolean');
    }),
    { numRuns: 30 },
  );
});

test('no key is in what is told', () => {
  for (const key of [V3_KEY, `${V3_KEY}\n`, V2_KEY, 'x'.repeat(33)]) {
    const told = JSON.stringify(explained(BODY, headersOf(GOOD), { key }));
    for (const secret of [key.trim(), V3_KEY, V2_KEY]) expect(told).not.toContain(secret);
  }
});
