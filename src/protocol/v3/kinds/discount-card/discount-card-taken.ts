import type { V3Kind } from '../../../dialect.ts';
import { envelopeOf } from '../../envelope.ts';
import { fen, int, text } from '../../tables/row.ts';
import { cardTermRows, cardPromiseRows, cardOrderRows } from '../../tables/payscore-card-rows.ts';
import * as rows from '../../tables/rows.ts';

/** 微信先享卡用户领卡通知: a user took a discount card. */
export const discountCardTaken: V3Kind = {
  id: 'v3/discount-card-taken',
  title: '微信先享卡用户领卡通知',
  summary: 'A user took a discount card (先享卡)',
  ...envelopeOf({
    original_type: 'discount_card',
    events: { 'DISCOUNT_CARD.GET_CARD': '用户领卡' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['discount_card_id', 'card_name'],
  owner: { appid: 'appid' },
  lists: { card_objectives: 1, card_rewards: 1 },
  fields: [
    rows.appid,
    ...cardTermRows,
    int('card_objectives.$n.objective_id', '目标id', { value: '123456', doc: 'The aim; $n counts from 0' }),
    text('card_objectives.$n.name', '目标名称', { max: 64, value: '一周购买三次商品', doc: 'Its name' }),
    int('card_objectives.$n.count', '目标数量', { value: '1', doc: 'How often' }),
    text('card_objectives.$n.unit', '目标单位', { max: 16, value: '个', doc: 'The unit' }),
    text('card_objectives.$n.description', '目标描述', {
      max: 128,
      required: false,
      value: '特价商品',
      doc: 'In words',
    }),
    int('card_rewards.$n.reward_id', '优惠id', { value: '123456', doc: 'The reward; $n counts from 0' }),
    text('card_rewards.$n.name', '优惠名称', { max: 64, value: '八折优惠', doc: 'Its name' }),
    int('card_rewards.$n.count', '优惠数量', { value: '100', doc: 'How often' }),
    text('card_rewards.$n.unit', '优惠单位', { max: 16, value: '个', doc: 'The unit' }),
    fen('card_rewards.$n.amount', '优惠金额', { value: '1', doc: 'What it is worth, in fen' }),
    text('card_rewards.$n.description', '优惠描述', {
      max: 128,
      required: false,
      value: '购买商品',
      doc: 'In words',
    }),
    rows.create_time,
    ...cardPromiseRows,
    ...cardOrderRows,
    text('reward_description', '优惠描述', { max: 128, value: '每次减5元', doc: 'What the user gets' }),
    text('service_id', '服务ID', { value: '500001', doc: 'The service' }),
    text('state', '优惠卡状态', {
      values: ['CREATED', 'SETTLING', 'CHARGING', 'CHARGED', 'NO_CHARGE', 'REVOKED'],
      value: 'CREATED',
      doc: 'How it stands',
    }),
  ],
  rules: [],
  shares: ['discount_card_id', 'out_order_no'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/wxpay/payscore/discount-card/chapter4_1.shtml',
};
