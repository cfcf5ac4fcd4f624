import type { FieldContext, V3Kind } from '../../../dialect.ts';
import { merchantNumber } from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { fen, nested, text } from '../../tables/row.ts';
import { couponsOf, promotionDetail } from '../../tables/promotion.ts';
import * as rows from '../../tables/rows.ts';

const SOURCE = 'https://pay.weixin.qq.com/wiki/doc/apiv3/wxpay/pay/combine/chapter3_7.shtml';

/** 合单支付通知: several merchants' orders were paid at once. */
export const combinedTransaction: V3Kind = {
  id: 'v3/combined-transaction',
  title: '合单支付通知',
  summary: 'A combined order of several merchants was paid',
  ...envelopeOf({ original_type: 'transaction', events: { 'TRANSACTION.SUCCESS': '支付成功' } }),
  marks: ['combine_appid', 'combine_mchid', 'combine_out_trade_no'],
  owner: { appid: 'combine_appid', mch_id: 'combine_mchid' },
  lists: { sub_orders: 2 },
  fields: [
    {
      ...rows.appid,
      name: 'combine_appid',
      title: '合单商户appid',
      doc: 'The app the combined order was placed in',
    },
    {
      ...rows.out_trade_no,
      name: 'combine_out_trade_no',
      title: '合单商户订单号',
      make: ({ source }) => merchantNumber(source, 'WXNC'),
      doc: 'The merchant’s own number of the combined order',
    },
    {
      ...rows.mchid,
      name: 'combine_mchid',
      title: '合单商户号',
      doc: 'The merchant who placed the combined order',
    },
    rows.scene_info,
    ...nested('sub_orders.$n', [
      {
        ...rows.mchid,
        title: '子单商户号',
        doc: 'Whose order it is: the merchant who placed the combined one; $n counts from 0, up to 9',
      },
      rows.trade_type,
      rows.trade_state,
      { ...rows.bank_type, required: false },
      { ...rows.attach, title: '附加数据' },
      rows.success_time,
      { ...rows.transaction_id, title: '微信订单号' },
      { ...rows.out_trade_no, title: '子单商户订单号' },
      text('sub_mchid', '二级商户号', {
        required: false,
        example: '1900000110',
        doc: 'The sub-merchant, where a platform placed the combined order',
      }),
      { ...rows.sub_appid, title: '子商户应用ID' },
      {
        ...rows.openid,
        name: 'sub_openid',
        title: '用户子标识',
        required: false,
        when: (get) => get('sub_orders.$n.sub_appid') !== undefined,
        doc: 'The payer, as the sub-merchant’s app knows them',
      },
      fen('amount.total_amount', '标价金额', { value: '100', doc: 'This order’s amount, in fen' }),
      text('amount.currency', '标价币种', { max: 8, value: 'CNY', doc: 'The currency of the order' }),
      fen('amount.payer_amount', '现金支付金额', {
        make: ({ get }) => withoutCoupons(get),
        doc: 'What the payer paid of it, in fen',
      }),
      text('amount.payer_currency', '现金支付币种', {
        max: 8,
        value: 'CNY',
        doc: 'The currency of the payment',
      }),
    ]),
    ...promotionDetail('sub_orders.$n.promotion_detail'),
    {
      ...rows.openid,
      name: 'combine_payer_info.openid',
      doc: 'The payer, as combine_appid knows them',
    },
  ],
  rules: [],
  shares: [
    ...['combine_out_trade_no', 'combine_payer_info.openid'],
    ...[0, 1].flatMap((index) => [
      `sub_orders.${index}.out_trade_no`,
      `sub_orders.${index}.transaction_id`,
      `sub_orders.${index}.amount.total_amount`,
    ]),
  ],
  source: SOURCE,
};

function withoutCoupons(get: FieldContext['get']): string {
  const total = Number(get('sub_orders.$n.amount.total_amount') ?? 0);
  return String(Math.max(0, total - couponsOf(get, 'sub_orders.$n.promotion_detail')));
}
