/** What the notices of a discount card share that call it `discount_card_id`. */
import type { Field } from '../../dialect.ts';
import * as generate from '../../generate.ts';
import { fen, text, time } from './row.ts';
import * as rows from './rows.ts';

/** The card’s time and name. */
export const cardTermRows: readonly Field[] = [
  time('card_begin_time', '优惠卡开始时间', {
    make: ({ source }) => generate.time(source.now()),
    doc: 'From when it counts',
  }),
  time('card_end_time', '优惠卡结束时间', {
    make: ({ source }) => generate.time(source.now()),
    doc: 'Until when it counts',
  }),
  text('card_name', '优惠卡名称', { max: 64, value: '五一品牌活动', doc: 'Its name' }),
];

/** The card, and what its user promised. */
export const cardPromiseRows: readonly Field[] = [
  text('discount_card_id', '优惠卡id', { make: ({ source }) => generate.nonce(source), doc: 'The card' }),
  fen('estimated_reward_amount', '预估优惠金额', { value: '1000', doc: 'What it may be worth, in fen' }),
  text('objective_description', '用户目标描述', {
    max: 128,
    value: '购买商品3次',
    doc: 'What the user promises',
  }),
];

/** How the card is used, and the order that it belongs to. */
export const cardOrderRows: readonly Field[] = [
  text('offline_instructions', '线下使用说明', {
    max: 256,
    required: false,
    value: '仅限商户门店使用',
    doc: 'How to use it in shops',
  }),
  text('online_instructions', '线上使用说明', {
    max: 256,
    required: false,
    value: '仅限商户APP使用',
    doc: 'How to use it online',
  }),
  rows.openid,
  text('order_id', '微信支付服务订单号', {
    max: 64,
    make: ({ source }) => generate.digits(source, 20),
    doc: 'The platform’s number of the order',
  }),
  text('out_order_no', '商户服务订单号', {
    make: ({ source }) => generate.nonce(source),
    doc: 'The merchant’s own number of the order',
  }),
  text('out_trade_no', '商户交易单号', {
    make: ({ source }) => generate.nonce(source),
    doc: 'The merchant’s own number of the payment',
  }),
];
