/** The merchant's side: authentic notifications pass, and every kind of tampering is refused at the right step. */
import { describe, expect, test } from 'vitest';
import type { V2Credentials } from '../../../src/protocol/dialect.ts';
import { kinds } from '../../../src/protocol/kinds.gen.ts';
import { Secret } from '../../../src/protocol/secret.ts';
import { v2 } from '../../../src/protocol/v2/index.ts';
import { elements } from '../../support/verifier.ts';
import { bodyOf, build, failures, hmac, md5, type KindName } from '../setup.ts';

const verify = (body: string, credentials: V2Credentials = md5) =>
  v2.verify(Buffer.from(body, 'utf8'), credentials);

const payment = bodyOf('v2/payment');
const strong = bodyOf('v2/payment', {}, { sign_type: 'HMAC-SHA256' });
const refund = bodyOf('v2/refund');
const OTHER = '00000000000000000000000000000000';

describe('authentic', () => {
  test.each(Object.keys(kinds) as KindName[])('%s', (kind) => {
    for (const [sign_type, credentials] of [
      ['MD5', md5],
      ['HMAC-SHA256', hmac],
    ] as const) {
      // prettier-ignore
      const verified = verify(bodyOf(kind, {}, { sign_type: kinds[kind].sign_type ?? sign_type }), credentials);
      expect(failures(verified)).toEqual([]);
      expect(verified.ok).toBe(true);
      expect(verified.kind).toBe(kind);
      expect(verified.fields).toMatchObject(
        build(kind, {}, { sign_type: kinds[kind].sign_type ?? sign_type }).fields,
      );
    }
  });

  test.each([
    { title: 'a failed payment', fields: { result_code: 'FAIL' } },
    { title: 'text that needs care', fields: { attach: ' a=b&c=<d>]]>"😀\r\n' } },
    { title: 'a field that nobody knows', fields: { brand_new: '1' } },
    { title: 'zeros', fields: { cash_fee: '0' } },
  ])('$title', ({ fields }) => {
    expect(failures(verify(bodyOf('v2/payment', fields)))).toEqual([]);
  });

  test('HMAC-SHA256 without sign_type, where it is agreed', () => {
    const body = bodyOf('v2/payment', { sign_type: null }, { sign_type: 'HMAC-SHA256' });
    expect(body).not.toContain('sign_type');
    expect(verify(body, hmac).ok).toBe(true);
    expect(verify(body, md5).ok, 'the longer signature tells').toBe(true);
  });

  test('HMAC-SHA256 where MD5 is agreed: stronger is fine', () => {
    expect(verify(strong, md5).ok).toBe(true);
  });

  test('a body that was sent with a prolog and lines', () => {
    const body = `<?xml version="1.0"?>\n${payment.replaceAll(/<\/\w+>/g, '$&\n')}`;
    expect(verify(body).ok).toBe(true);
  });

  test('an empty element takes no part in the signature', () => {
    expect(verify(payment.replace('</xml>', '<device_info></device_info></xml>')).ok).toBe(true);
  });
});

