import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { boolean, fen, int, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 核销事件回调通知: a coupon (代金券) was used. */
export const couponUse: V3Kind = {
  id: 'v3/coupon-use',
  title: '核销事件回调通知',
  summary: 'A coupon was used',
  ...envelopeOf({ original_type: 'coupon', events: { 'COUPON.USE': '代金券核销通知' } }),
  marks: ['coupon_id', 'stock_creator_mchid', 'consume_information.consume_time'],
  owner: { mch_id: 'stock_creator_mchid' },
  fields: [
    {
      ...rows.mchid,
      name: 'stock_creator_mchid',
      title: '批次创建方商户号',
      doc: 'The merchant who made the campaign',
    },
    text('stock_id', '批次号', {
      max: 20,
      make: ({ source }) => generate.digits(source, 8),
      doc: 'The campaign',
    }),
    text('coupon_id', '代金券id', {
      max: 20,
      make: ({ source }) => generate.digits(source, 17),
      doc: 'The coupon',
    }),
    fen('singleitem_discount_off.single_price_max', '单品最高优惠价格', {
      required: false,
      example: '100',
      doc: 'Up to which price of single goods it counts, in fen',
    }),
    fen('discount_to.cut_to_price', '减至后优惠单价', {
      required: false,
      example: '100',
      doc: 'What the goods cost with it, in fen',
    }),
    fen('discount_to.max_price', '最高价格', {
      required: false,
      example: '10',
      doc: 'Up to which price it counts, in fen',
    }),
    text('coupon_name', '代金券名称', { max: 60, value: '微信支付代金券', doc: 'Its name' }),
    text('status', '代金券状态', {
      max: 16,
      values: ['SENDED', 'USED', 'EXPIRED'],
      value: 'USED',
      doc: 'How it stands',
    }),
    text('description', '使用说明', { max: 3000, value: '微信支付营销', doc: 'How to use it' }),
    { ...rows.create_time, title: '领券时间', doc: 'When the user got it, in UTC+8' },
    text('coupon_type', '券类型', {
      max: 16,
      values: ['NORMAL', 'CUT_TO'],
      value: 'NORMAL',
      doc: 'NORMAL: an amount off; CUT_TO: goods at a price',
    }),
    boolean('no_cash', '是否无资金流', { value: 'false', doc: 'Whether no money flows for it' }),
    time('available_begin_time', '可用开始时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'From when it counts',
    }),
    time('available_end_time', '可用结束时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'Until when it counts',
    }),
    boolean('singleitem', '是否单品优惠', { value: 'false', doc: 'Whether it is for single goods' }),
    fen('normal_coupon_information.coupon_amount', '面额', {
      required: false,
      when: (get) => get('coupon_type') === 'NORMAL',
      value: '100',
      doc: 'What it is worth, in fen',
    }),
    fen('normal_coupon_information.transaction_minimum', '门槛', {
      required: false,
      when: (get) => get('coupon_type') === 'NORMAL',
      value: '100',
      doc: 'From which amount it counts, in fen',
    }),
    time('consume_information.consume_time', '核销时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it was used, in UTC+8',
    }),
    text('consume_information.consume_mchid', '核销商户号', {
      make: ({ merchant }) => merchant.mch_id,
      doc: 'Where it was used',
    }),
    {
      ...rows.transaction_id,
      name: 'consume_information.transaction_id',
      title: '核销订单号',
      doc: 'The payment that it was used in',
    },
    fen('consume_information.consume_amount', '核销金额', {
      required: false,
      value: '50',
      doc: 'What it took off, in fen',
    }),
    text('consume_information.goods_detail.$n.goods_id', '单品编码', {
      max: 128,
      value: 'a_goods1',
      doc: 'The goods',
    }),
    int('consume_information.goods_detail.$n.quantity', '单品数量', {
      value: '7',
      doc: 'How many were bought',
    }),
    fen('consume_information.goods_detail.$n.price', '单品单价', {
      value: '1',
      doc: 'What one costs, in fen',
    }),
    fen('consume_information.goods_detail.$n.discount_amount', '优惠金额', {
      value: '4',
      doc: 'What is taken off, in fen',
    }),
    text('business_type', '业务类型', {
      required: false,
      values: ['MULTIUSE'],
      example: 'MULTIUSE',
      doc: 'MULTIUSE: it can be used more than once',
    }),
  ],
  rules: [],
  shares: ['stock_id', 'coupon_id'],
  source: 'https://pay.weixin.qq.com/docs/merchant/apis/cash-coupons/check-notice.html',
};
