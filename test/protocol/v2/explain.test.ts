/** Each known mistake, made by code that shares nothing with `src/`: `explain` names exactly that one. */
import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SignType, V2Credentials } from '../../../src/protocol/dialect.ts';
import { Secret } from '../../../src/protocol/secret.ts';
import { explain, type Explanation } from '../../../src/protocol/v2/explain/explain.ts';
import type { OtherKey } from '../../../src/protocol/v2/explain/mistake.ts';
import {
  changedParts,
  hashed,
  hmac,
  md5,
  messageOf,
  MIXED_KEY as KEY,
  partsOf,
  PAYMENT,
  PAYMENT_TEXT,
  type Values,
} from '../../support/mis-sign.ts';
import { merchant } from '../../support/cli.ts';

const V3_KEY = 'V3keyV3keyV3keyV3keyV3keyV3keyV3';
const STAGING_KEY = 'StagingKeyStagingKeyStagingKey01';

const others: readonly OtherKey[] = [
  { name: 'the APIv3 key', code: 'v3-key', key: V3_KEY },
  { name: 'the key of profile staging', code: 'other-key', key: STAGING_KEY },
];

interface Ask {
  readonly key?: string;
  readonly sign_type?: SignType;
  readonly computed?: string;
}

function explained(text: string, { key = KEY, sign_type = 'MD5', computed }: Ask = {}): Explanation {
  const credentials: V2Credentials = {
    ...merchant,
    api_key: new Secret(key),
    api_v3_key: undefined,
    sign_type,
  };
  const result = explain({ text, credentials, otherKeys: others, computed });
  if ('why' in result) throw new Error(result.why);
  return result;
}

/** The codes of the first explanation; nothing where there is none. */
function codesOf({ diagnoses }: Explanation): readonly string[] {
  return (diagnoses[0] ?? []).map(({ code }) => code);
}

function detailsOf({ diagnoses }: Explanation): readonly string[] {
  return (diagnoses[0] ?? []).map(({ detail }) => detail);
}

interface Case {
  readonly title: string;
  /** What the message carries; the payment unless it is told otherwise. */
  readonly fields?: Values;
  /** How the mistake was made. */
  readonly sign: (fields: Values) => string;
  readonly code: string;
  readonly detail?: string;
}

/** A payment in which something is different. */
const payment = (changes: Values): Values => ({ ...PAYMENT, ...changes });
const withKey = (text: string, key = KEY): string => `${text}&key=${key}`;
const right = (fields: Values): string => withKey(partsOf(fields).join('&'));
const textWith = (name: string, value: string): string =>
  withKey(partsOf({ ...PAYMENT, [name]: value }).join('&'));
const leftOut =
  (...names: string[]) =>
  (fields: Values): string =>
    md5(withKey(partsOf(without(fields, ...names)).join('&')));

