/** Each known mistake with `req_info`, made by code that shares nothing with `src/`. */
import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { V2Credentials } from '../../../src/protocol/dialect.ts';
import { Secret } from '../../../src/protocol/secret.ts';
import { explain, type Explanation } from '../../../src/protocol/v2/explain/explain.ts';
import type { OtherKey } from '../../../src/protocol/v2/explain/mistake.ts';
import {
  encrypted,
  md5,
  MIXED_KEY as KEY,
  REFUND_TEXT,
  refundOf,
  type Encryption,
} from '../../support/mis-sign.ts';
import { merchant } from '../../support/cli.ts';

const V3_KEY = 'V3keyV3keyV3keyV3keyV3keyV3keyV3';
const STAGING_KEY = 'StagingKeyStagingKeyStagingKey01';

const others: readonly OtherKey[] = [
  { name: 'the APIv3 key', code: 'v3-key', key: V3_KEY },
  { name: 'the key of profile staging', code: 'other-key', key: STAGING_KEY },
];

function explained(reqInfo: string, key = KEY): Explanation {
  const credentials: V2Credentials = {
    ...merchant,
    api_key: new Secret(key),
    api_v3_key: undefined,
    sign_type: 'MD5',
  };
  const result = explain({ text: refundOf(reqInfo), credentials, otherKeys: others });
  if ('why' in result) throw new Error(result.why);
  return result;
}

interface Case {
  readonly title: string;
  readonly reqInfo: string;
  readonly codes: readonly string[];
  readonly details?: readonly string[];
}

function check({ title, reqInfo, codes, details }: Case): void {
  test(title, () => {
    const result = explained(reqInfo);
    expect(result.diagnoses).toHaveLength(codes.length === 0 ? 0 : 1);
    expect((result.diagnoses[0] ?? []).map(({ code }) => code)).toEqual(codes);
    if (details) expect((result.diagnoses[0] ?? []).map(({ detail }) => detail)).toEqual(details);
    expect(result).toMatchObject({ kind: 'v2/refund', ok: false, string_to_sign: null, signatures: [] });
    expect(JSON.stringify(result)).not.toMatch(new RegExp(KEY, 'i'));
  });
}

const lowerMd5 = (text: string): string => md5(text).toLowerCase();
const base64 = (options: Encryption = {}): string => encrypted(options).toString('base64');
const withApiKey = (key: string): string => base64({ key: lowerMd5(key) });
const KEY_BYTES = Buffer.from(lowerMd5(KEY));
const ZERO = Buffer.alloc(16);
/** Filled with zeros up to a whole block, as PHP’s old mcrypt does it. */
const zeroFilled = (text: string): string => text + '\0'.repeat((16 - (Buffer.byteLength(text) % 16)) % 16);
/** A base64 with `+` and `/` in it. */
const whole = base64();

describe('authentic', () => {
  test('it opens, and its fields are told', () => {
    expect(whole).toMatch(/\+.*\/|\/.*\+/);
    const result = explained(whole);
    expect(result).toMatchObject({ ok: true, diagnoses: [], kind: 'v2/refund' });
    expect(result.fields).toMatchObject({ refund_fee: '3960', refund_recv_accout: '支付用户零钱' });
    expect(result.fields).not.toHaveProperty('req_info');
  });

  test('in every length', () => {
    const attach = fc.string({ unit: fc.constantFrom('a', '余', '😀', ' '), maxLength: 40 });
    fc.assert(
      fc.property(attach, fc.stringMatching(/^[A-Za-z0-9]{32}$/), (value, key) => {
        const plaintext = `<root><refund_status>SUCCESS</refund_status><a><![CDATA[${value}]]></a></root>`;
        const result = explained(base64({ plaintext, key: lowerMd5(key) }), key);
        expect(result).toMatchObject({ ok: true, diagnoses: [], fields: { refund_status: 'SUCCESS' } });
      }),
    );
  });
});

