import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { fen, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 商圈会员场内退款通知: a member of a mall got money back from one of its shops. */
export const mallRefund: V3Kind = {
  id: 'v3/mall-refund',
  title: '商圈会员场内退款通知',
  summary: 'A member of a mall got money back from one of its shops',
  ...envelopeOf({
    original_type: 'mall_refund',
    events: { 'MALL_REFUND.SUCCESS': '商圈会员场内退款成功' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['shop_number', 'refund_id'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    { ...rows.mchid, title: '商圈商户号', doc: 'The mall' },
    text('merchant_name', '商圈商户名称', { max: 128, value: '腾讯广场', doc: 'The mall’s name' }),
    text('shop_name', '门店名称', { max: 128, value: '微信支付', doc: 'The shop' }),
    text('shop_number', '门店编号', { max: 64, value: '123456', doc: 'The shop’s number' }),
    rows.openid,
    rows.appid,
    time('refund_time', '退款完成时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When, in UTC+8',
    }),
    fen('pay_amount', '消费金额', { value: '100', doc: 'What had been paid, in fen' }),
    fen('refund_amount', '退款金额', {
      make: ({ get }) => get('pay_amount'),
      doc: 'What is refunded, in fen',
    }),
    rows.transaction_id,
    text('refund_id', '微信支付退款单号', {
      make: ({ source }) => generate.refundId(source),
      doc: 'The platform’s number of the refund',
    }),
  ],
  rules: [],
  shares: ['transaction_id', 'openid'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter8_6_1.shtml',
};
