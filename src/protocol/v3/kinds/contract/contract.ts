import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { fen, int, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

const STATES = { SIGNED: 'ENTRUST.SIGN', TERMINATED: 'ENTRUST.TERMINATE' };

/** 委托代扣签约、解约结果通知: a user signed a contract for deductions, or ended it. */
export const contract: V3Kind = {
  id: 'v3/contract',
  title: '委托代扣签约、解约结果通知',
  summary: 'A user signed a contract for deductions, or ended it',
  ...envelopeOf({
    original_type: 'entrust',
    events: { 'ENTRUST.SIGN': '签约结果通知', 'ENTRUST.TERMINATE': '解约结果通知' },
    event: eventFor('contract_state', STATES),
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['contract_id', 'contract_state', 'contract_display_account', 'mchid'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    text('contract_display_account', '签约用户显示名', {
      max: 32,
      value: '微信代扣用户A',
      doc: 'The user’s name in the contract',
    }),
    time('contract_expired_time', '协议到期时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it ends, in UTC+8',
    }),
    text('contract_id', '委托代扣协议ID', {
      make: ({ source }) => generate.digits(source, 18),
      doc: 'The platform’s number of the contract',
    }),
    time('contract_signed_time', '协议签署时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it was signed, in UTC+8',
    }),
    text('contract_state', '协议状态', {
      values: ['SIGNED', 'TERMINATED'],
      make: stateFor(STATES),
      doc: 'SIGNED or TERMINATED. Goes with the event type',
    }),
    fen('deduct_schedule.deduct_amount.total', '扣费金额', {
      required: false,
      value: '1',
      doc: 'What was charged, in fen',
    }),
    text('deduct_schedule.deduct_amount.currency', '扣费币种', {
      max: 16,
      required: false,
      value: 'CNY',
      doc: 'Its currency',
    }),
    text('deduct_schedule.deduct_date', '扣费日期', {
      max: 10,
      required: false,
      value: '2026-01-01',
      doc: 'When it was charged: yyyy-MM-dd',
    }),
    fen('deduct_schedule.estimated_deduct_amount.total', '预计扣费金额', {
      required: false,
      value: '1',
      doc: 'What was to be charged, in fen',
    }),
    text('deduct_schedule.estimated_deduct_amount.currency', '预计扣费币种', {
      max: 16,
      required: false,
      value: 'CNY',
      doc: 'Its currency',
    }),
    text('deduct_schedule.estimated_deduct_date', '预计扣费日期', {
      max: 10,
      required: false,
      value: '2026-01-01',
      doc: 'When it was to be charged: yyyy-MM-dd',
    }),
    text('deduct_schedule.schedule_state', '扣费计划状态', {
      required: false,
      value: 'PAID',
      doc: 'How the next deduction stands',
    }),
    fen('deduct_schedule.scheduled_amount.total', '计划扣费金额', {
      required: false,
      value: '1',
      doc: 'What is planned, in fen',
    }),
    text('deduct_schedule.scheduled_amount.currency', '计划扣费币种', {
      max: 16,
      required: false,
      value: 'CNY',
      doc: 'Its currency',
    }),
    text('out_contract_code', '商户签约协议号', {
      make: ({ source }) => generate.merchantNumber(source, 'WXNC'),
      doc: 'The merchant’s own number of the contract',
    }),
    text('out_user_code', '商户侧用户标识', { value: '用户A', doc: 'The user, as the merchant names them' }),
    int('plan_id', '模板ID', { value: '12535', doc: 'The template of the contract' }),
    rows.appid,
    rows.mchid,
    rows.openid,
  ],
  rules: [],
  shares: ['contract_id', 'out_contract_code', 'openid'],
  source: 'https://pay.weixin.qq.com/docs/merchant/apis/entrusted-payment/contract-alter-notify.html',
};