describe('the key', () => {
  const key = (code: string, detail: string, wrong: string): Case => ({
    title: `${code}: ${detail}`,
    reqInfo: withApiKey(wrong),
    codes: [code],
    details: [detail],
  });
  [
    key('key-case', 'upper case', KEY.toUpperCase()),
    key('key-case', 'lower case', KEY.toLowerCase()),
    key('key-space', 'a line feed after it', `${KEY}\n`),
    key('key-space', 'a carriage return and a line feed after it', `${KEY}\r\n`),
    key('key-space', 'a blank after it', `${KEY} `),
    key('key-space', 'a blank before it', ` ${KEY}`),
    key('key-space', 'a tab after it', `${KEY}\t`),
    key('key-space', 'a byte order mark before it', `\uFEFF${KEY}`),
    key('key-quoted', 'double quotes', `"${KEY}"`),
    key('key-quoted', 'single quotes', `'${KEY}'`),
    key('key-cut', 'the last one', KEY.slice(0, -1)),
    key('key-cut', 'the first one', KEY.slice(1)),
    key('no-key', 'empty', ''),
    key('no-key', 'the word null', 'null'),
    key('no-key', 'the word undefined', 'undefined'),
    key('v3-key', 'the APIv3 key', V3_KEY),
    key('other-key', 'the key of profile staging', STAGING_KEY),
  ].forEach(check);

  test('white space around the key in force', () => {
    const result = explained(whole, `${KEY}\n`);
    expect(result.diagnoses[0]).toMatchObject([{ code: 'key-space' }]);
    expect(result.diagnoses[0]?.[0]?.detail).toContain('here has white space');
  });
});

describe('what is made of the key', () => {
  const bytes = createHash('md5').update(KEY).digest();
  const sha = createHash('sha256').update(KEY);
  const sha256 = sha.digest();
  const made = (code: string, detail: string, key: string | Buffer): Case => ({
    title: `${code}: ${detail}`,
    reqInfo: base64({ key }),
    codes: [code],
    details: [detail],
  });
  [
    made('key-not-hashed', '', KEY),
    made('hash-upper-case', '', md5(KEY)),
    made('hash-as-bytes', '16 bytes: AES-128', bytes),
    made('hash-as-bytes', 'twice, to make 32 of them', Buffer.concat([bytes, bytes])),
    made('other-hash', 'SHA-256', sha256),
    made('other-hash', 'SHA-256 in hexadecimal, cut to 32', sha256.toString('hex').slice(0, 32)),
    made('key-not-hashed', 'its first 16: AES-128', KEY.slice(0, 16)),
    made('hash-as-bytes', 'and zeros, to make 32 of them', Buffer.concat([bytes, ZERO])),
    made(
      'other-hash',
      'SHA-1 in hexadecimal, cut to 32',
      createHash('sha1').update(KEY).digest('hex').slice(0, 32),
    ),
    made('hash-cut', 'the first 24: AES-192', KEY_BYTES.subarray(0, 24)),
    made('hashed-twice', '', lowerMd5(lowerMd5(KEY))),
    made('hash-cut', 'the first 16: AES-128', KEY_BYTES.subarray(0, 16)),
    made('hash-cut', 'the middle 16: AES-128', KEY_BYTES.subarray(8, 24)),
  ].forEach(check);
});

