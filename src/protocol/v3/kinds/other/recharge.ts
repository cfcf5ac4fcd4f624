import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { fen, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

const STATES = { SUCCESS: 'RECHARGE.SUCCESS', CLOSED: 'RECHARGE.CLOSED' };

/** 充值结果通知: a sub-merchant’s deposit was paid in, or was closed. */
export const recharge: V3Kind = {
  id: 'v3/recharge',
  title: '充值结果通知',
  summary: 'A sub-merchant’s deposit was paid in, or was closed',
  ...envelopeOf({
    original_type: 'recharge',
    events: { 'RECHARGE.SUCCESS': '充值成功', 'RECHARGE.CLOSED': '充值关闭' },
    event: eventFor('recharge_state', STATES),
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['recharge_id', 'out_recharge_no'],
  owner: { mch_id: 'sp_mchid' },
  fields: [
    rows.sp_mchid,
    rows.sub_mchid,
    text('out_recharge_no', '商户充值单号', {
      make: ({ source }) => generate.merchantNumber(source, 'WXND'),
      doc: 'The merchant’s own number of it',
    }),
    text('recharge_id', '微信支付充值单号', {
      max: 64,
      make: ({ source }) => generate.digits(source, 29),
      doc: 'The platform’s number of it',
    }),
    text('recharge_scene', '充值场景', {
      values: ['ECOMMERCE_DEPOSIT'],
      value: 'ECOMMERCE_DEPOSIT',
      doc: 'What for',
    }),
    text('account_type', '充值账户类型', {
      values: ['DEPOSIT'],
      value: 'DEPOSIT',
      doc: 'Into which account',
    }),
    text('recharge_channel', '充值渠道', {
      values: ['QR_RECHARGE', 'BANK_TRANSFER'],
      value: 'QR_RECHARGE',
      doc: 'How',
    }),
    fen('recharge_amount.amount', '充值金额', { value: '500000', doc: 'How much, in fen' }),
    text('recharge_amount.currency', '充值币种', { max: 16, value: 'CNY', doc: 'The currency' }),
    text('recharge_state', '充值状态', {
      values: ['SUCCESS', 'CLOSED'],
      make: stateFor(STATES),
      doc: 'SUCCESS or CLOSED. Goes with the event type',
    }),
    text('recharge_state_desc', '充值状态描述', {
      max: 64,
      make: ({ get }) => (get('recharge_state') === 'CLOSED' ? '充值关闭' : '充值成功'),
      doc: 'In words',
    }),
    time('accept_time', '充值受理时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it was begun, in UTC+8',
    }),
    time('success_time', '充值成功时间', {
      required: false,
      when: (get) => get('recharge_state') === 'SUCCESS',
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it was done, in UTC+8',
    }),
    time('close_time', '充值关单时间', {
      required: false,
      when: (get) => get('recharge_state') === 'CLOSED',
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it was closed, in UTC+8',
    }),
    text('remark', '充值备注', { max: 128, required: false, value: '备注', doc: 'More about it' }),
    text('qr_recharge_info.openid', '付款用户标识', {
      max: 128,
      required: false,
      when: (get) => get('recharge_state') === 'SUCCESS' && get('recharge_channel') === 'QR_RECHARGE',
      make: ({ source }) => generate.openid(source),
      doc: 'Who paid, with QR_RECHARGE',
    }),
    text('bank_transfer_info.bill_no', '转账单号', {
      required: false,
      when: (get) => get('recharge_state') === 'SUCCESS' && get('recharge_channel') === 'BANK_TRANSFER',
      value: '111111',
      doc: 'The bank’s number',
    }),
    text('bank_transfer_info.memo', '转账附言', {
      required: false,
      when: (get) => get('recharge_state') === 'SUCCESS' && get('recharge_channel') === 'BANK_TRANSFER',
      value: '转账充值附言',
      doc: 'What was written with it',
    }),
    text('bank_transfer_info.bank_name', '银行名称', {
      required: false,
      when: (get) => get('recharge_state') === 'SUCCESS' && get('recharge_channel') === 'BANK_TRANSFER',
      value: '中国银行',
      doc: 'The bank',
    }),
    text('bank_transfer_info.bank_card_tail', '银行卡号后四位', {
      required: false,
      when: (get) => get('recharge_state') === 'SUCCESS' && get('recharge_channel') === 'BANK_TRANSFER',
      value: '0722',
      doc: 'The last digits of the account',
    }),
  ],
  rules: [],
  shares: ['out_recharge_no', 'recharge_id'],
  source:
    'https://pay.weixin.qq.com/docs/partner/apis/platsolution-mch-recharge/notification/recharge-notice.html',
};
