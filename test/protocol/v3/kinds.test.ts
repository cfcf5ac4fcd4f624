/** The kinds together: every event type that is documented, and what each kind says of itself. */
import { describe, expect, test } from 'vitest';
import type { V3Kind } from '../../../src/protocol/dialect.ts';
import { examplesOf } from '../../../src/protocol/example.ts';
import { tableName } from '../../../src/protocol/names.ts';
import { v3Kinds } from '../../../src/protocol/v3/kinds.gen.ts';
import { seededSource } from '../../../src/run/source.ts';
import { build, credentials } from './setup.ts';

/** The webhooks of the community mirror (TheNorthMemory/wechatpay.js.org), by their first word. */
const documented = {
  COMPLAINT: ['CREATE', 'STATE_CHANGE'],
  COUPON: ['SEND', 'USE'],
  DISCOUNT_CARD: ['AGREEMENT_ENDED', 'GET_CARD', 'SETTLEMENT', 'USER_ACCEPTED', 'USER_PAID'],
  ECOMMERCE_ENTRUST: ['SIGN', 'TERMINATE'],
  EDU_SCHOOL_PAY: ['USER_DEBT_STATE_UPDATE'],
  ENTRUST: ['RELEASE', 'SIGN', 'SIGNING', 'TERMINATE', 'TERMINATE_RETENTION'],
  FAPIAO: ['CARD_DISCARDED', 'CARD_INSERTED', 'ISSUED', 'REVERSED', 'USER_APPLIED'],
  HIRE_POWER_BANK: ['RECEIVE_INSURANCE'],
  INSURANCE_ENTRUST: ['RENEW', 'SIGN', 'TERMINATE'],
  MALL_AUTH: ['ACTIVATE_CARD'],
  MALL_REFUND: ['SUCCESS'],
  MALL_TRANSACTION: ['SUCCESS'],
  MCHTRANSFER: ['BATCH.CLOSED', 'BATCH.FINISHED', 'BILL.FINISHED'],
  MEMBERCARD: ['ACCEPT_CARD', 'ACTIVATE_CARD', 'USERCARD_MANAGE'],
  PAYSCORE: [
    'BIND_SERVICE_ACCOUNT',
    'USER_ACCEPTED',
    'USER_CANCEL_SIGN_PLAN',
    'USER_CLOSE_SERVICE',
    'USER_CONFIRM',
    'USER_OPEN_SERVICE',
    'USER_PAID',
    'USER_SIGN_PLAN',
  ],
  PROFITSHARING: ['RETURN', 'SUCCESS'],
  RECHARGE: ['CLOSED', 'SUCCESS'],
  REFUND: ['ABNORMAL', 'CLOSED', 'SUCCESS'],
  TRANSACTION: ['FAIL', 'INDUSTRY_FAILED', 'INDUSTRY_SUCCESS', 'PAY_BACK', 'SUCCESS'],
  VEHICLE: ['ENTRANCE_STATE_CHANGE', 'USER_STATE_CHANGE'],
  VIOLATION: ['APPEAL', 'INTERCEPT', 'PUNISH'],
};

const kinds: readonly V3Kind[] = Object.values(v3Kinds);

test('every documented event type has a kind', () => {
  const known = new Set<string>(kinds.flatMap(({ events }) => Object.keys(events)));
  const all = Object.entries(documented).flatMap(([word, rest]) => rest.map((name) => `${word}.${name}`));
  expect(all).toHaveLength(60);
  expect(all.filter((name) => !known.has(name))).toEqual([]);
});

describe.each(kinds)('$id', (kind) => {
  const names = kind.fields.map(({ name }) => name);

  test('names each field once', () => {
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('knows the fields that it is told by, owned by, and that it shares', () => {
    const told = [...kind.marks, ...Object.values(kind.owner), ...kind.shares];
    expect(told.filter((name) => !names.includes(tableName(name)))).toEqual([]);
  });

  test('has an example of every field, and says what each is', () => {
    const examples = examplesOf(kind, { merchant: credentials, source: seededSource('test') });
    const rows = [...kind.envelope.fields, ...kind.fields];
    expect(rows.filter(({ name }) => !examples.has(name)).map(({ name }) => name)).toEqual([]);
    expect(rows.filter(({ doc, title }) => doc === '' || title === '')).toEqual([]);
  });
});

test('encryption is bound to what the resource is, in less than 16 bytes wherever a capture has it', () => {
  for (const name of [
    'v3/transaction',
    'v3/refund',
    'v3/transfer',
    'v3/coupon-use',
    'v3/payscore-paid',
  ] as const) {
    const { fields } = build(name);
    expect(fields['envelope.resource.associated_data']).toBe(fields['envelope.resource.original_type']);
    expect(fields['envelope.resource.associated_data']?.length).toBeLessThan(16);
  }
});