describe('the mode', () => {
  const nonce = randomBytes(16);
  const mode = (detail: string, bytes: Buffer): Case => ({
    title: detail,
    reqInfo: bytes.toString('base64'),
    codes: ['wrong-mode'],
    details: [detail],
  });
  const filled = zeroFilled(REFUND_TEXT);
  [
    mode('CBC with an IV of zeros', encrypted({ mode: 'cbc', iv: ZERO })),
    mode(
      'CBC with the first 16 bytes of the key as IV',
      encrypted({ mode: 'cbc', iv: KEY_BYTES.subarray(0, 16) }),
    ),
    mode(
      'CBC with the last 16 bytes of the key as IV',
      encrypted({ mode: 'cbc', iv: KEY_BYTES.subarray(16) }),
    ),
    mode(
      'CBC with the IV before the ciphertext',
      Buffer.concat([nonce, encrypted({ mode: 'cbc', iv: nonce })]),
    ),
    mode('CTR with an IV of zeros', encrypted({ mode: 'ctr', iv: ZERO })),
    mode(
      'CTR with the first 16 bytes of the key as IV',
      encrypted({ mode: 'ctr', iv: KEY_BYTES.subarray(0, 16) }),
    ),
    mode('CFB with an IV of zeros', encrypted({ mode: 'cfb', iv: ZERO })),
    mode('CBC with another IV', encrypted({ mode: 'cbc', iv: Buffer.from('1234567890123456') })),
    mode('CBC with another IV', encrypted({ mode: 'cbc', iv: Buffer.from(KEY.slice(0, 16)) })),
    mode('CFB with another IV', encrypted({ mode: 'cfb', iv: nonce })),
    mode(
      'CFB with the IV before the ciphertext',
      Buffer.concat([nonce, encrypted({ mode: 'cfb', iv: nonce })]),
    ),
    mode(
      'CTR with the IV before the ciphertext',
      Buffer.concat([nonce, encrypted({ mode: 'ctr', iv: nonce })]),
    ),
    mode('OFB with an IV of zeros', encrypted({ mode: 'ofb', iv: ZERO })),
    mode('ECB without PKCS#7 padding, filled with zeros', encrypted({ plaintext: filled, padding: false })),
    mode(
      'CBC with an IV of zeros, filled with zeros',
      encrypted({ plaintext: filled, padding: false, mode: 'cbc', iv: ZERO }),
    ),
  ].forEach(check);

  test('the filling is no part of what was hidden', () => {
    const { fields, ok } = explained(base64({ plaintext: filled, padding: false }));
    expect(fields).toMatchObject({ total_fee: '3960' });
    expect(ok).toBe(false);
  });
});

describe('the base64', () => {
  const damaged = (title: string, reqInfo: string, detail: string): Case => ({
    title,
    reqInfo,
    codes: ['base64-damaged'],
    details: [detail],
  });
  const wrapped = whole.replace(/.{76}/g, '$&\n');
  [
    damaged(
      'blanks for +',
      whole.replaceAll('+', ' '),
      'blanks in the place of +, as form decoding leaves them',
    ),
    damaged('URL-encoded', encodeURIComponent(whole), 'URL-encoded'),
    damaged('URL-encoded twice', encodeURIComponent(encodeURIComponent(whole)), 'URL-encoded twice'),
    damaged('URL alphabet', encrypted().toString('base64url'), 'it is in the alphabet for URLs (- and _)'),
    damaged(
      'HTML escapes',
      whole.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;').replaceAll('=', '&#61;'),
      'escaped as HTML or XML',
    ),
    damaged('JSON escapes', whole.replaceAll('/', '\\/'), 'with \\/ as JSON writes it'),
    damaged('line feeds as \\n', wrapped.replaceAll('\n', '\\n'), 'line feeds as the two characters \\n'),
    damaged('encoded twice', Buffer.from(whole).toString('base64'), 'encoded twice'),
    damaged('hexadecimal', encrypted().toString('hex'), 'hexadecimal, not base64'),
    damaged('hexadecimal capitals', encrypted().toString('hex').toUpperCase(), 'hexadecimal, not base64'),
    damaged('line feeds in it', wrapped, 'there is white space in it'),
    damaged('CR LF in it', wrapped.replaceAll('\n', '\r\n'), 'there is white space in it'),
    damaged('a line feed behind it', `${whole}\n`, 'there is white space in it'),
    damaged('quotes around it', `b'${whole}'`, 'with something else around it'),
    damaged('a data URL', `data:;base64,${whole}`, 'with something else around it'),
    damaged('lower case', whole.toLowerCase(), 'it is in lower case'),
    damaged('upper case', whole.toUpperCase(), 'it is in upper case'),
    damaged('+ lost', whole.replaceAll('+', ''), 'every + is missing'),
    damaged('/ lost', whole.replaceAll('/', ''), 'every / is missing'),
  ].forEach(check);

  test.each([
    ['=', '<root><a>12345678901</a></root>'],
    ['==', '<root><a>1</a></root>' + ' '.repeat(40)],
  ])('%s missing', (end, plaintext) => {
    const text = base64({ plaintext });
    expect(text.replace(/[^=]/g, '')).toBe(end);
    expect(explained(text.replace(/=+$/, '')).diagnoses).toMatchObject([
      [{ code: 'base64-damaged', detail: 'the = at the end are missing' }],
    ]);
  });
});