function without(fields: Values, ...names: string[]): Values {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function check({ title, fields = PAYMENT, sign, code, detail }: Case): void {
  test(title, () => {
    const signature = sign(fields);
    expect(signature).not.toBe(md5(right(fields)));
    const result = explained(messageOf(fields, signature));
    expect(codesOf(result)).toEqual([code]);
    if (detail !== undefined) expect(detailsOf(result)).toEqual([detail]);
    expect(result.ok).toBe(false);
    expect(result.received).toBe(signature);
  });
}

describe('authentic', () => {
  test('the string to sign is the hand-written one, the key masked', () => {
    const result = explained(messageOf(PAYMENT, md5(withKey(PAYMENT_TEXT))));
    expect(result).toMatchObject({ ok: true, diagnoses: [], kind: 'v2/payment' });
    expect(result.string_to_sign).toBe(`${PAYMENT_TEXT}&key=********`);
    expect(result.signatures).toEqual([
      { type: 'MD5', computed: md5(withKey(PAYMENT_TEXT)), matches: true },
      { type: 'HMAC-SHA256', computed: hmac(withKey(PAYMENT_TEXT)), matches: false },
    ]);
  });

  test.each<{ title: string; fields?: Values; sign: (text: string) => string; ask?: Ask }>([
    { title: 'HMAC-SHA256, named', fields: { sign_type: 'HMAC-SHA256' }, sign: (text) => hmac(text) },
    { title: 'HMAC-SHA256, not named', sign: (text) => hmac(text) },
    { title: 'HMAC-SHA256, agreed', sign: (text) => hmac(text), ask: { sign_type: 'HMAC-SHA256' } },
    { title: 'MD5, named', fields: { sign_type: 'MD5' }, sign: md5 },
    { title: 'with empty fields', fields: { device_info: '', attach: '' }, sign: md5 },
    { title: 'with 0', fields: { coupon_fee: '0' }, sign: md5 },
    { title: 'with what is easily changed', fields: { attach: ' 余额😀 &amp; %20 + "<é> \n' }, sign: md5 },
  ])('$title', ({ fields, sign, ask }) => {
    const all = payment(fields ?? {});
    expect(explained(messageOf(all, sign(right(all))), ask)).toMatchObject({ ok: true, diagnoses: [] });
  });
});

describe('the algorithm', () => {
  test.each<{ title: string; fields?: Values; sign: string; ask?: Ask; detail: string }>([
    {
      title: 'MD5, where HMAC-SHA256 is named',
      fields: payment({ sign_type: 'HMAC-SHA256' }),
      sign: md5(textWith('sign_type', 'HMAC-SHA256')),
      detail: 'MD5 fits, and HMAC-SHA256 was expected',
    },
    {
      title: 'HMAC-SHA256, where MD5 is named',
      fields: payment({ sign_type: 'MD5' }),
      sign: hmac(textWith('sign_type', 'MD5')),
      detail: 'HMAC-SHA256 fits, and MD5 was expected',
    },
    {
      title: 'MD5, where HMAC-SHA256 is agreed',
      sign: md5(withKey(PAYMENT_TEXT)),
      ask: { sign_type: 'HMAC-SHA256' },
      detail: 'MD5 fits, and HMAC-SHA256 was expected',
    },
  ])('$title', ({ fields = PAYMENT, sign, ask, detail }) => {
    const result = explained(messageOf(fields, sign), ask);
    expect(codesOf(result)).toEqual(['other-algorithm']);
    expect(detailsOf(result)).toEqual([detail]);
  });

  const foreign = (detail: string, sign: (text: string) => string): Case => ({
    title: detail,
    sign: (fields) => sign(right(fields)),
    code: 'foreign-algorithm',
    detail,
  });
  [
    foreign('SHA-256 without HMAC', (text) => hashed('sha256', text)),
    foreign('HMAC-MD5', (text) => hmac(text, KEY, 'md5')),
    foreign('SHA-1', (text) => hashed('sha1', text)),
    foreign('HMAC-SHA1', (text) => hmac(text, KEY, 'sha1')),
    foreign('SHA-512', (text) => hashed('sha512', text)),
    foreign('MD5 twice', (text) => md5(md5(text).toLowerCase())),
    foreign('MD5 twice, upper case between', (text) => md5(md5(text))),
  ].forEach(check);
});

describe('the key', () => {
  const key = (code: string, title: string, wrong: string, detail?: string): Case => ({
    title: `${code}: ${title}`,
    sign: () => md5(withKey(PAYMENT_TEXT, wrong)),
    code,
    ...(detail !== undefined && { detail }),
  });
  [
    key('key-case', 'upper case', KEY.toUpperCase(), 'upper case'),
    key('key-case', 'lower case', KEY.toLowerCase(), 'lower case'),
    key('key-space', 'a line feed after it', `${KEY}\n`, 'a line feed after it'),
    key('key-space', 'CR LF after it', `${KEY}\r\n`, 'a carriage return and a line feed after it'),
    key('key-space', 'a carriage return after it', `${KEY}\r`, 'a carriage return after it'),
    key('key-space', 'a blank after it', `${KEY} `, 'a blank after it'),
    key('key-space', 'a blank before it', ` ${KEY}`, 'a blank before it'),
    key('key-space', 'a blank on both sides', ` ${KEY} `, 'a blank on both sides'),
    key('key-space', 'a tab after it', `${KEY}\t`, 'a tab after it'),
    key('key-space', 'a byte order mark before it', `\uFEFF${KEY}`, 'a byte order mark before it'),
    key('key-quoted', 'double quotes', `"${KEY}"`, 'double quotes'),
    key('key-quoted', 'single quotes', `'${KEY}'`, 'single quotes'),
    key('key-cut', 'the last character', KEY.slice(0, 31), 'the last one'),
    key('key-cut', 'the first character', KEY.slice(1), 'the first one'),
    key('no-key', 'the word null', 'null', 'the word null'),
    key('no-key', 'the word undefined', 'undefined', 'the word undefined'),
    key('no-key', 'the word None', 'None', 'the word None'),
    key('key-hashed', 'MD5, lower case', md5(KEY).toLowerCase(), 'MD5, lower case'),
    key('key-hashed', 'MD5, upper case', md5(KEY), 'MD5, upper case'),
    key('v3-key', 'that of API v3', V3_KEY, 'the APIv3 key'),
    key('other-key', 'that of another profile', STAGING_KEY, 'the key of profile staging'),
  ].forEach(check);

  test('an empty key', () => {
    const result = explained(messageOf(PAYMENT, md5(withKey(PAYMENT_TEXT, ''))));
    expect(['no-key', 'key-missing']).toContain(codesOf(result)[0]);
    expect(codesOf(result)).toHaveLength(1);
  });

  test.each([
    {
      title: 'white space around the key in force',
      key: `${KEY}\n`,
      code: 'key-space',
      detail: /here has white space/,
    },
    {
      title: 'quotes around the key in force',
      key: `"${KEY}"`,
      code: 'key-quoted',
      detail: /here is quoted/,
    },
    { title: 'a key in force in another case', key: KEY.toUpperCase(), code: undefined, detail: /^$/ },
  ])('$title', ({ key: inForce, code, detail }) => {
    const result = explained(messageOf(PAYMENT, md5(withKey(PAYMENT_TEXT))), { key: inForce });
    expect(codesOf(result)).toEqual(code === undefined ? [] : [code]);
    expect(detailsOf(result).join('')).toMatch(detail);
  });

  test('both in HMAC’s key and in the string', () => {
    const upper = KEY.toUpperCase();
    const result = explained(messageOf(PAYMENT, hmac(withKey(PAYMENT_TEXT, upper), upper)));
    expect(codesOf(result)).toEqual(['key-case']);
  });
});

describe('how the key is appended', () => {
  const joined = (code: string, text: string, detail?: string): Case => ({
    title: `${code}: ${detail ?? 'nothing behind the fields'}`,
    sign: () => md5(text),
    code,
    ...(detail !== undefined && { detail }),
  });
  const parts = partsOf(PAYMENT);
  const all = [...parts, `key=${KEY}`];
  [
    joined('key-missing', PAYMENT_TEXT),
    joined('key-missing', `${PAYMENT_TEXT}&`, 'it ended in `&`'),
    joined('key-misplaced', PAYMENT_TEXT + KEY, 'right behind the last field'),
    joined('key-misplaced', `${PAYMENT_TEXT}&${KEY}`, 'behind `&`, without `key=`'),
    joined('key-misplaced', `${PAYMENT_TEXT}key=${KEY}`, 'behind `key=`, without `&`'),
    joined('key-misplaced', KEY + PAYMENT_TEXT, 'before the fields'),
    joined('key-misplaced', `key=${KEY}&${PAYMENT_TEXT}`, 'before the fields, as key='),
    joined('key-misplaced', KEY + PAYMENT_TEXT + KEY, 'on both ends'),
    joined('key-misplaced', PAYMENT_TEXT.replace('&mch_id', `&key=${KEY}&mch_id`), 'sorted among the fields'),
    joined('key-misplaced', `${PAYMENT_TEXT}&&key=${KEY}`, 'behind `&&`'),
    ...['KEY', 'Key', 'secret', 'api_key', 'appsecret', 'partnerKey', 'mch_key'].map((name) =>
      joined('key-misnamed', `${PAYMENT_TEXT}&${name}=${KEY}`, name),
    ),
    joined('separators', `${withKey(PAYMENT_TEXT)}&`, '`&` at the end'),
    joined('separators', `&${withKey(PAYMENT_TEXT)}`, '`&` at the beginning'),
    joined('separators', all.join('\n'), 'line feeds in the place of `&`'),
    joined('separators', all.join(''), 'nothing in the place of `&`'),
    joined('separators', all.join(','), '`,` in the place of `&`'),
    joined('separators', all.join('|'), '`|` in the place of `&`'),
    joined('separators', all.join('&amp;'), '`&amp;` in the place of `&`'),
    joined(
      'separators',
      `${Object.entries(PAYMENT).flat().join('')}key${KEY}`,
      'no `=` between names and values',
    ),
    joined('whole-changed', encodeURIComponent(withKey(PAYMENT_TEXT)), 'URL-encoded'),
    joined('whole-changed', withKey(PAYMENT_TEXT).toLowerCase(), 'in lower case'),
    joined('whole-changed', withKey(PAYMENT_TEXT).toUpperCase(), 'in upper case'),
  ].forEach(check);

  test('a line feed at the end: with MD5 it may have been behind the key as well', () => {
    const text = `${withKey(PAYMENT_TEXT)}\n`;
    expect(codesOf(explained(messageOf(PAYMENT, md5(text))))).toEqual(['key-space']);
    const hmacSigned = explained(messageOf(PAYMENT, hmac(text)));
    expect(codesOf(hmacSigned)).toEqual(['separators']);
    expect(detailsOf(hmacSigned)).toEqual(['a line feed at the end']);
  });

  test('HMAC without &key=, its own key being right', () => {
    expect(codesOf(explained(messageOf(PAYMENT, hmac(PAYMENT_TEXT))))).toEqual(['key-missing']);
  });
});

describe('the order', () => {
  const cased = { ...PAYMENT, Attach: '1', deviceInfo: 'X', Z_last: '2', coupon_count: '1', couponX: '3' };
  const coupons = payment(
    Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`coupon_fee_${n}`, String(n + 1)])),
  );
  const dotted = payment({ device_info: '1', 'device.info': '2', 'device-info': '3', deviceinfo: '4' });
  const valued = payment({ a: '1', a1: '2', 'a-b': '3' });
  const sorted = (order: (a: string, b: string) => number) => (fields: Values) =>
    md5(
      withKey(
        Object.entries(fields)
          .sort(([a], [b]) => order(a, b))
          .map(([name, value]) => `${name}=${value}`)
          .join('&'),
      ),
    );
  const bytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
  const insensitive = 'sorted-case-insensitively';
  const rows: readonly Case[] = [
    {
      title: 'as small letters',
      fields: cased,
      sign: sorted((a, b) => bytes(a.toLowerCase(), b.toLowerCase())),
      code: insensitive,
      detail: 'as small letters',
    },
    {
      title: 'as capitals',
      fields: cased,
      sign: sorted((a, b) => bytes(a.toUpperCase(), b.toUpperCase())),
      code: insensitive,
      detail: 'as capitals',
    },
    {
      title: 'not sorted: in the order of the message',
      fields: Object.fromEntries(Object.entries(PAYMENT).sort(([, a], [, b]) => bytes(b, a))),
      sign: sorted(() => 0),
      code: 'wrong-order',
      detail: 'not sorted at all: in the order of the message',
    },
    { title: 'descending', sign: sorted((a, b) => bytes(b, a)), code: 'wrong-order', detail: 'descending' },
    {
      title: 'localeCompare',
      fields: dotted,
      sign: sorted((a, b) => a.localeCompare(b)),
      code: 'wrong-order',
      detail: 'by the language’s collation',
    },
    {
      title: 'numbers as numbers',
      fields: coupons,
      sign: sorted((a, b) => a.localeCompare(b, 'en', { numeric: true })),
      code: 'wrong-order',
      detail: 'numbers in names as numbers',
    },
    {
      title: 'name=value as one',
      fields: valued,
      sign: (fields) =>
        md5(withKey(Object.entries(fields).map(([name, value]) => `${name}=${value}`).sort(bytes).join('&'))), // prettier-ignore
      code: 'wrong-order',
      detail: 'by name and value together',
    },
    {
      title: 'by value',
      fields: without(PAYMENT, 'cash_fee', 'return_code'),
      sign: (fields) =>
        md5(withKey(Object.entries(fields).sort(([, a], [, b]) => bytes(a, b)).map(([name, value]) => `${name}=${value}`).join('&'))), // prettier-ignore
      code: 'wrong-order',
      detail: 'by value',
    },
  ];
  rows.forEach(check);
});

