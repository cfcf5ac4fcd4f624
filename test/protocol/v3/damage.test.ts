/** Damage: each is refused at the step that can tell, and what does no harm is accepted. */
import { createDecipheriv, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Damage } from '../../../src/protocol/v3/damage/damage.ts';
import { isHarmless, namedDamages } from '../../../src/protocol/v3/damage/words.ts';
import { PROBE } from '../../../src/protocol/v3/damage/signature.ts';
import { resign } from '../../../src/protocol/v3/seal.ts';
import type { SignedRequest } from '../../../src/protocol/dialect.ts';
import { credentials, failedSteps, header, received, sealed, sealing, text, V3_KEY } from './setup.ts';

const steps = (damage: Damage): readonly string[] =>
  failedSteps(received(sealed('v3/transaction', {}, damage)));
const authentic = sealed('v3/transaction');

/** What refuses each damage that has a name. */
const refusedBy: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  resource: {
    tag: ['decrypt'],
    'first-byte': ['decrypt'],
    'no-tag': ['decrypt'],
    truncate: ['decrypt'],
    empty: ['form'],
    garbage: ['decrypt'],
    'associated-data': ['decrypt'],
    nonce: ['decrypt'],
    algorithm: ['form'],
  },
  bytes: {
    byte: ['sign'],
    newline: ['sign'],
    spaces: ['sign'],
    escaped: ['sign'],
    bom: ['sign', 'form'],
    truncate: ['sign', 'form'],
    empty: ['sign', 'form'],
  },
  timestamp: {
    old: ['timestamp'],
    future: ['timestamp'],
    late: [],
    milliseconds: ['timestamp'],
    words: ['timestamp'],
    unsigned: ['sign'],
  },
  signature: {
    break: ['sign'],
    'other-key': ['sign'],
    'other-message': ['sign'],
    'other-nonce': ['sign'],
    'body-only': ['sign'],
    'no-last-line-feed': ['sign'],
    probe: ['sign'],
    truncate: ['sign'],
    garbage: ['sign'],
    blank: ['headers'],
    drop: ['headers'],
  },
  serial: {
    wrong: ['serial'],
    unknown: ['serial'],
    'unknown-public-key': ['serial'],
    blank: ['headers'],
    drop: ['headers'],
  },
  header_names: { 'lower-case': [], 'upper-case': [] },
  transfer: { chunked: [], slow: [], gzip: ['sign', 'form'] },
};

describe.each(Object.entries(namedDamages))('%s', (part, deeds) => {
  test('every name is in the table above', () => {
    expect(Object.keys(refusedBy[part] ?? {}).sort()).toEqual(Object.keys(deeds).sort());
  });

  test.each(Object.keys(deeds))('%s', (name) => {
    const damage: Damage = { [part]: name };
    expect(steps(damage)).toEqual(refusedBy[part]?.[name]);
    expect(isHarmless(damage)).toBe(refusedBy[part]?.[name]?.length === 0);
    expect(sealed('v3/transaction', {}, damage)).not.toEqual(authentic);
    expect(deeds[name]?.words).toMatch(/\w/);
  });
});

