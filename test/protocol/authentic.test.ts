/** Property: whatever the fields, what is built verifies, here and by an implementation that shares no line with it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allRows, type Overrides } from '../../src/protocol/notification.ts';
import { kinds } from '../../src/protocol/kinds.gen.ts';
import { v2 } from '../../src/protocol/v2/index.ts';
import { unwritable } from '../../src/protocol/v2/write-xml.ts';
import { elements, expectedSign, openRefund } from '../support/verifier.ts';
import { build, failures, hmac, KEY, md5, text, type KindName } from './setup.ts';

const FIXED = ['appid', 'mch_id', 'return_code', 'sign_type', 'sign', 'req_info', 'algorithm', 'event_nonce'];

const value = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('0', ' ', ']]>', '\r\n', '&lt;', '<a>'),
  ) // prettier-ignore
  .filter((candidate) => unwritable(candidate) === undefined);

function overridesOf(kind: KindName): fc.Arbitrary<Overrides> {
  const known = allRows(kinds[kind]).map((row) => row.name.replace('$n', '0'));
  const name = fc
    .oneof(fc.constantFrom(...known), fc.stringMatching(/^x[\w]{0,8}$/))
    .filter((candidate) => !FIXED.includes(candidate) && !tells(kind, candidate));
  return fc.dictionary(name, fc.oneof(value, fc.constant(null)), { maxKeys: 12, noNullPrototype: true });
}

/** Whether a field says what the message is, and whose. */
function tells(kind: KindName, name: string): boolean {
  const { marks, owner, envelope } = kinds[kind];
  return marks.includes(name) || Object.values(owner).includes(name) || envelope?.into === name;
}

const seed = fc.string();
const sign_type = fc.constantFrom('MD5' as const, 'HMAC-SHA256' as const);

describe('whatever the fields', () => {
  test('a payment is signed over what it carries', () => {
    fc.assert(
      fc.property(overridesOf('v2/payment'), sign_type, seed, (fields, type, from) => {
        const notification = build('v2/payment', fields, { sign_type: type, seed: from });
        const body = text(v2.seal(notification, hmac).body);
        const sent = elements(body);
        expect(new Map(sent).get('sign')).toBe(expectedSign(sent, KEY, type));
        const { sign, ...rest } = Object.fromEntries(sent);
        expect(sign).toBeDefined();
        expect(rest).toEqual(notification.fields);
      }),
      { numRuns: 300 },
    );
  });

  test('a refund opens to what it carries', () => {
    fc.assert(
      fc.property(overridesOf('v2/refund'), seed, (fields, from) => {
        const notification = build('v2/refund', fields, { seed: from });
        const { req_info = '', ...outer } = Object.fromEntries(
          elements(text(v2.seal(notification, md5).body)),
        );
        const inner = Object.fromEntries(elements(openRefund(req_info, KEY)));
        expect({ ...outer, ...inner }).toEqual(notification.fields);
      }),
      { numRuns: 300 },
    );
  });

  test.each(Object.keys(kinds) as KindName[])('%s is accepted by the merchant’s side', (kind) => {
    fc.assert(
      fc.property(overridesOf(kind), sign_type, seed, (fields, type, from) => {
        const own = kinds[kind].sign_type ?? type;
        const notification = build(kind, fields, { sign_type: own, seed: from });
        const verified = v2.verify(v2.seal(notification, md5).body, { ...md5, sign_type: own });
        expect(failures(verified)).toEqual([]);
        expect(verified.fields).toMatchObject(notification.fields);
      }),
      { numRuns: 300 },
    );
  });
});

describe('whatever is changed', () => {
  test('one character of one value, and the signature does not match any more', () => {
    fc.assert(
      fc.property(
        overridesOf('v2/payment'),
        sign_type,
        seed,
        fc.nat(),
        fc.nat(),
        (fields, type, from, which, where) => {
          const notification = build('v2/payment', fields, { sign_type: type, seed: from });
          const signed = Object.entries(notification.fields);
          const [name = '', before = ''] = signed[which % signed.length] ?? [];
          const at = where % before.length;
          const after = before.slice(0, at) + (before[at] === '0' ? '1' : '0') + before.slice(at + 1);
          fc.pre(unwritable(after) === undefined);
          const { body } = v2.seal(notification, md5, { change: { [name]: after } });
          const verified = v2.verify(body, { ...md5, sign_type: type });
          expect(failures(verified)).not.toEqual([]);
          const sent = elements(text(body));
          expect(new Map(sent).get('sign')).not.toBe(expectedSign(sent, KEY, type));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('one character of the signature, and it does not match any more', () => {
    fc.assert(
      fc.property(sign_type, seed, fc.nat(31), (type, from, at) => {
        const notification = build('v2/payment', {}, { sign_type: type, seed: from });
        const sign = new Map(elements(text(v2.seal(notification, md5).body))).get('sign') ?? '';
        const wrong = sign.slice(0, at) + (sign[at] === 'A' ? 'B' : 'A') + sign.slice(at + 1);
        const { body } = v2.seal(notification, md5, { change: { sign: wrong } });
        expect(failures(v2.verify(body, { ...md5, sign_type: type }))).not.toEqual([]);
      }),
    );
  });
});

test('a character that XML cannot carry is always named, wherever it stands', () => {
  const forbidden = fc.constantFrom(...Array.from({ length: 32 }, (_, code) => code).filter((code) => ![9, 10, 13].includes(code)), 0xfffe, 0xffff, 0xd800, 0xdfff); // prettier-ignore
  fc.assert(
    fc.property(fc.string(), forbidden, fc.string(), (head, code, tail) => {
      expect(unwritable(`${head}${String.fromCharCode(code)}${tail}`)).toMatch(/^U\+[0-9A-F]{4}$/);
    }),
  );
});