describe('a payment is refused', () => {
  const fields = elements(payment).filter(([name]) => name !== 'sign');
  const element = (name: string): RegExp => new RegExp(`<${name}>.*?</${name}>`);

  test.each(fields)('when %s is changed', (name, value) => {
    const body = payment.replace(element(name), `<${name}>${value}1</${name}>`);
    expect(failures(verify(body))).toContain('sign: MD5 does not match');
  });

  test.each(fields)('when %s is taken out', (name) => {
    expect(failures(verify(payment.replace(element(name), '')))).toContain('sign: MD5 does not match');
  });

  test.each(fields)('when %s is emptied', (name) => {
    expect(failures(verify(payment.replace(element(name), `<${name}/>`)))).toContain(
      'sign: MD5 does not match',
    );
  });

  test.each(fields)('when %s is there twice', (name, value) => {
    const body = payment.replace('</xml>', `<${name}>${value}</${name}></xml>`);
    expect(failures(verify(body))).toEqual([`form: ${name} is there more than once`]);
  });

  test.each([
    ['a field is added', payment.replace('</xml>', '<extra>1</extra></xml>'), 'sign: MD5 does not match'],
    [
      'values are swapped',
      payment.replace('<fee_type>', '<xfee_type>').replace('</fee_type>', '</xfee_type>'),
      'sign: MD5 does not match',
    ],
    ['the sign is missing', payment.replace(element('sign'), ''), 'sign: no sign'],
    ['the sign is empty', payment.replace(element('sign'), '<sign></sign>'), 'sign: no sign'],
    [
      'the sign is in small letters',
      bodyOf('v2/payment', {}, { damage: { sign: 'lower-case' } }),
      'sign: MD5 does not match',
    ],
    [
      'the sign is there twice',
      payment.replace('</xml>', '<sign>X</sign></xml>'),
      'form: sign is there more than once',
    ],
    [
      'another key signed it',
      bodyOf('v2/payment', {}, { damage: { key: OTHER } }),
      'sign: MD5 does not match',
    ],
    ['no key signed it', bodyOf('v2/payment', {}, { damage: { key: '' } }), 'sign: MD5 does not match'],
    ['the value has a space more', payment.replace('>100<', '>100 <'), 'sign: MD5 does not match'],
    [
      'MD5 is called HMAC-SHA256',
      payment.replace('</xml>', '<sign_type>HMAC-SHA256</sign_type></xml>'),
      'sign: HMAC-SHA256 does not match',
    ],
    [
      'an algorithm is unknown',
      payment.replace('</xml>', '<sign_type>NONE</sign_type></xml>'),
      'sign: sign_type=NONE, and MD5 is agreed',
    ],
    [
      'an algorithm is named like a method',
      payment.replace('</xml>', '<sign_type>toString</sign_type></xml>'),
      'sign: sign_type=toString, and MD5 is agreed',
    ],
    ['it says FAIL', bodyOf('v2/payment', { return_code: 'FAIL' }), 'communication: return_code=FAIL'],
    ['it says nothing', bodyOf('v2/payment', { return_code: null }), 'communication: return_code=(missing)'],
    [
      'it is for another app',
      bodyOf('v2/payment', { appid: 'wx0000000000000000' }),
      `merchant: appid=wx0000000000000000, and ours is ${md5.appid}`,
    ],
    [
      'it is for another merchant',
      bodyOf('v2/payment', { mch_id: '1' }),
      'merchant: mch_id=1, and ours is 10000100',
    ],
    [
      'it is for nobody',
      bodyOf('v2/payment', { mch_id: null }),
      'merchant: mch_id=(missing), and ours is 10000100',
    ],
  ])('when %s', (_, body, why) => {
    // prettier-ignore
    const verified = verify(body);
    expect(verified.ok).toBe(false);
    expect(failures(verified)).toContain(why);
  });

  test.each([
    [
      'signed and named MD5',
      bodyOf('v2/payment', { sign_type: 'MD5' }),
      'sign: sign_type=MD5, and HMAC-SHA256 is agreed',
    ],
    ['signed MD5, not named', payment, 'sign: HMAC-SHA256 does not match'],
    [
      'signed MD5, named HMAC-SHA256',
      bodyOf('v2/payment', { sign_type: 'HMAC-SHA256' }, { damage: { sign_type: 'MD5' } }),
      'sign: HMAC-SHA256 does not match',
    ],
  ])('when HMAC-SHA256 is agreed and it is %s', (_, body, why) => {
    // prettier-ignore
    expect(failures(verify(body, hmac))).toEqual([why]);
  });
});

describe('a refund is refused', () => {
  const noSuchKey = { ...md5, api_key: new Secret(OTHER) };
  const closed = 'decrypt: req_info does not decrypt: another key, or damaged';

  test.each([
    ['under another key', refund, noSuchKey, closed],
    ['encrypted with another key', bodyOf('v2/refund', {}, { damage: { key: OTHER } }), md5, closed],
    ['with a damaged last block', bodyOf('v2/refund', {}, { damage: { ciphertext: 'break' } }), md5, closed],
    ['cut in a block', bodyOf('v2/refund', {}, { damage: { ciphertext: 'truncate' } }), md5, closed],
    ['with an empty req_info', refund.replace(/(<req_info>).*(<\/req_info>)/, '$1$2'), md5, closed],
    [
      'with req_info twice',
      refund.replace('</xml>', '<req_info>x</req_info></xml>'),
      md5,
      'form: req_info is there more than once',
    ],
    ['without req_info', refund.replace(/<req_info>.*<\/req_info>/, ''), md5, 'sign: no sign'],
    [
      'for another merchant',
      bodyOf('v2/refund', { mch_id: '1' }),
      md5,
      'merchant: mch_id=1, and ours is 10000100',
    ],
    ['that says FAIL', bodyOf('v2/refund', { return_code: 'FAIL' }), md5, 'communication: return_code=FAIL'],
  ])('%s', (_, body, credentials, why) => {
    // prettier-ignore
    const verified = verify(body, credentials);
    expect(verified.ok).toBe(false);
    expect(failures(verified)).toContain(why);
  });
});

describe('what is no message at all', () => {
  test.each([
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(payment), Buffer.from([0xff])]),
      'form: not UTF-8',
    ],
    ['nothing', Buffer.from(''), /^form: not well-formed XML/],
    ['JSON', Buffer.from('{}'), /^form: /],
    ['a document type', Buffer.from(`<!DOCTYPE xml>${payment}`), /^form: .*DOCTYPE/],
    ['an open element', Buffer.from(payment.slice(0, -6)), /^form: not well-formed XML/],
  ])('%s', (_, body, why) => {
    const verified = v2.verify(body, md5);
    expect(verified).toMatchObject({ ok: false, fields: {}, kind: undefined });
    expect(failures(verified)).toEqual([typeof why === 'string' ? why : expect.stringMatching(why)]);
  });
});
