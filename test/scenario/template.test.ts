/** Templates: look-ups, escapes, generators, and nothing that could run. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededSource } from '../../src/run/source.ts';
import { fill, hasTemplate, knownNames, type Scope } from '../../src/scenario/fill/template.ts';

const scope: Scope = {
  typed: new Set<string>(),
  vars: new Map([['amount', '100'], ['b.c', 'dotted'], ['tricky', '${amount}'], ['dollar', '$&$1$$']]), // prettier-ignore
  env: { HOME: '/home/x', EMPTY: '' },
  origin: 'http://127.0.0.1:80',
  source: seededSource('s'),
};
/** 2026-01-01 00:00:00 UTC. */
const dated: Scope = { ...scope, source: seededSource('deadbeef-1767225600') };

describe('look-ups', () => {
  test.each([
    ['${amount}', '100'],
    ['a ${amount} b ${amount}', 'a 100 b 100'],
    ['${ amount }', '100'],
    ['${b.c}', 'dotted'],
    ['${env.HOME}', '/home/x'],
    ['${env.EMPTY}|', '|'],
    ['${target.origin}/x', 'http://127.0.0.1:80/x'],
    ['$${amount}', '${amount}'],
    ['$${', '${'],
    ['$$${amount}', '$${amount}'],
    ['${tricky}', '${amount}'],
    ['${dollar}', '$&$1$$'],
    ['$amount {amount} $', '$amount {amount} $'],
    ['${amount', '${amount'],
    ['plain', 'plain'],
  ])('%s is %s', (text, expected) => {
    expect(fill(text, scope)).toEqual({ ok: true, text: expected });
  });

  test.each([
    ['${amont}', 'amont'],
    ['${}', ''],
    ['${env.NOPE}', 'env.NOPE'],
    ['${env.toString}', 'env.toString'],
    ['${env.constructor}', 'env.constructor'],
    ['${env.__proto__}', 'env.__proto__'],
    ['${constructor}', 'constructor'],
    ['${__proto__}', '__proto__'],
    ['${toString}', 'toString'],
    ['${random.toString}', 'random.toString'],
    ['${random}', 'random'],
    ['${Amount}', 'Amount'],
    ['${1 + 1}', '1 + 1'],
    ['${process.exit()}', 'process.exit()'],
    ['${amount.length}', 'amount.length'],
    ['${amount} ${x} ${y}', 'x'],
  ])('%s is unknown: %s', (text, unknown) => {
    expect(fill(text, scope)).toEqual({ ok: false, unknown });
  });

  test('the origin is unknown when nothing is sent', () => {
    expect(fill('${target.origin}', { ...scope, origin: undefined })).toEqual({ ok: false, unknown: 'target.origin' }); // prettier-ignore
  });

  test('text without a template stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('${'));
        expect(hasTemplate(text)).toBe(false);
        expect(fill(text, scope)).toEqual({ ok: true, text });
      }),
    );
  });

  test('a value is put in as it is, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(fill('<${v}>', { ...scope, vars: new Map([['v', value]]) })).toEqual({
          ok: true,
          text: `<${value}>`,
        });
      }),
    );
  });
});

describe('generators', () => {
  test.each([
    ['random.out_trade_no', /^WXN20260101080000\d{10}$/],
    ['random.out_refund_no', /^WXNR20260101080000\d{10}$/],
    ['random.transaction_id', /^42000\d{5}20260101\d{10}$/],
    ['random.refund_id', /^50000\d{5}20260101\d{11}$/],
    ['random.openid', /^o[\w-]{27}$/],
    ['random.nonce_str', /^[0-9a-f]{32}$/],
    ['random.digits', /^\d{10}$/],
    ['random.uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['now.time_end', /^20260101080000$/],
    ['now.datetime', /^2026-01-01 08:00:00$/],
    ['now.iso', /^2026-01-01T00:00:00\.000Z$/],
    ['now.unix', /^1767225600$/],
  ])('%s', (name, form) => {
    const filled = fill(`\${${name}}`, dated);
    expect(filled.ok && filled.text).toMatch(form);
    expect(fill(`\${${name}}`, dated)).toEqual(filled);
    expect(knownNames(dated)).toContain(name);
  });

  test('two in one text differ', () => {
    const filled = fill('${random.digits} ${random.digits}', scope);
    const [one, two] = filled.ok ? filled.text.split(' ') : [];
    expect(one).not.toBe(two);
  });

  test('another seed, another value', () => {
    expect(fill('${random.uuid}', scope)).not.toEqual(fill('${random.uuid}', dated));
  });
});

test('the known names are the variables, the two look-ups and the generators', () => {
  expect(knownNames(scope)).toEqual([
    ...['amount', 'b.c', 'tricky', 'dollar', 'target.origin', 'env.NAME'],
    ...['out_trade_no', 'out_refund_no', 'transaction_id', 'refund_id', 'openid', 'nonce_str', 'digits', 'uuid'].map((name) => `random.${name}`), // prettier-ignore
    ...['time_end', 'datetime', 'iso', 'unix'].map((name) => `now.${name}`),
  ]);
});
