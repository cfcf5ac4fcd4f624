import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { fen, text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

const STATES = { SUCCESS: 'TRANSACTION.INDUSTRY_SUCCESS', PAY_FAIL: 'TRANSACTION.INDUSTRY_FAILED' };

/** 校园轻松付扣费结果通知: a payment at a school was charged, or could not be. */
export const schoolDeduction: V3Kind = {
  id: 'v3/school-deduction',
  title: '校园轻松付扣费结果通知',
  summary: 'A payment at a school (校园轻松付) was charged, or could not be',
  ...envelopeOf({
    original_type: 'transaction',
    events: { 'TRANSACTION.INDUSTRY_SUCCESS': '支付成功', 'TRANSACTION.INDUSTRY_FAILED': '支付失败' },
    event: eventFor('trade_state', STATES),
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['trade_type', 'out_trade_no', 'sub_mchid', 'device_info.device_id'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    { ...rows.mchid, title: '服务商商户号', doc: 'The service provider' },
    rows.appid,
    rows.sub_mchid,
    rows.sub_appid,
    rows.out_trade_no,
    rows.transaction_id,
    text('trade_type', '交易类型', {
      max: 16,
      values: ['AUTH'],
      value: 'AUTH',
      doc: 'How it was paid: AUTH',
    }),
    text('trade_state', '交易状态', {
      values: ['SUCCESS', 'PAY_FAIL'],
      make: stateFor(STATES),
      doc: 'SUCCESS: charged; PAY_FAIL: not. Goes with the event type',
    }),
    text('trade_state_desc', '交易状态描述', {
      max: 256,
      make: ({ get }) => (get('trade_state') === 'PAY_FAIL' ? '支付失败' : '支付成功'),
      doc: 'trade_state in words',
    }),
    rows.bank_type,
    rows.attach,
    { ...rows.success_time, required: false, when: (get) => get('trade_state') === 'SUCCESS' },
    { ...rows.openid, name: 'payer.openid', doc: 'The payer, as the app knows them' },
    text('payer.sub_openid', '用户子标识', {
      max: 128,
      required: false,
      example: 'oUpF8uMuAJOM2pxb1Q',
      doc: 'The payer, as the sub-merchant’s app knows them',
    }),
    fen('amount.total', '订单金额', { value: '100', doc: 'The order’s amount, in fen' }),
    fen('amount.discount_total', '折扣', { required: false, value: '0', doc: 'What is taken off, in fen' }),
    fen('amount.payer_total', '用户支付金额', {
      required: false,
      make: ({ get }) => String(Number(get('amount.total') ?? 0) - Number(get('amount.discount_total') ?? 0)),
      doc: 'What the payer paid, in fen',
    }),
    text('amount.currency', '货币类型', { max: 16, value: 'CNY', doc: 'The currency' }),
    text('device_info.device_id', '商户端设备号', {
      required: false,
      value: '12343232',
      doc: 'The terminal',
    }),
    text('device_info.device_ip', '用户终端IP', {
      max: 45,
      required: false,
      value: '123.12.12.123',
      doc: 'Its address',
    }),
    text('promotion_detail.$n.coupon_id', '券ID', {
      make: ({ source }) => generate.digits(source, 6),
      doc: 'The coupon; $n counts from 0',
    }),
    text('promotion_detail.$n.name', '优惠名称', {
      max: 64,
      required: false,
      value: '单品惠-6',
      doc: 'Its name',
    }),
    text('promotion_detail.$n.scope', '优惠范围', {
      required: false,
      value: 'GLOBAL',
      doc: 'For the whole order, or for single goods',
    }),
    text('promotion_detail.$n.type', '优惠类型', {
      required: false,
      value: 'DISCOUNT',
      doc: 'What kind it is',
    }),
    fen('promotion_detail.$n.amount', '优惠券面额', { value: '1', doc: 'What it is worth, in fen' }),
    text('promotion_detail.$n.stock_id', '活动ID', {
      required: false,
      value: '931386',
      doc: 'The campaign that it belongs to',
    }),
    fen('promotion_detail.$n.wechatpay_contribute', '微信出资', {
      required: false,
      value: '1',
      doc: 'What of it WeChat Pay bears, in fen',
    }),
    fen('promotion_detail.$n.merchant_contribute', '商户出资', {
      required: false,
      value: '0',
      doc: 'What of it the merchant bears, in fen',
    }),
    fen('promotion_detail.$n.other_contribute', '其他出资', {
      required: false,
      value: '0',
      doc: 'What of it others bear, in fen',
    }),
  ],
  rules: [],
  shares: ['out_trade_no', 'transaction_id'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3_partner/Offline/apis/chapter5_3_11.shtml',
};
