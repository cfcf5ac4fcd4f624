/** Prepared copies are what sealing each of them would have been, byte for byte. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { V2Credentials } from '../../../src/protocol/dialect.ts';
import { kinds } from '../../../src/protocol/kinds.gen.ts';
import { Secret } from '../../../src/protocol/secret.ts';
import { prepareCopies } from '../../../src/protocol/v2/copies.ts';
import { seal } from '../../../src/protocol/v2/seal.ts';
import { build, hmac, md5, text, type KindName } from '../setup.ts';

const kindNames = Object.keys(kinds) as KindName[];
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.stringMatching(/^[0-9A-Za-z]{0,40}$/),
  fc.constantFrom(
    ']]>',
    ']]>]]>',
    '\r',
    'a\r\nb',
    '&<>',
    '\uE000',
    '\uE0000;',
    '\uD800',
    '\uDC00',
    '订单',
    '😀',
  ),
);

/** Seals one copy the long way. */
function sealOne(
  [kind, names, values]: readonly [KindName, readonly string[], readonly string[]],
  credentials: V2Credentials,
  sign_type: V2Credentials['sign_type'],
): string {
  const notification = build(kind, {}, { sign_type });
  const own = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
  return text(seal({ ...notification, fields: { ...notification.fields, ...own } }, credentials).body);
}

describe.each(kindNames)('%s', (kind) => {
  const own = Object.keys(build(kind).fields);
  const encryptedWith = kinds[kind].envelope?.cipher === 'aes-256-gcm' ? ['event_nonce'] : [];
  const names = fc
    .uniqueArray(fc.oneof(fc.constantFrom(...own), fc.stringMatching(/^x\w{0,8}$/), fc.constant('sign')))
    .map((all) => all.filter((name) => !encryptedWith.includes(name)));
  const copies = names.chain((chosen) =>
    fc.tuple(
      fc.constant(chosen),
      fc.array(fc.tuple(...chosen.map(() => value)), { minLength: 1, maxLength: 4 }),
    ),
  );

  test.each(['MD5', 'HMAC-SHA256'] as const)('%s', (sign_type) => {
    fc.assert(
      fc.property(copies, ([chosen, rows]) => {
        const copy = prepareCopies(build(kind, {}, { sign_type }), chosen, md5);
        const bodies = rows.map((values) => copy(values));
        for (const [index, values] of rows.entries())
          expect(text(bodies[index] ?? Buffer.alloc(0))).toBe(
            sealOne([kind, chosen, values], md5, sign_type),
          );
      }),
      { numRuns: 150 },
    );
  });
});

test('a body stays as it is when others are made', () => {
  const copy = prepareCopies(build('v2/payment'), ['out_trade_no'], md5);
  const bodies = Array.from({ length: 200 }, (_, index) => copy([`order-${index}`]));
  for (const [index, body] of bodies.entries()) expect(text(body)).toContain(`[order-${index}]`);
});

test('values of any length, one after the other', () => {
  const copy = prepareCopies(build('v2/payment'), ['attach', 'out_trade_no'], hmac);
  for (const attach of ['x', '余'.repeat(5000), 'short', '😀'.repeat(50_000), ']]>'.repeat(3000)])
    expect(text(copy([attach, 'n']))).toBe(
      sealOne(['v2/payment', ['attach', 'out_trade_no'], [attach, 'n']], hmac, 'MD5'),
    );
});

test('a key, a name and a value that look like marks', () => {
  const odd = { ...md5, api_key: new Secret('\uE000\uE0011;') };
  const notification = build('v2/payment', { attach: '\uE0000;\uE000\uE001' });
  const names = ['out_trade_no', 'x\uE000'];
  const values = ['\uE000\uE001\uE0010;', '1;'];
  const fields = { ...notification.fields, out_trade_no: values[0] ?? '', 'x\uE000': values[1] ?? '' };
  expect(text(prepareCopies(notification, names, odd)(values))).toBe(
    text(seal({ ...notification, fields }, odd).body),
  );
});

test('no names: every copy is the notification', () => {
  const notification = build('v2/payment');
  expect(text(prepareCopies(notification, [], md5)([]))).toBe(text(seal(notification, md5).body));
});