describe('the rest', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const cases: readonly { title: string; damage: Damage; refused: readonly string[] }[] = [
    { title: 'no damage', damage: {}, refused: [] },
    { title: 'another APIv3 key', damage: { key: '0'.repeat(32) }, refused: ['decrypt'] },
    { title: 'another platform key', damage: { signing_key: privateKey }, refused: ['sign'] },
    { title: 'a field of the resource', damage: { change: { 'amount.total': '1' } }, refused: ['sign'] },
    { title: 'a field of the envelope', damage: { change: { 'envelope.summary': 'x' } }, refused: ['sign'] },
    { title: 'a field less', damage: { drop: ['out_trade_no'] }, refused: ['sign'] },
    { title: 'a field more', damage: { add: { x: '1' } }, refused: ['sign'] },
    { title: 'another merchant, signed again', damage: { change: { mchid: '1900000199' }, sign_again: true }, refused: ['merchant'] },
    { title: 'no nonce, signed again', damage: { drop: ['envelope.resource.nonce'], sign_again: true }, refused: ['form'] },
    { title: 'another nonce stated, signed again', damage: { change: { 'envelope.resource.nonce': 'abcdefghijkl' }, sign_again: true }, refused: ['decrypt'] },
    { title: 'another event type, signed again', damage: { change: { 'envelope.event_type': 'REFUND.SUCCESS' }, sign_again: true }, refused: [] },
    { title: 'no ciphertext, signed again', damage: { drop: ['envelope.resource.ciphertext'], sign_again: true }, refused: ['form'] },
    { title: 'another text, signed again', damage: { body: 'null', sign_again: true }, refused: ['form'] },
    { title: 'indented, signed again', damage: { bytes: 'spaces', sign_again: true }, refused: [] },
    { title: 'a header taken out', damage: { headers: { 'wechatpay-nonce': null } }, refused: ['headers'] },
    { title: 'an empty header', damage: { headers: { 'Wechatpay-Timestamp': '' } }, refused: ['headers'] },
    { title: 'another type of signature', damage: { headers: { 'Wechatpay-Signature-Type': 'WECHATPAY2-SM2-WITH-SM3' } }, refused: ['headers'] },
    { title: 'no type of signature', damage: { headers: { 'Wechatpay-Signature-Type': null } }, refused: [] },
    { title: 'a header twice', damage: { duplicate: { 'wechatpay-serial': null } }, refused: ['headers'] },
    { title: 'a signature beside another', damage: { duplicate: { 'Wechatpay-Signature': 'AAAA' } }, refused: ['headers'] },
    { title: 'a type twice', damage: { duplicate: { 'Wechatpay-Signature-Type': null } }, refused: ['headers'] },
    { title: 'another method', damage: { method: 'PUT' }, refused: [] },
  ]; // prettier-ignore

  test.each(cases)('$title', ({ damage, refused }) => {
    expect(steps(damage)).toEqual(refused);
  });

  test('what was changed is what is read by who does not verify', () => {
    const { fields } = received(sealed('v3/transaction', {}, { change: { 'amount.total': '1', x: '2' }, drop: ['attach'] })); // prettier-ignore
    expect(fields).toMatchObject({ 'amount.total': '1', x: '2' });
    expect(fields).not.toHaveProperty('attach');
  });

  test('a probe begins as the platform’s do', () => {
    const signature = header(sealed('v3/transaction', {}, { signature: 'probe' }), 'wechatpay-signature');
    expect(signature?.startsWith(PROBE)).toBe(true);
    expect(signature?.length).toBe(header(authentic, 'wechatpay-signature')?.length);
  });

  test('one byte is one byte', () => {
    const [before, after] = [authentic.body, sealed('v3/transaction', {}, { bytes: 'byte' }).body];
    expect(after.length).toBe(before.length);
    expect(before.filter((byte, index) => byte !== after[index]).length).toBe(1);
  });

  test('JSON that is written otherwise says the same', () => {
    for (const bytes of ['spaces', 'escaped', 'newline'] as const) {
      const { body } = sealed('v3/transaction', {}, { bytes });
      expect(JSON.parse(text(body))).toEqual(JSON.parse(text(authentic.body)));
      expect(text(body)).not.toBe(text(authentic.body));
    }
  });

  test('the first byte alone is what a reader without a tag sees changed', () => {
    const ciphertext = (damage: Damage): Buffer => {
      const { resource } = JSON.parse(text(sealed('v3/transaction', {}, damage).body)) as { resource: { ciphertext: string } }; // prettier-ignore
      return Buffer.from(resource.ciphertext, 'base64');
    };
    const [whole, broken] = [ciphertext({}), ciphertext({ resource: 'first-byte' })];
    expect((whole[0] ?? 0) ^ (broken[0] ?? 0)).toBe(1);
    expect(broken.subarray(1).equals(whole.subarray(1))).toBe(true);
  });
});

