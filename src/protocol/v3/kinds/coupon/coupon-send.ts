import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { int, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 领券事件回调通知: a user got a coupon of the merchant’s own (商家券). */
export const couponSend: V3Kind = {
  id: 'v3/coupon-send',
  title: '领券事件回调通知',
  summary: 'A user got a coupon of the merchant’s own',
  ...envelopeOf({
    original_type: 'busifavor',
    events: { 'COUPON.SEND': '商家券领券通知' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['coupon_code', 'send_channel'],
  owner: {},
  fields: [
    text('event_type', '业务细分事件类型', {
      max: 64,
      values: ['EVENT_TYPE_BUSICOUPON_SEND'],
      value: 'EVENT_TYPE_BUSICOUPON_SEND',
      doc: 'What happened, in more detail',
    }),
    text('coupon_code', '券code', { make: ({ source }) => generate.digits(source, 22), doc: 'The coupon' }),
    text('stock_id', '批次号', { make: ({ source }) => generate.digits(source, 16), doc: 'The campaign' }),
    time('send_time', '发放时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When the user got it, in UTC+8',
    }),
    { ...rows.openid, doc: 'Who got it, as the merchant’s app knows them' },
    text('unionid', '用户统一标识', {
      max: 128,
      make: ({ source }) => generate.openid(source),
      doc: 'Who got it, across apps',
    }),
    text('send_channel', '发放渠道', {
      max: 64,
      values: [
        'BUSICOUPON_SEND_CHANNEL_MINIAPP',
        'BUSICOUPON_SEND_CHANNEL_API',
        'BUSICOUPON_SEND_CHANNEL_PAYGIFT',
        'BUSICOUPON_SEND_CHANNEL_H5',
        'BUSICOUPON_SEND_CHANNEL_FTOF',
        'BUSICOUPON_SEND_CHANNEL_MEMBERCARD_ACT',
        'BUSICOUPON_SEND_CHANNEL_HALL',
        'BUSICOUPON_SEND_CHANNEL_JSAPI',
        'BUSICOUPON_SEND_CHANNEL_MINI_APP_LIVE',
        'BUSICOUPON_SEND_CHANNEL_WECHAT_SEARCH',
        'BUSICOUPON_SEND_CHANNEL_PAY_HAS_DISCOUNT',
      ],
      value: 'BUSICOUPON_SEND_CHANNEL_PAYGIFT',
      doc: 'Where the user got it',
    }),
    text('send_merchant', '发券商户号', { make: ({ merchant }) => merchant.mch_id, doc: 'Who gave it' }),
    text('attach_info.transaction_id', '交易订单编号', {
      required: false,
      make: ({ source }) => generate.transactionId(source),
      doc: 'The payment that it came with',
    }),
    text('attach_info.act_code', '支付有礼活动编号', {
      required: false,
      make: ({ source }) => generate.digits(source, 9),
      doc: 'The activity that it came with',
    }),
    text('attach_info.hall_code', '领券中心活动编号', {
      required: false,
      example: '540358695',
      doc: 'The activity that it came with, of the coupon centre',
    }),
    int('attach_info.hall_belong_mch_id', '领券中心活动所属商户号', {
      required: false,
      example: '1900000110',
      doc: 'Whose activity that is',
    }),
    text('attach_info.card_id', '会员卡ID', {
      required: false,
      example: 'paCkC00igoi8VmVpDvapnUhkN99w',
      doc: 'The membership card that it came with',
    }),
    text('attach_info.activity_id', '活动ID', {
      required: false,
      example: '4728',
      doc: 'The activity that it came with',
    }),
  ],
  rules: [],
  shares: [],
  source: 'https://pay.weixin.qq.com/docs/partner/apis/merchant-exclusive-coupon/coupon/busicoupon-send.html',
};