describe('the ciphertext', () => {
  const bytes = encrypted();
  const blocks = bytes.length / 16;
  const flipped = (at: number): string => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(at) ^ 0x10, at);
    return copy.toString('base64');
  };
  const cut = (count: number): string => bytes.subarray(0, -count).toString('base64');
  const damage = (title: string, reqInfo: string, detail: string): Case => ({
    title,
    reqInfo,
    codes: ['ciphertext-damaged'],
    details: [detail],
  });
  [
    damage(
      'half a block gone',
      cut(8),
      `${bytes.length - 8} bytes, which is not a multiple of 16: it was cut`,
    ),
    damage('a block gone', cut(16), 'its end is missing'),
    damage('three blocks gone', cut(48), 'its end is missing'),
    damage('a byte of the third block', flipped(40), `block 3 of ${blocks}`),
    damage('a byte of the first block', flipped(0), `block 1 of ${blocks}`),
    damage('a byte of the last block', flipped(bytes.length - 1), `block ${blocks} of ${blocks}`),
  ].forEach(check);

  test.each([
    ['another key altogether', withApiKey(randomBytes(16).toString('hex'))],
    ['no ciphertext at all', randomBytes(640).toString('base64')],
    ['no base64', '余额 is not base64'],
    ['one byte', 'AA=='],
  ])('%s: nothing is made up', (_, reqInfo) => {
    expect(explained(reqInfo)).toMatchObject({ ok: false, diagnoses: [] });
  });
});

describe('what is in it', () => {
  test.each(['{"refund_status":"SUCCESS"}', '<root><a>1 & 2</a></root>', 'refund_status=SUCCESS'])(
    '%s',
    (plaintext) => {
      expect(explained(base64({ plaintext })).diagnoses).toMatchObject([[{ code: 'not-xml' }]]);
    },
  );
});

describe('two mistakes together', () => {
  const bytes = createHash('md5').update(KEY).digest();
  const codes = (reqInfo: string): readonly string[] =>
    (explained(reqInfo).diagnoses[0] ?? []).map(({ code }) => code).sort();
  test.each([
    [['base64-damaged', 'key-case'], withApiKey(KEY.toUpperCase()).replaceAll('+', ' ')],
    [['base64-damaged', 'key-not-hashed'], encodeURIComponent(base64({ key: KEY }))],
    [['hash-upper-case', 'key-space'], base64({ key: md5(`${KEY}\n`) })],
    [['hash-upper-case', 'key-case'], base64({ key: md5(KEY.toLowerCase()) })],
    [['hash-as-bytes', 'wrong-mode'], base64({ key: bytes, mode: 'cbc', iv: ZERO })],
    [['hash-upper-case', 'wrong-mode'], base64({ key: md5(KEY), mode: 'cbc', iv: Buffer.from(md5(KEY)).subarray(0, 16) })], // prettier-ignore
    [['key-not-hashed', 'wrong-mode'], base64({ key: KEY, mode: 'cbc', iv: ZERO })],
    [['key-not-hashed', 'v3-key'], base64({ key: V3_KEY })],
    [['other-key', 'wrong-mode'], base64({ key: lowerMd5(STAGING_KEY), mode: 'ctr', iv: ZERO })],
    [['base64-damaged', 'wrong-mode'], encrypted({ mode: 'cbc', iv: ZERO }).toString('hex')],
    [['base64-damaged', 'other-key'], Buffer.from(withApiKey(STAGING_KEY)).toString('base64')],
    [['hashed-twice', 'key-quoted'], base64({ key: lowerMd5(lowerMd5(`"${KEY}"`)) })],
  ])('%j', (expected, reqInfo) => {
    expect(codes(reqInfo)).toEqual(expected);
  });
});