describe('which fields take part', () => {
  const empty = payment({ device_info: '', err_code: '' });
  const emptyAs = (word: string) => (fields: Values) =>
    md5(
      withKey(
        Object.keys(fields)
          .sort()
          .map((name) => `${name}=${fields[name] === '' ? word : (fields[name] ?? '')}`)
          .join('&'),
      ),
    );
  const signed = (sign: string): string =>
    md5(withKey(PAYMENT_TEXT.replace('&time_end', `&sign=${sign}&time_end`)));
  const rows: readonly Case[] = [
    { title: 'empty ones', fields: empty, sign: emptyAs(''), code: 'empty-included', detail: '' },
    { title: 'empty ones as null', fields: empty, sign: emptyAs('null'), code: 'empty-included', detail: 'as the word null' }, // prettier-ignore
    { title: 'empty ones as undefined', fields: empty, sign: emptyAs('undefined'), code: 'empty-included', detail: 'as the word undefined' }, // prettier-ignore
    { title: 'empty ones as None', fields: empty, sign: emptyAs('None'), code: 'empty-included', detail: 'as the word None' }, // prettier-ignore
    { title: 'an empty sign', sign: () => signed(''), code: 'sign-included', detail: 'with an empty value' },
    {
      title: 'the sign of a first round',
      sign: (fields) => signed(md5(right(fields))),
      code: 'sign-included',
      detail: 'with the signature of a first round',
    },
    {
      title: 'the sign of a first round, in lower case',
      sign: (fields) => signed(md5(right(fields)).toLowerCase()),
      code: 'sign-included',
      detail: 'with the signature of a first round, in lower case',
    },
    {
      title: 'without sign_type',
      fields: payment({ sign_type: 'MD5' }),
      sign: leftOut('sign_type'),
      code: 'sign-type-left-out',
    },
    {
      title: 'with a sign_type that is not sent',
      sign: () => md5(textWith('sign_type', 'MD5')),
      code: 'sign-type-included',
      detail: 'sign_type=MD5',
    },
    { title: 'without attach', sign: leftOut('attach'), code: 'field-left-out', detail: 'attach' },
    { title: 'without the last', sign: leftOut('transaction_id'), code: 'field-left-out', detail: 'transaction_id' }, // prettier-ignore
    {
      title: 'a field added after signing',
      fields: payment({ x_trace: '1' }),
      sign: leftOut('x_trace'),
      code: 'field-left-out',
      detail: 'x_trace',
    },
    {
      title: 'without two',
      sign: leftOut('return_code', 'result_code'),
      code: 'fields-left-out',
      detail: 'result_code and return_code',
    },
    {
      title: 'with a fee_type that is gone',
      fields: without(PAYMENT, 'fee_type'),
      sign: () => md5(withKey(PAYMENT_TEXT)),
      code: 'field-missing',
      detail: 'fee_type=CNY',
    },
    {
      title: 'with a return_msg that is gone',
      sign: () => md5(textWith('return_msg', 'OK')),
      code: 'field-missing',
      detail: 'return_msg=OK',
    },
  ];
  rows.forEach(check);

  test('sign_type=HMAC-SHA256 in the string and not in the message', () => {
    const result = explained(messageOf(PAYMENT, hmac(textWith('sign_type', 'HMAC-SHA256'))));
    expect(codesOf(result)).toEqual(['sign-type-included']);
    expect(detailsOf(result)).toEqual(['sign_type=HMAC-SHA256']);
  });
});

