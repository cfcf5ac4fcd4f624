import type { Field, Kind } from '../../dialect.ts';
import * as rows from '../rows.ts';
import { payment } from './payment.ts';

const SOURCE = 'https://pay.weixin.qq.com/doc/v2/merchant/4011987465';

/** What a payment notification has and a deduction's table has not. */
const ABSENT = [
  'trade_type',
  'settlement_total_fee',
  'coupon_type_$n',
  'promotion_detail',
  'version',
  'rate_value',
];

/** A deduction that failed says why, and nothing of money. */
const PAID_ONLY = [
  'openid',
  'is_subscribe',
  'sub_openid',
  'sub_is_subscribe',
  'bank_type',
  'total_fee',
  'fee_type',
  'cash_fee',
  'transaction_id',
  'time_end',
];

const paid: NonNullable<Field['when']> = (get) => get('result_code') !== 'FAIL';

const fields: readonly Field[] = [
  ...payment.fields
    .filter(({ name }) => !ABSENT.includes(name))
    .map((field): Field => {
      const row = { ...field, ...(field.name === 'is_subscribe' && { make: () => 'Y' }) };
      return PAID_ONLY.includes(field.name) ? { ...row, when: paid } : row;
    }),
  {
    name: 'trade_state',
    title: '交易状态',
    type: 'string',
    max: 32,
    required: true,
    values: ['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'ACCEPT', 'PAY_FAIL'],
    make: ({ get }) => (get('result_code') === 'FAIL' ? 'PAY_FAIL' : 'SUCCESS'),
    doc: 'How the deduction stands. Newer documents list SUCCESS and PAY_FAIL only',
  },
  rows.contract_id,
];

/** 扣款结果通知: the result of a deduction under a contract (委托代扣). */
export const deduction: Kind = {
  id: 'v2/deduction',
  title: '扣款结果通知',
  summary: 'A deduction under a contract succeeded, or failed',
  seal: 'signed',
  names_algorithm: 'sign_type',
  marks: ['contract_id', 'out_trade_no', 'result_code'],
  owner: payment.owner,
  answer: 'ack',
  fields,
  layout: payment.layout,
  rules: payment.rules.filter(({ name }) => name !== 'settlement_total_fee'),
  shares: [...payment.shares.filter((name) => !ABSENT.includes(name)), 'contract_id'],
  source: SOURCE,
};
