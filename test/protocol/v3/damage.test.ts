/** Damage: each is refused at the step that can tell, and what does no harm is accepted. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Damage } from '../../../src/protocol/v3/damage/damage.ts';
import { isHarmless, namedDamages } from '../../../src/protocol/v3/damage/words.ts';
import { PROBE } from '../../../src/protocol/v3/damage/signature.ts';
import { failedSteps, header, received, sealed, text } from './setup.ts';

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