describe('the values', () => {
  const hex = (value: string): string => value.replace(/%../g, (code) => code.toLowerCase());
  const strict = (value: string): string =>
    encodeURIComponent(value).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const form = (value: string): string => strict(value).replaceAll('%20', '+');
  const escape = (value: string): string =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const values = (
    code: string,
    attach: string,
    change: (value: string) => string,
    detail?: string,
  ): Case => ({
    title: `${code}: ${detail ?? ''}`,
    fields: payment({ attach }),
    sign: (fields) => md5(withKey(changedParts(fields, change))),
    code,
    ...(detail !== undefined && { detail }),
  });
  const smile = /[\u{10000}-\u{10FFFF}]/gu;
  const odd = "it's (a) *b* 余额/c";
  [
    values('url-encoded', odd, encodeURIComponent, 'as encodeURIComponent does'),
    values('url-encoded', odd, form, 'with + for blanks'),
    values('url-encoded', odd, strict, 'every reserved character'),
    values('url-encoded', odd, (value) => hex(strict(value)), 'in lower-case hexadecimal'),
    values('url-encoded', odd, (value) => hex(form(value)), 'with + for blanks, in lower-case hexadecimal'),
    values('url-decoded', 'a%20b+c', decodeURIComponent, 'percent signs only'),
    values('url-decoded', 'a%20b+c', (value) => decodeURIComponent(value.replaceAll('+', ' ')), '+ as a blank too'), // prettier-ignore
    values('trimmed', ' vip ', (value) => value.trim()),
    values('space-collapsed', 'a  b c', (value) => value.replace(/\s/g, ''), 'all of it removed'),
    values('space-collapsed', 'a  b\nc', (value) => value.replace(/\s+/g, ' '), 'runs of it made one blank'),
    values('space-collapsed', 'a\nb', (value) => value.replaceAll('\n', '\r\n'), 'line ends as CR LF'),
    values('html-unescaped', 'a &amp; &#39;b&lt;', () => "a & 'b<", 'once'),
    values('html-unescaped', 'a &amp;amp; b', () => 'a & b', 'twice'),
    values('html-escaped', 'a & <b> "c" \'d\'', escape, '& < >'),
    values('html-escaped', 'a & <b> "c" \'d\'', (value) => escape(value).replaceAll('"', '&quot;'), '& < > "'), // prettier-ignore
    values('html-escaped', 'a & <b> "c" \'d\'', (value) => escape(value).replaceAll('"', '&quot;').replaceAll("'", '&#39;'), '& < > " and \' as &#39;'), // prettier-ignore
    values('html-escaped', 'a & <b> "c" \'d\'', (value) => escape(value).replaceAll('"', '&quot;').replaceAll("'", '&apos;'), '& < > " and \' as &apos;'), // prettier-ignore
    values('cdata-included', 'vip', (value) => `<![CDATA[${value}]]>`, ''),
    values('json-escaped', '余额/1', (value) => value.replace('余', '\\u4f59').replace('额', '\\u989d'), '\\u escapes'), // prettier-ignore
    values('json-escaped', '余额/1', (value) => value.replace('余', '\\u4f59').replace('额', '\\u989d').replace('/', '\\/'), '\\u escapes and \\/'), // prettier-ignore
    values('json-escaped', '余额/1', (value) => value.replace('/', '\\/'), '\\/'),
    values('json-escaped', '{"id":1}', (value) => value.replaceAll('"', '\\"'), 'backslashes before quotes'),
    values('json-escaped', 'vip', (value) => `"${value}"`, 'quotes around them'),
    values('case-changed', 'vip', (value) => value.toLowerCase(), 'lower case'),
    values('case-changed', 'vip', (value) => value.toUpperCase(), 'upper case'),
    values('normalised', 'cafe\u0301', () => 'caf\u00e9', 'NFC'),
    values('normalised', 'caf\u00e9', () => 'cafe\u0301', 'NFD'),
    values('normalised', '\uFF36\uFF29\uFF30', () => 'VIP', 'NFKC'),
    values('emoji-lost', 'ok😀👍', (value) => value.replace(smile, ''), 'left out'),
    values('emoji-lost', 'ok😀👍', (value) => value.replace(smile, '?'), 'as ?'),
    values('emoji-lost', 'ok😀👍', (value) => value.replace(smile, '??'), 'as ??'),
    values('emoji-lost', 'ok😀👍', (value) => value.replace(smile, '\uFFFD'), 'as U+FFFD'),
  ]
    .map((row): Case => {
      const { fields = {}, code } = row;
      if (!['html-unescaped', 'normalised'].includes(code)) return row;
      // Only attach has anything to change: its new text is written out by hand.
      const text = { once: "a & 'b<", twice: 'a & b', NFC: 'caf\u00e9', NFD: 'cafe\u0301', NFKC: 'VIP' }[row.detail ?? ''] ?? ''; // prettier-ignore
      return { ...row, sign: () => md5(withKey(partsOf({ ...fields, attach: text }).join('&'))) };
    })
    .forEach(check);

  test('line ends as LF: XML carries a carriage return only as a reference', () => {
    const sign = md5(textWith('attach', 'a\nb'));
    const text = messageOf(PAYMENT, sign).replace(/<attach>.*<\/attach>/, '<attach>a&#13;\nb</attach>');
    const result = explained(text);
    expect(codesOf(result)).toEqual(['space-collapsed']);
    expect(detailsOf(result)).toEqual(['line ends as LF']);
  });

  const names = (detail: string, change: (name: string) => string): Case => ({
    title: `names-changed: ${detail}`,
    fields: payment({ Extra: '1' }),
    sign: (fields) =>
      md5(withKey(partsOf(fields).map((part) => part.replace(/^[^=]+/, change)).join('&'))), // prettier-ignore
    code: 'names-changed',
    detail,
  });
  [
    names('lower case', (name) => name.toLowerCase()),
    names('camel case', (name) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())),
    names('without `_`', (name) => name.replaceAll('_', '')),
  ].forEach(check);
});

