import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { int, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 隔夜归还保险订单状态变化通知: an insurance of a rented power bank was taken, or could not be. */
export const powerBankInsurance: V3Kind = {
  id: 'v3/power-bank-insurance',
  title: '隔夜归还保险订单状态变化通知',
  summary: 'An insurance of a rented power bank was taken, or could not be',
  ...envelopeOf({
    original_type: 'hire_power_bank',
    events: { 'HIRE_POWER_BANK.RECEIVE_INSURANCE': '保险订单状态变化' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['order_id', 'order_receive_state'],
  owner: {},
  fields: [
    text('order_id', '保险订单号', {
      max: 64,
      make: ({ source }) => generate.digits(source, 20),
      doc: 'The platform’s number of it',
    }),
    text('out_order_no', '商户订单号', {
      make: ({ source }) => generate.merchantNumber(source, 'WXNI'),
      doc: 'The merchant’s own number of it',
    }),
    rows.openid,
    int('max_claim_count', '最大理赔次数', { value: '3', doc: 'How often it may be used' }),
    int('claimed_count', '已理赔次数', { value: '1', doc: 'How often it was used' }),
    time('order_receive_time', '领取时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it was taken, in UTC+8',
    }),
    text('order_receive_state', '领取状态', {
      values: ['RECEIVING', 'RECEIVED', 'FAILED'],
      value: 'RECEIVED',
      doc: 'How it stands',
    }),
    time('order_begin_time', '保障开始时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'From when it counts',
    }),
    time('order_end_time', '保障结束时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'Until when it counts',
    }),
  ],
  rules: [],
  shares: ['order_id', 'out_order_no'],
  source:
    'https://pay.weixin.qq.com/docs/merchant/apis/hire-power-bank-insurance/insurance-orders/status-change-notice.html',
};
