/** A scenario becomes requests before anything is sent. */
import { describe, expect, test } from 'vitest';
import { demoCredentials } from '../../src/merchant/demo.ts';
import { credentialsFor } from '../support/credentials.ts';
import { prepare } from '../../src/run/prepare/prepare.ts';
import type { Overriding, Prepared } from '../../src/run/prepare/prepared.ts';
import type { Problem } from '../../src/scenario/problem.ts';
import { readScenario } from '../../src/scenario/check/validate.ts';

function preparing(yaml: string, overriding: Partial<Overriding> = {}, seed = '42') {
  const scenario = readScenario(yaml, 'a.yaml', 'a');
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.problems));
  return prepare({
    scenario: scenario.value,
    credentials: credentialsFor(demoCredentials),
    secrets: new Set(),
    seed,
    env: { NAME: 'from env' },
    targetFor: () => 'http://127.0.0.1:8080/notify',
    overriding: { set: {}, ...overriding },
  });
}

function prepared(yaml: string, overriding: Partial<Overriding> = {}): Prepared {
  const result = preparing(yaml, overriding);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function problem(yaml: string, overriding: Partial<Overriding> = {}): Problem | undefined {
  const result = preparing(yaml, overriding);
  return result.ok ? undefined : result.problems[0];
}

const fieldsOf = ({ steps }: Prepared, step = 1) => {
  const prepared = steps[step - 1];
  return prepared?.does === 'notify' ? prepared.notification.fields : {};
};

const FLOW = `
vars: { total_fee: 1000 }
steps:
  - notify: v2/payment
  - notify: v2/refund
    fields: { refund_fee: 300 }
  - notify: v2/refund
    fields: { refund_fee: 700, out_refund_no: "R-\${out_trade_no}" }
`;

describe('a flow', () => {
  test('a refund refers to the payment before it', () => {
    const flow = prepared(FLOW);
    const [payment, part, rest] = [fieldsOf(flow, 1), fieldsOf(flow, 2), fieldsOf(flow, 3)];
    expect(payment['total_fee']).toBe('1000');
    for (const name of ['out_trade_no', 'transaction_id', 'total_fee']) {
      expect([part[name], rest[name]]).toEqual([payment[name], payment[name]]);
    }
    expect(part['refund_id']).not.toBe(rest['refund_id']);
    expect(part['out_refund_no']).not.toBe(rest['out_refund_no']);
  });

  test('templates see what earlier steps shared', () => {
    const flow = prepared(FLOW.replace('R-${out_trade_no}', 'R${total_fee}'));
    expect(fieldsOf(flow, 3)['out_refund_no']).toBe('R1000');
  });

  test('a second payment is about the same order', () => {
    const flow = prepared('steps:\n  - notify: v2/payment\n  - notify: v2/payment');
    expect(fieldsOf(flow, 2)['out_trade_no']).toBe(fieldsOf(flow, 1)['out_trade_no']);
    expect(fieldsOf(flow, 2)['nonce_str']).not.toBe(fieldsOf(flow, 1)['nonce_str']);
  });
});

describe('--set', () => {
  test('a field, in every step that has it', () => {
    const flow = prepared(FLOW, { set: { out_trade_no: 'A1', refund_fee: '5' } });
    expect([1, 2, 3].map((step) => fieldsOf(flow, step)['out_trade_no'])).toEqual(['A1', 'A1', 'A1']);
    expect(fieldsOf(flow, 1)['refund_fee']).toBeUndefined();
    expect(fieldsOf(flow, 2)['refund_fee']).toBe('5');
  });

  test('a variable', () => {
    const yaml = 'vars: { who: me }\nnotify: v2/payment\nfields: { attach: "by ${who}" }';
    expect(fieldsOf(prepared(yaml))['attach']).toBe('by me');
    expect(fieldsOf(prepared(yaml, { set: { who: 'you' } }))['attach']).toBe('by you');
  });

  test('a numbered field, and an empty one', () => {
    const set = { coupon_fee_0: '30', coupon_type_0: 'CASH', coupon_id_0: '7', fee_type: '' };
    const fields = fieldsOf(prepared('notify: v2/payment', { set }));
    expect(fields).toMatchObject({ coupon_fee: '30', coupon_count: '1', cash_fee: '70' });
    expect(fields['fee_type']).toBeUndefined();
  });

  test.each(['total_fe', '__proto__', 'constructor'])('%s is neither field nor variable', (name) => {
    const set = Object.fromEntries([[name, '1']]);
    expect(problem('notify: v2/payment', { set })).toMatchObject({ code: 'unknown-field' });
  });
});

test('--set of what is computed points to tamper', () => {
  expect(problem('notify: v2/payment', { set: { sign: 'x' } })?.fix).toContain(
    'tamper: { change: { sign: … } }',
  );
});

describe('what cannot be', () => {
  test.each([
    ['notify: v2/payment\nfields: { attach: "${nme}" }', 'a.yaml', 2, '${nme} is not known here'],
    ['notify: v2/payment\nfields: { attach: "${env.NO}" }', 'a.yaml', 2, 'the environment has no NO'],
    ['notify: v2/payment\nfields: { attach: "\\u0001" }', 'a.yaml', 2, 'the value has the character U+0001'],
    ['notify: v2/payment\ntamper: { change: { attach: x } }', 'a.yaml', 2, 'attach is not in the message'],
    ['notify: v2/payment\ntamper: { ciphertext: break }', 'a.yaml', 2, 'v2/payment is not encrypted'],
    ['notify: v2/refund\ntamper: { sign: drop }', 'a.yaml', 2, 'v2/refund carries no sign'],
    ['notify: v2/refund\ntamper: { drop: refund_fee }', 'a.yaml', 2, 'refund_fee is not in the message'],
    [
      'notify: v2/payment\ntamper: { headers: { Content-Length: 5 } }',
      'a.yaml',
      2,
      'the header Content-Length',
    ],
    ['notify: v2/payment\ntamper: { headers: { X-A: "a\\r\\nb: c" } }', 'a.yaml', 2, 'the header "X-A"'],
  ])('%s', (yaml, file, line, message) => {
    const found = problem(yaml);
    expect(found?.at).toMatchObject({ file, line });
    expect(found?.message).toContain(message);
    expect(found?.fix).not.toBe('');
  });
});

test('rules of the field table are warnings, with their place and source', () => {
  const { warnings } = prepared('notify: v2/payment\nfields:\n  total_fee: 1.5\n  totl_fee: 3\n');
  expect(warnings.map(({ at, message }) => [at?.line, message])).toEqual([
    [3, 'total_fee is "1.5", which is not an amount in fen (a whole number)'],
    [4, 'totl_fee is no field of v2/payment; receivers that rebuild the signature from a table refuse it'],
  ]);
  expect(warnings[1]?.fix).toBe('Did you mean `total_fee`?');
});

test('a warning about --set or the merchant does not point into the file', () => {
  const { warnings } = prepared('notify: v2/payment', { set: { total_fee: '1.5', appid: 'wx1' } });
  expect(warnings.map(({ at, message }) => [at, message.split(' is ')[0]])).toEqual([
    [undefined, '--set appid: appid'],
    [undefined, '--set total_fee: total_fee'],
  ]);
});

test('the environment, the target and generators', () => {
  const yaml = 'notify: v2/payment\nfields: { attach: "${env.NAME} ${target.origin} ${now.unix} $${x}" }';
  expect(fieldsOf(prepared(yaml))['attach']).toBe('from env http://127.0.0.1:8080 1767240000 ${x}');
});