describe('the charset', () => {
  const chinese = payment({ attach: '余额é' });
  const gbkText = (fields: Values): Buffer => {
    const [before = '', after = ''] = withKey(partsOf(fields).join('&')).split('余额');
    return Buffer.concat([Buffer.from(before), Buffer.from('d3e0b6ee', 'hex'), Buffer.from(after)]);
  };
  const bytes = (code: string, detail: string, encode: (text: string) => Buffer): Case => ({
    title: `${code}: ${detail}`,
    fields: chinese,
    sign: (fields) => md5(encode(right(fields))),
    code,
    detail,
  });
  const gbk: Case = {
    title: 'charset: GBK',
    fields: payment({ attach: '余额' }),
    sign: (fields) => md5(gbkText(fields)),
    code: 'charset',
    detail: 'GBK',
  };
  const smiling = { ...bytes('charset', 'ASCII, ? for each unit of what it lacks', (text) => Buffer.from(text.replace('余额', '??').replace('😀', '??'))), fields: payment({ attach: '余额😀' }) }; // prettier-ignore
  [
    gbk,
    bytes('charset', 'ISO-8859-1, ? for what it lacks', (text) => Buffer.from(text.replace('余额', '??'), 'latin1')), // prettier-ignore
    bytes('charset', 'ISO-8859-1, the low byte of each character', (text) => Buffer.from(text, 'latin1')),
    bytes('charset', 'ASCII, ? for what it lacks', (text) => Buffer.from(text.replace('余额é', '???'))),
    smiling,
    bytes('charset', 'UTF-16, little endian', (text) => Buffer.from(text, 'utf16le')),
    bytes('charset', 'UTF-16, big endian', (text) => Buffer.from(text, 'utf16le').swap16()),
    bytes('charset', 'UTF-8 with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)),
    bytes('mojibake', 'ISO-8859-1', (text) => Buffer.from(Buffer.from(text).toString('latin1'))),
    bytes('mojibake', 'windows-1252', (text) => Buffer.from(text.replace('余额é', 'ä½™é¢\u009DÃ©'))),
    bytes('mojibake', 'GBK', (text) => Buffer.from(new TextDecoder('gbk').decode(Buffer.from(text)))),
  ].forEach(check);
});

describe('the digest', () => {
  const digest = (text: string): Buffer => createHash('md5').update(text).digest();
  const form = (detail: string, write: (bytes: Buffer) => string): Case => ({
    title: detail,
    sign: (fields) => write(digest(right(fields))),
    code: 'digest-form',
    detail,
  });
  [
    form('base64', (bytes) => bytes.toString('base64')),
    form('base64 for URLs', (bytes) => bytes.toString('base64url')),
    form('base64 of the hexadecimal', (bytes) => Buffer.from(bytes.toString('hex')).toString('base64')),
    form('base64 of the upper-case hexadecimal', (bytes) => Buffer.from(bytes.toString('hex').toUpperCase()).toString('base64')), // prettier-ignore
    form('the middle 16 characters', (bytes) => bytes.toString('hex').slice(8, 24).toUpperCase()),
  ].forEach(check);

  /** A payment whose digest begins with a zero, or has one at the beginning of a byte. */
  const found = (wanted: RegExp): Values => {
    const tried = Array.from({ length: 5000 }, (_, n) => payment({ nonce_str: `n${n}` }));
    const fields = tried.find((candidate) => wanted.test(md5(right(candidate))));
    if (!fields) throw new Error('none');
    return fields;
  };
  [
    {
      ...form('without leading zeros', (bytes) => BigInt(`0x${bytes.toString('hex')}`).toString(16).toUpperCase()), // prettier-ignore
      fields: found(/^00/),
    },
    {
      ...form('without leading zeros of each byte', (bytes) => Array.from(bytes, (byte) => byte.toString(16).toUpperCase()).join('')), // prettier-ignore
      fields: found(/^(..){3}0/),
    },
  ].forEach(check);

  test('HMAC-SHA256 cut to 32 characters', () => {
    const fields = payment({ sign_type: 'HMAC-SHA256' });
    const result = explained(messageOf(fields, hmac(right(fields)).slice(0, 32)));
    expect(codesOf(result)).toEqual(['digest-form']);
    expect(detailsOf(result)).toEqual(['the first 32 characters']);
  });

  test('lower case', () => {
    const result = explained(messageOf(PAYMENT, md5(withKey(PAYMENT_TEXT)).toLowerCase()));
    expect(codesOf(result)).toEqual(['lower-case-digest']);
    expect(result.ok).toBe(false);
  });

  test.each([' %', '%\n', '\t%\r\n'])('white space around it: %j', (frame) => {
    const [before = '', after = ''] = frame.split('%');
    const result = explained(messageOf(PAYMENT, `${before}${md5(withKey(PAYMENT_TEXT))}${after}`));
    expect(codesOf(result)).toEqual(['sign-space']);
    expect(result.ok).toBe(false);
  });

  test('white space around HMAC-SHA256 that is not named', () => {
    const result = explained(messageOf(PAYMENT, `${hmac(withKey(PAYMENT_TEXT))}\n`));
    expect(codesOf(result)).toEqual(['sign-space']);
  });

  test('white space and lower case', () => {
    const result = explained(messageOf(PAYMENT, `${md5(withKey(PAYMENT_TEXT)).toLowerCase()} `));
    expect(codesOf(result)).toEqual(['sign-space', 'lower-case-digest']);
  });
});

describe('a changed field', () => {
  const changed = (title: string, changes: Values, detail: string, from: Values = PAYMENT): Case => ({
    title,
    fields: { ...from, ...changes },
    sign: () => md5(withKey(partsOf(from).join('&'))),
    code: 'field-changed',
    detail,
  });
  [
    changed('a value of a list', { result_code: 'FAIL' }, 'result_code was "SUCCESS"'),
    changed('another value of a list', { trade_type: 'MWEB' }, 'trade_type was "JSAPI"'),
    changed('an amount, another one of the message', { cash_fee: '1' }, 'cash_fee was "300"'),
    changed(
      'an amount, the difference of two others',
      { cash_fee: '999' },
      'cash_fee was "250"',
      payment({ cash_fee: '250', coupon_fee: '50' }),
    ),
    changed('an amount in yuan', { total_fee: '3.00' }, 'total_fee was "300"'),
    changed('an amount with a decimal point', { total_fee: '300.0' }, 'total_fee was "300"'),
    changed('one amount, found by trying', { total_fee: '1' }, 'total_fee was "12345"', payment({ total_fee: '12345' })), // prettier-ignore
    changed(
      'all amounts, found by trying',
      { total_fee: '1', cash_fee: '1' },
      'total_fee was "20000", cash_fee was "20000"',
      payment({ total_fee: '20000', cash_fee: '20000' }),
    ),
    changed('the form of a time', { time_end: '2026-01-02 03:04:05' }, 'time_end was "20260102030405"'),
    changed('the form of a time, with its zone', { time_end: '2026-01-02T03:04:05+08:00' }, 'time_end was "20260102030405"'), // prettier-ignore
    changed(
      'a blank behind a value',
      { nonce_str: 'abc' },
      'nonce_str was "abc "',
      payment({ nonce_str: 'abc ' }),
    ),
    changed('a line feed behind a value', { nonce_str: 'abc' }, 'nonce_str was "abc\\n"', payment({ nonce_str: 'abc\n' })), // prettier-ignore
    changed('the case of one value', { bank_type: 'cft' }, 'bank_type was "CFT"'),
    changed(
      'a leading zero',
      { out_trade_no: '12' },
      'out_trade_no was "012"',
      payment({ out_trade_no: '012' }),
    ),
  ].forEach(check);

  test('beyond what is tried', () => {
    const text = withKey(partsOf({ ...PAYMENT, total_fee: '20001' }).join('&'));
    expect(explained(messageOf(PAYMENT, md5(text)))).toMatchObject({ ok: false, diagnoses: [] });
  });
});

describe('the message itself', () => {
  test.each([
    { title: 'no sign', text: messageOf(PAYMENT), received: null },
    { title: 'an empty sign', text: messageOf(PAYMENT, ''), received: null },
  ])('$title', ({ text, received }) => {
    const result = explained(text);
    expect(codesOf(result)).toEqual(['no-sign']);
    expect(result).toMatchObject({ ok: false, received });
  });

  test('a repeated field', () => {
    const text = messageOf(PAYMENT, md5(withKey(PAYMENT_TEXT)));
    const result = explained(text.replace('</xml>', '<total_fee>1</total_fee></xml>'));
    expect(codesOf(result)).toEqual(['field-repeated']);
    expect(detailsOf(result)).toEqual(['total_fee']);
    expect(result.ok).toBe(false);
  });

  test('no XML', () => {
    const credentials: V2Credentials = { ...merchant, api_key: new Secret(KEY), api_v3_key: undefined, sign_type: 'MD5' }; // prettier-ignore
    expect(explain({ text: '<xml><a>1</xml>', credentials, otherKeys: [] })).toHaveProperty('why');
  });

  test('another key altogether: nothing is made up', () => {
    const key = randomBytes(16).toString('hex');
    for (const sign of [md5(withKey(PAYMENT_TEXT, key)), hmac(withKey(PAYMENT_TEXT, key), key), 'X']) {
      expect(explained(messageOf(PAYMENT, sign))).toMatchObject({ ok: false, diagnoses: [] });
    }
  });
});

describe('two mistakes together', () => {
  const empty = payment({ device_info: '' });
  const upper = KEY.toUpperCase();
  const cased = { ...PAYMENT, Zed: '1' };
  const insensitively = (fields: Values): string =>
    Object.entries(fields)
      .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
  const named = payment({ sign_type: 'HMAC-SHA256' });
  test.each<{ fields?: Values; sign: string; codes: readonly string[] }>([
    {
      fields: named,
      sign: md5(withKey(partsOf(named).join('&'), upper)),
      codes: ['other-algorithm', 'key-case'],
    },
    { fields: named, sign: md5(partsOf(named).join('&')), codes: ['other-algorithm', 'key-missing'] },
    { fields: named, sign: leftOut('sign_type')(named), codes: ['other-algorithm', 'sign-type-left-out'] },
    { sign: hashed('sha1', `${PAYMENT_TEXT}${KEY}`), codes: ['foreign-algorithm', 'key-misplaced'] },
    { sign: md5(`${PAYMENT_TEXT}&KEY=${KEY}\n`), codes: ['key-space', 'key-misnamed'] },
    {
      sign: md5(withKey(changedParts(PAYMENT, encodeURIComponent), upper)),
      codes: ['key-case', 'url-encoded'],
    },
    { fields: cased, sign: md5(withKey(insensitively(cased), `${KEY}\n`)), codes: ['key-space', 'sorted-case-insensitively'] }, // prettier-ignore
    {
      fields: empty,
      sign: md5(withKey(PAYMENT_TEXT.replace('&fee_type', '&device_info=&fee_type'), KEY.toLowerCase())),
      codes: ['key-case', 'empty-included'],
    },
    {
      fields: payment({ attach: '余额' }),
      sign: md5(
        Buffer.concat([
          Buffer.from('appid=wx2421b1c4370ec43b&attach='),
          Buffer.from('d3e0b6ee', 'hex'),
          Buffer.from(PAYMENT_TEXT.slice(PAYMENT_TEXT.indexOf('&bank_type'))),
        ]),
      ),
      codes: ['key-missing', 'charset'],
    },
    {
      fields: payment({ attach: ' a&b ' }),
      sign: md5(withKey(changedParts(payment({ attach: 'a&b' }), (value) => value).replace('&out_trade_no=1409811653', ''))), // prettier-ignore
      codes: ['trimmed', 'field-left-out'],
    },
    {
      sign: createHash('md5').update(withKey(PAYMENT_TEXT, V3_KEY)).digest('base64'),
      codes: ['v3-key', 'digest-form'],
    },
    {
      sign: md5(withKey(PAYMENT_TEXT, STAGING_KEY)).toLowerCase(),
      codes: ['other-key', 'lower-case-digest'],
    },
    {
      fields: payment({ attach: '1', cash_fee: '1' }),
      sign: hashed('sha1', withKey(partsOf(payment({ attach: '1' })).join('&'))),
      codes: ['foreign-algorithm', 'field-changed'],
    },
    {
      fields: named,
      sign: md5(withKey(partsOf(named).join('&'), upper)).toLowerCase(),
      codes: ['other-algorithm', 'key-case', 'lower-case-digest'],
    },
    {
      sign: hmac(withKey(PAYMENT_TEXT, upper), upper).toLowerCase(),
      codes: ['key-case', 'lower-case-digest'],
    },
  ])('$codes', ({ fields = PAYMENT, sign, codes }) => {
    const result = explained(messageOf(fields, sign));
    expect(codesOf(result)).toEqual(codes);
    expect(result.ok).toBe(false);
  });
});

describe('what languages do', () => {
  const digest = (text: string): string[] =>
    Array.from(createHash('md5').update(text).digest(), (byte) => byte.toString(16).padStart(2, '0'));
  const attach = (value: string, as: string, code: string, detail?: string): Case => ({
    title: `${code}: ${detail ?? ''}`,
    fields: payment({ attach: value }),
    sign: () => md5(textWith('attach', as)),
    code,
    ...(detail !== undefined && { detail }),
  });
  const form = (detail: string, write: (bytes: readonly string[]) => string): Case => ({
    title: `digest-form: ${detail}`,
    sign: (fields) => write(digest(right(fields))),
    code: 'digest-form',
    detail,
  });
  const left = (fields: Values, code: string, detail: string): Case => ({
    title: `${code}: ${detail}`,
    fields: payment(fields),
    sign: () => md5(withKey(PAYMENT_TEXT)),
    code,
    detail,
  });
  const converted = (detail: string, as: string): Case => ({
    title: `amounts-converted: ${detail}`,
    sign: () => md5(withKey(partsOf(payment({ total_fee: as, cash_fee: as })).join('&'))),
    code: 'amounts-converted',
    detail,
  });
  const empty = (word: string): Case => ({
    title: `empty-included: ${word}`,
    fields: payment({ device_info: '' }),
    sign: () => md5(textWith('device_info', word)),
    code: 'empty-included',
    detail: `as the word ${word}`,
  });
  const data = '{"id":1,"name":"余额","url":"a/b"}';
  const official = [
    'return_code', 'appid', 'mch_id', 'nonce_str', 'result_code', 'openid', 'is_subscribe', 'trade_type', 'bank_type',
    'total_fee', 'fee_type', 'cash_fee', 'transaction_id', 'out_trade_no', 'attach', 'time_end',
  ]; // prettier-ignore
  [
    attach("a b/c*d~'(余", 'a+b%2Fc%2Ad%7E%27%28%E4%BD%99', 'url-encoded', 'as PHP’s urlencode does'),
    attach(
      "a b/c*d~'(余",
      'a+b%2Fc*d%7E%27%28%E4%BD%99',
      'url-encoded',
      'as Java’s URLEncoder and URLSearchParams do',
    ),
    attach("a b/c*d~'(余", 'a%20b/c%2Ad~%27%28%E4%BD%99', 'url-encoded', 'as Python’s quote does, / left'),
    attach("a b/c*d~'(余", "a%20b/c*d~'(%E4%BD%99", 'url-encoded', 'as encodeURI does'),
    attach(data, '{"id": 1, "name": "余额", "url": "a/b"}', 'json-rewritten', 'with blanks behind , and :'),
    attach(data, '{"id": 1, "name": "\\u4f59\\u989d", "url": "a/b"}', 'json-rewritten', 'with blanks behind , and :, and \\u escapes, as Python does'), // prettier-ignore
    attach('{ "id": "a b" }', '{"id":"a b"}', 'json-rewritten', 'without blanks'),
    attach('{ "a": "余/" }', '{"a":"\\u4f59\\/"}', 'json-rewritten', 'without blanks, with \\u escapes and \\/, as PHP does'), // prettier-ignore
    attach('{"a":"<&>"}', '{"a":"\\u003c\\u0026\\u003e"}', 'json-escaped', '< > & as \\u003c \\u003e \\u0026, as Go does'), // prettier-ignore
    attach(`it's "a"`, `it\\'s \\"a\\"`, 'json-escaped', 'backslashes before quotes of both kinds'),
    {
      title: 'numbers-parsed: JavaScript',
      sign: () => md5(textWith('transaction_id', '4.200002345202601e+27')),
      code: 'numbers-parsed',
      detail: 'as JavaScript and Python write them',
    },
    {
      title: 'numbers-parsed: Java',
      sign: () => md5(textWith('transaction_id', '4.200002345202601E27')),
      code: 'numbers-parsed',
      detail: 'as Java writes them',
    },
    {
      title: 'numbers-parsed: PHP',
      sign: () => md5(textWith('transaction_id', '4.2000023452026E+27')),
      code: 'numbers-parsed',
      detail: 'as PHP writes them',
    },
    {
      title: 'numbers-parsed: leading zeros of two fields',
      fields: payment({ attach: '007', out_trade_no: '0012' }),
      sign: () => md5(withKey(partsOf(payment({ attach: '7', out_trade_no: '12' })).join('&'))),
      code: 'numbers-parsed',
      detail: 'without leading zeros',
    },
    ...['NULL', 'nil', '<nil>', 'Array', '[]', '{}', '[object Object]'].map(empty),
    left({ coupon_fee: '0', coupon_count: '0', settlement_total_fee: '0' }, 'zero-left-out', ''),
    left(
      { coupon_fee: '1', coupon_count: '1', coupon_id_0: '1', coupon_fee_0: '1' },
      'group-left-out',
      'all coupons',
    ),
    left({ coupon_id_0: '1', coupon_fee_0: '1', coupon_type_0: 'CASH' }, 'group-left-out', 'all coupons'),
    left({ sub_appid: 'wx1', sub_mch_id: '1', sub_openid: 'o' }, 'group-left-out', 'all of the sub-merchant'),
    left({ x_a: '1', x_b: '2', x_c: '3' }, 'group-left-out', 'what the official table does not have'),
    {
      title: 'group-left-out: the numbered fields of coupons',
      fields: payment({
        coupon_fee: '1',
        coupon_count: '1',
        coupon_id_0: '1',
        coupon_fee_0: '1',
        coupon_type_0: 'CASH',
      }),
      sign: leftOut('coupon_id_0', 'coupon_fee_0', 'coupon_type_0'),
      code: 'group-left-out',
      detail: 'the numbered fields of coupons',
    },
    {
      title: 'group-left-out: return_… and result_… and err_…',
      fields: payment({ return_msg: 'OK' }),
      sign: leftOut('return_code', 'return_msg', 'result_code'),
      code: 'group-left-out',
      detail: 'return_… and result_… and err_…',
    },
    {
      title: 'field-missing: an amount of 0',
      sign: () => md5(textWith('coupon_fee', '0')),
      code: 'field-missing',
      detail: 'coupon_fee=0',
    },
    {
      title: 'wrong-order: the official table’s',
      sign: () => md5(withKey(official.map((name) => `${name}=${PAYMENT[name] ?? ''}`).join('&'))),
      code: 'wrong-order',
      detail: 'in the order of the official table',
    },
    form('with - between the bytes', (bytes) => bytes.join('-').toUpperCase()),
    form('with - between the bytes, in lower case', (bytes) => bytes.join('-')),
    form('with : between the bytes', (bytes) => bytes.join(':').toUpperCase()),
    form('0x before it, in lower case', (bytes) => `0x${bytes.join('')}`),
    form('each byte with its sign extended, as Integer.toHexString does', (bytes) =>
      bytes
        .map((byte) => (parseInt(byte, 16) < 128 ? byte.replace(/^0/, '') : `ffffff${byte}`))
        .join('')
        .toUpperCase(),
    ),
    {
      title: 'foreign-algorithm: key and text exchanged',
      fields: payment({ sign_type: 'HMAC-SHA256' }),
      sign: (fields: Values) => hmac(KEY, right(fields)),
      code: 'foreign-algorithm',
      detail: 'HMAC-SHA256 with key and text exchanged',
    },
    {
      title: 'hmac-key: in capitals there alone',
      fields: payment({ sign_type: 'HMAC-SHA256' }),
      sign: (fields: Values) => hmac(right(fields), KEY.toUpperCase()),
      code: 'hmac-key',
      detail: 'upper case',
    },
    converted('in yuan, with two decimals', '3.00'),
    converted('in yuan', '3'),
    converted('times 100', '30000'),
    converted('with one decimal', '300.0'),
    {
      title: 'field-changed: a time in UTC',
      sign: () => md5(textWith('time_end', '20260101190405')),
      code: 'field-changed',
      detail: 'time_end was "20260101190405"',
    },
    ...[`${KEY}\u00A0`, `${KEY}\u200B`, `\n${KEY}`, `\t${KEY}`, `${KEY}\n\n`].map((wrong): Case => ({
      title: `key-space: ${JSON.stringify(wrong)}`,
      sign: () => md5(withKey(PAYMENT_TEXT, wrong)),
      code: 'key-space',
    })),
    {
      title: 'key-typo: one character',
      sign: () => md5(withKey(PAYMENT_TEXT, KEY.replace('H', 'h'))),
      code: 'key-typo',
      detail: 'character 8',
    },
    {
      title: 'key-typo: two exchanged',
      sign: () => md5(withKey(PAYMENT_TEXT, KEY.replace('7j', 'j7'))),
      code: 'key-typo',
      detail: 'character 9 and the next one',
    },
    {
      title: 'not-the-key: the appid',
      sign: () => md5(withKey(PAYMENT_TEXT, PAYMENT['appid'])),
      code: 'not-the-key',
      detail: 'appid',
    },
  ].forEach(check);
});

describe('the name of the algorithm', () => {
  test('one that there is not', () => {
    const result = explained(
      messageOf(payment({ sign_type: 'hmac-sha256' }), hmac(textWith('sign_type', 'hmac-sha256'))),
    );
    expect(codesOf(result)).toEqual(['unknown-algorithm']);
    expect(result.ok).toBe(false);
  });

  test('a weaker one than was agreed', () => {
    const text = messageOf(payment({ sign_type: 'MD5' }), md5(textWith('sign_type', 'MD5')));
    const result = explained(text, { sign_type: 'HMAC-SHA256' });
    expect(codesOf(result)).toEqual(['weaker-algorithm']);
    expect(result.ok).toBe(false);
  });
});

describe('of more than a real message has, the search ends', () => {
  const many = Array.from({ length: 100 }, (_, n) => [[`coupon_fee_${n}`, String(n * 7)], [`coupon_id_${n}`, String(n)]] as const); // prettier-ignore
  test.each([
    ['a hundred coupons', messageOf(payment(Object.fromEntries(many.flat())), 'F'.repeat(32))],
    ['two thousand fields', messageOf(Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`a${n}`, '1'])), 'F'.repeat(32))], // prettier-ignore
    ['a megabyte', messageOf(payment({ attach: 'x'.repeat(1_000_000) }), 'F'.repeat(32))],
  ])('%s', (_, text) => {
    expect(explained(text)).toMatchObject({ ok: false, diagnoses: [] });
  });
});