describe('the JSON itself', () => {
  const open = (damage: Damage, fields = {}): string => {
    const { resource } = JSON.parse(text(sealed('v3/transaction', fields, damage).body)) as {
      resource: Sealed;
    };
    return decrypted(resource).toString('utf8');
  };
  const whole = open({});

  test.each<{ title: string; damage: Damage; expected: string; refused: readonly string[] }>([
    { title: 'first', damage: { inner: { first: '"a":1' } }, expected: `{"a":1,${whole.slice(1)}`, refused: [] },
    { title: 'last', damage: { inner: { last: '"__proto__":{"a":1}' } }, expected: `${whole.slice(0, -1)},"__proto__":{"a":1}}`, refused: [] },
    { title: 'markup', damage: { inner: { markup: { 'amount.total': '1e400' } } }, expected: whole.replace(/"total":\d+/, '"total":1e400'), refused: [] },
    { title: 'markup of all that is nested', damage: { inner: { markup: { amount: '{"total":1,"total":100}' } } }, expected: whole.replace(/"amount":\{.*?\}/, '"amount":{"total":1,"total":100}'), refused: ['decrypt'] },
    { title: 'another text', damage: { inner: { body: '[[[' } }, expected: '[[[', refused: ['decrypt'] },
    { title: 'half of it', damage: { inner: { bytes: 'truncate' } }, expected: whole.slice(0, whole.length / 2), refused: ['decrypt'] },
  ])('of the resource, as if the platform had sent it so: $title', ({ damage, expected, refused }) => {
    expect(open(damage)).toBe(expected);
    expect(failedSteps(received(sealed('v3/transaction', {}, damage)))).toEqual(refused);
  }); // prettier-ignore

  test('of the resource in another charset', () => {
    const damage: Damage = { inner: { encoding: 'gbk' } };
    const { resource } = JSON.parse(text(sealed('v3/transaction', { attach: '余额' }, damage).body)) as { resource: Sealed }; // prettier-ignore
    const plain = decrypted(resource);
    expect(JSON.parse(new TextDecoder('gbk').decode(plain))).toMatchObject({ attach: '余额' });
    expect(plain.includes(Buffer.from('余额'))).toBe(false);
  });

  const before = text(authentic.body);
  test.each<{ title: string; damage: Damage; expected: string }>([
    { title: 'first', damage: { first: '"id":"x"' }, expected: `{"id":"x",${before.slice(1)}` },
    { title: 'last', damage: { last: '"id":"x"' }, expected: `${before.slice(0, -1)},"id":"x"}` },
    { title: 'markup', damage: { markup: { 'envelope.summary': '{}' } }, expected: before.replace(/"summary":".*?"/, '"summary":{}') },
    { title: 'markup of all that is nested', damage: { markup: { 'envelope.resource': 'null' } }, expected: before.replace(/"resource":\{.*\}(?=\})/, '"resource":null') },
    { title: 'prolog and epilog', damage: { prolog: ')]}', epilog: '\0' }, expected: `)]}${before}\0` },
  ])('of the envelope: $title', ({ damage, expected }) => {
    const request = sealed('v3/transaction', {}, damage);
    expect(text(request.body)).toBe(expected);
    expect(failedSteps(received(request))).toContain('sign');
    expect(failedSteps(received(sealed('v3/transaction', {}, { ...damage, sign_again: true })))).not.toContain('sign');
  }); // prettier-ignore

  test('bytes that are no text are signed as they are, and signed again', () => {
    const damage: Damage = {
      change: { 'envelope.summary': '支付' },
      encoding: 'cut-utf-8',
      sign_again: true,
    };
    const request = sealed('v3/transaction', {}, damage);
    expect(isSigned(request)).toBe(true);
    expect(isSigned(resign(request, credentials, { ...sealing, damage, nonce: 'another' }))).toBe(true);
    expect(isSigned(sealed('v3/transaction', {}, { ...damage, sign_again: false }))).toBe(false);
  });
});

interface Sealed {
  readonly ciphertext: string;
  readonly nonce: string;
  readonly associated_data: string;
}

/** By what the standard library has, and nothing of ours. */
function decrypted({ ciphertext, nonce, associated_data }: Sealed): Buffer {
  const bytes = Buffer.from(ciphertext, 'base64');
  const cipher = createDecipheriv('aes-256-gcm', Buffer.from(V3_KEY), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(associated_data)).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([cipher.update(bytes.subarray(0, -16)), cipher.final()]);
}

function isSigned(request: SignedRequest): boolean {
  const [timestamp, nonce, signature] = ['timestamp', 'nonce', 'signature'].map((name) => header(request, `wechatpay-${name}`) ?? ''); // prettier-ignore
  const signed = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), request.body, Buffer.from('\n')]);
  return verify('sha256', signed, credentials.platform.publicKey, Buffer.from(signature ?? '', 'base64'));
}
