import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { fen, int, text, time } from '../../tables/row.ts';
import { cardRows, objectiveRows, rewardRows } from '../../tables/discount-card-rows.ts';
import * as rows from '../../tables/rows.ts';

/** 先享卡守约状态变化通知: a discount card came to its end. */
export const discountCardEnded: V3Kind = {
  id: 'v3/discount-card-ended',
  title: '先享卡守约状态变化通知',
  summary: 'A discount card came to its end: the promise was kept, or not',
  ...envelopeOf({
    original_type: 'discount_card',
    events: { 'DISCOUNT_CARD.AGREEMENT_ENDED': '守约状态变化' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['card_id', 'total_amount', 'objectives.0.objective_id'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  lists: {
    objectives: 1,
    rewards: 1,
    'objectives.$n.objective_completion_records': 1,
    'rewards.$n.reward_usage_records': 1,
  },
  fields: [
    ...cardRows,
    text('state', '先享卡状态', {
      values: ['ONGOING', 'SETTLING', 'FINISHED', 'UNFINISHED'],
      value: 'FINISHED',
      source: 'the official sample has ONGOING; the others are inferred',
      doc: 'How it stands',
    }),
    rows.create_time,
    ...objectiveRows,
    text('objectives.$n.objective_completion_records.$n.objective_completion_serial_no', '目标完成流水号', {
      make: ({ source }) => generate.digits(source, 9),
      doc: 'The entry',
    }),
    text('objectives.$n.objective_completion_records.$n.objective_id', '目标id', {
      value: '123456',
      doc: 'The aim',
    }),
    time('objectives.$n.objective_completion_records.$n.completion_time', '目标完成时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When, in UTC+8',
    }),
    text('objectives.$n.objective_completion_records.$n.completion_type', '目标完成类型', {
      values: ['INCREASE', 'DECREASE'],
      value: 'INCREASE',
      doc: 'More, or less',
    }),
    int('objectives.$n.objective_completion_records.$n.completion_count', '目标完成数量', {
      value: '1',
      doc: 'How often',
    }),
    text('objectives.$n.objective_completion_records.$n.description', '目标完成描述', {
      max: 128,
      required: false,
      value: '购买商品',
      doc: 'In words',
    }),
    text('objectives.$n.objective_completion_records.$n.remark', '备注', {
      max: 128,
      required: false,
      value: '特价商品',
      doc: 'More about it',
    }),
    ...rewardRows,
    text('rewards.$n.reward_usage_records.$n.reward_usage_serial_no', '优惠使用流水号', {
      make: ({ source }) => generate.digits(source, 6),
      doc: 'The entry',
    }),
    text('rewards.$n.reward_usage_records.$n.reward_id', '优惠id', { value: '123456', doc: 'The reward' }),
    time('rewards.$n.reward_usage_records.$n.usage_time', '优惠使用时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When, in UTC+8',
    }),
    text('rewards.$n.reward_usage_records.$n.usage_type', '优惠使用类型', {
      values: ['INCREASE', 'DECREASE'],
      value: 'INCREASE',
      doc: 'More, or less',
    }),
    int('rewards.$n.reward_usage_records.$n.usage_count', '优惠使用数量', { value: '1', doc: 'How often' }),
    fen('rewards.$n.reward_usage_records.$n.amount', '优惠金额', {
      value: '1',
      doc: 'What it was worth, in fen',
    }),
    text('rewards.$n.reward_usage_records.$n.description', '优惠使用描述', {
      max: 128,
      required: false,
      value: '购买商品',
      doc: 'In words',
    }),
    text('rewards.$n.reward_usage_records.$n.remark', '备注', {
      max: 128,
      required: false,
      value: '特价商品',
      doc: 'More about it',
    }),
    fen('total_amount', '扣费金额', { value: '1000', doc: 'What is charged, in fen' }),
    text('unfinished_reason', '未完成约定原因', {
      max: 64,
      required: false,
      when: (get) => get('state') === 'UNFINISHED',
      value: 'DUE_TO_QUIT',
      doc: 'Why the promise was not kept',
    }),
  ],
  rules: [],
  shares: ['card_id', 'out_card_code', 'openid'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter6_3_5.shtml',
};