describe('a signature that somebody computed', () => {
  const text = messageOf(PAYMENT, md5(withKey(PAYMENT_TEXT)));

  test.each([
    { title: 'the right one', computed: md5(withKey(PAYMENT_TEXT)), codes: [] },
    {
      title: 'in lower case',
      computed: md5(withKey(PAYMENT_TEXT)).toLowerCase(),
      codes: ['lower-case-digest'],
    },
    { title: 'without the key', computed: md5(PAYMENT_TEXT), codes: ['key-missing'] },
    {
      title: 'with the sign of the message',
      computed: md5(
        withKey(PAYMENT_TEXT.replace('&time_end', `&sign=${md5(withKey(PAYMENT_TEXT))}&time_end`)),
      ),
      codes: ['sign-included'],
    },
  ])('$title', ({ computed, codes }) => {
    const result = explained(text, { computed });
    expect(codesOf(result)).toEqual(codes);
    expect(result.received).toBe(computed);
  });
});

test('a signature that somebody computed with the other algorithm is not the right one', () => {
  const strong = payment({ sign_type: 'HMAC-SHA256' });
  const text = messageOf(strong, hmac(right(strong)));
  expect(codesOf(explained(text, { computed: md5(right(strong)) }))).toEqual(['other-algorithm']);
  const unnamed = messageOf(PAYMENT, hmac(right(PAYMENT)));
  expect(codesOf(explained(unnamed, { computed: md5(right(PAYMENT)) }))).toEqual(['other-algorithm']);
  const signed = withKey(PAYMENT_TEXT.replace('&time_end', `&sign=${hmac(right(PAYMENT))}&time_end`));
  expect(codesOf(explained(unnamed, { computed: md5(signed) }))).toEqual([
    'other-algorithm',
    'sign-included',
  ]);
});

