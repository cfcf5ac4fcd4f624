import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { fen, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 商圈会员场内支付结果通知: a member of a mall paid in one of its shops. */
export const mallTransaction: V3Kind = {
  id: 'v3/mall-transaction',
  title: '商圈会员场内支付结果通知',
  summary: 'A member of a mall paid in one of its shops',
  ...envelopeOf({
    original_type: 'mall_transaction',
    events: { 'MALL_TRANSACTION.SUCCESS': '商圈会员场内支付成功' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['shop_number', 'transaction_id', 'time_end'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    { ...rows.mchid, title: '商圈商户号', doc: 'The mall' },
    text('merchant_name', '商圈商户名称', { max: 128, value: '腾讯广场', doc: 'The mall’s name' }),
    text('shop_name', '门店名称', { max: 128, value: '微信支付', doc: 'The shop' }),
    text('shop_number', '门店编号', { max: 64, value: '123456', doc: 'The shop’s number' }),
    rows.appid,
    rows.openid,
    fen('amount', '交易金额', { value: '200', doc: 'What was paid, in fen' }),
    time('time_end', '交易完成时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When, in UTC+8',
    }),
    rows.transaction_id,
  ],
  rules: [],
  shares: ['transaction_id', 'openid'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter8_6_1.shtml',
};
