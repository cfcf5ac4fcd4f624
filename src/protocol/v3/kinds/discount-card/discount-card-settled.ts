import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { fen, int, text, time } from '../../tables/row.ts';
import { cardTermRows, cardPromiseRows, cardOrderRows } from '../../tables/payscore-card-rows.ts';
import * as rows from '../../tables/rows.ts';

/** 微信先享卡用户结算通知: a discount card was settled. */
export const discountCardSettled: V3Kind = {
  id: 'v3/discount-card-settled',
  title: '微信先享卡用户结算通知',
  summary: 'A discount card was settled',
  ...envelopeOf({
    original_type: 'discount_card',
    events: { 'DISCOUNT_CARD.SETTLEMENT': '用户结算' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['discount_card_id', 'settlement_amount'],
  owner: { appid: 'appid' },
  lists: { objectives: 1, rewards: 1 },
  fields: [
    rows.appid,
    ...cardTermRows,
    rows.create_time,
    fen('deduction_amount', '扣款金额', { value: '1000', doc: 'What is charged, in fen' }),
    ...cardPromiseRows,
    int('objectives.$n.objective_id', '目标id', { value: '123456', doc: 'The aim; $n counts from 0' }),
    text('objectives.$n.name', '目标名称', { max: 64, value: '一周购买三次商品', doc: 'Its name' }),
    int('objectives.$n.count', '目标数量', { value: '1', doc: 'How often' }),
    text('objectives.$n.unit', '目标单位', { max: 16, value: '个', doc: 'The unit' }),
    text('objectives.$n.objective_serial_no', '目标完成流水号', {
      make: ({ source }) => generate.digits(source, 9),
      doc: 'The entry',
    }),
    text('objectives.$n.performance_description', '履约描述', {
      max: 128,
      required: false,
      value: '购买商品',
      doc: 'What was done',
    }),
    time('objectives.$n.performance_time', '履约时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When, in UTC+8',
    }),
    text('objectives.$n.performance_type', '履约类型', {
      values: ['INCREASE', 'DECREASE'],
      value: 'INCREASE',
      doc: 'More, or less',
    }),
    text('objectives.$n.remark', '备注', {
      max: 128,
      required: false,
      value: '特价商品',
      doc: 'More about it',
    }),
    ...cardOrderRows,
    time('pay_time', '支付时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it was paid, in UTC+8',
    }),
    text('reward_description', '优惠描述', { max: 128, value: '每次减5元', doc: 'What the user gets' }),
    int('rewards.$n.reward_id', '优惠id', { value: '123456', doc: 'The reward; $n counts from 0' }),
    text('rewards.$n.name', '优惠名称', { max: 64, value: '八折优惠', doc: 'Its name' }),
    int('rewards.$n.count', '优惠数量', { value: '100', doc: 'How often' }),
    text('rewards.$n.unit', '优惠单位', { max: 16, value: '个', doc: 'The unit' }),
    fen('rewards.$n.amount', '优惠金额', { value: '1', doc: 'What it is worth, in fen' }),
    text('rewards.$n.description', '优惠描述', {
      max: 128,
      required: false,
      value: '购买商品',
      doc: 'In words',
    }),
    text('rewards.$n.remark', '备注', { max: 128, required: false, value: '特价商品', doc: 'More about it' }),
    text('rewards.$n.reward_serial_no', '优惠使用流水号', {
      make: ({ source }) => generate.digits(source, 6),
      doc: 'The entry',
    }),
    time('rewards.$n.reward_time', '优惠使用时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When, in UTC+8',
    }),
    text('rewards.$n.reward_type', '优惠类型', {
      values: ['INCREASE', 'DECREASE'],
      value: 'INCREASE',
      doc: 'More, or less',
    }),
    text('service_id', '服务ID', { value: '500001', doc: 'The service' }),
    fen('settlement_amount', '结算金额', { value: '1000', doc: 'What is settled, in fen' }),
    text('state', '优惠卡状态', {
      values: ['CREATED', 'SETTLING', 'CHARGING', 'CHARGED', 'NO_CHARGE', 'REVOKED'],
      value: 'CHARGED',
      doc: 'How it stands',
    }),
    fen('total_amount', '总金额', { value: '1000', doc: 'What all of it is, in fen' }),
    rows.transaction_id,
  ],
  rules: [],
  shares: ['discount_card_id', 'out_order_no', 'transaction_id'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/wxpay/payscore/discount-card/chapter4_2.shtml',
};