describe('of all messages', () => {
  const key = fc.stringMatching(/^[A-Za-z0-9]{32}$/);
  const value = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]|\]\]>/u.test(text)); // prettier-ignore
  const rest = fc.dictionary(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/), value, { maxKeys: 8 });
  const message = rest.map((more): Values => ({ ...without(more, 'sign', 'sign_type'), ...PAYMENT }));

  test('an authentic one has no diagnosis', () => {
    fc.assert(
      fc.property(message, key, fc.boolean(), (fields, secret, strong) => {
        const text = `${partsOf(fields).join('&')}&key=${secret}`;
        const sign = strong ? hmac(text, secret) : md5(text);
        expect(explained(messageOf(fields, sign), { key: secret })).toMatchObject({
          ok: true,
          diagnoses: [],
        });
      }),
    );
  });

  /** Mistakes whose effect depends on the message; some have none on most. */
  const mistakes: Readonly<Record<string, (fields: Values, key: string) => string>> = {
    'key-case': (fields, secret) => md5(`${partsOf(fields).join('&')}&key=${secret.toUpperCase()}`),
    'key-space': (fields, secret) => md5(`${partsOf(fields).join('&')}&key=${secret}\n`),
    'key-missing': (fields) => md5(partsOf(fields).join('&')),
    'key-misplaced': (fields, secret) => md5(partsOf(fields).join('&') + secret),
    'lower-case-digest': (fields, secret) => md5(`${partsOf(fields).join('&')}&key=${secret}`).toLowerCase(),
    'url-encoded': (fields, secret) => md5(`${changedParts(fields, encodeURIComponent)}&key=${secret}`),
    trimmed: (fields, secret) =>
      md5(`${changedParts(fields, (text) => (text.trim() === '' ? text : text.trim()))}&key=${secret}`),
    'empty-included': (fields, secret) => {
      const names = Object.keys(fields).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      return md5(`${names.map((name) => `${name}=${fields[name] ?? ''}`).join('&')}&key=${secret}`);
    },
    'field-left-out': (fields, secret) =>
      md5(`${partsOf(without(fields, 'openid')).join('&')}&key=${secret}`),
    'cdata-included': (fields, secret) =>
      md5(`${partsOf(fields).map((part) => part.replace(/=([^]*)$/, '=<![CDATA[$1]]>')).join('&')}&key=${secret}`), // prettier-ignore
    charset: (fields, secret) => md5(Buffer.from(`${partsOf(fields).join('&')}&key=${secret}`, 'utf16le')),
    'foreign-algorithm': (fields, secret) => hashed('sha1', `${partsOf(fields).join('&')}&key=${secret}`),
    'v3-key': (fields) => md5(`${partsOf(fields).join('&')}&key=${V3_KEY}`),
  };

  test('a mistake is found in every one', () => {
    fc.assert(
      fc.property(message, key, fc.constantFrom(...Object.keys(mistakes)), (fields, secret, code) => {
        const sign = mistakes[code]?.(fields, secret) ?? '';
        fc.pre(sign !== md5(`${partsOf(fields).join('&')}&key=${secret}`));
        const { ok, diagnoses } = explained(messageOf(fields, sign), { key: secret });
        expect(ok).toBe(false);
        expect(diagnoses.flat().map((found) => found.code)).toContain(code);
      }),
    );
  });
});
