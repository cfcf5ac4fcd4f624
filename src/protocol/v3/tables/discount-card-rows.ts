/** What the notices of a discount card share that call it `card_id`. */
import type { Field } from '../../dialect.ts';
import * as generate from '../../generate.ts';
import { fen, int, text, time } from './row.ts';
import * as rows from './rows.ts';

/** The card, whose it is, and its time. */
export const cardRows: readonly Field[] = [
  text('card_id', '先享卡ID', { make: ({ source }) => generate.nonce(source), doc: 'The card' }),
  text('card_template_id', '先享卡模板ID', {
    make: ({ source }) => generate.nonce(source),
    doc: 'Its template',
  }),
  rows.openid,
  text('out_card_code', '商户领卡号', {
    make: ({ source }) => generate.nonce(source),
    doc: 'The merchant’s own number of it',
  }),
  rows.appid,
  rows.mchid,
  time('time_range.begin_time', '约定开始时间', {
    make: ({ source }) => generate.time(source.now()),
    doc: 'From when it counts',
  }),
  time('time_range.end_time', '约定结束时间', {
    make: ({ source }) => generate.time(source.now()),
    doc: 'Until when it counts',
  }),
];

/** An aim, as it was agreed. */
export const objectiveRows: readonly Field[] = [
  text('objectives.$n.objective_id', '目标id', {
    value: '123456',
    doc: 'The aim; text here; $n counts from 0',
  }),
  text('objectives.$n.name', '目标名称', { max: 64, value: '一周购买三次商品', doc: 'Its name' }),
  int('objectives.$n.count', '目标数量', { value: '1', doc: 'How often' }),
  text('objectives.$n.unit', '目标单位', { max: 16, value: '次', doc: 'The unit' }),
  text('objectives.$n.description', '目标描述', {
    max: 128,
    required: false,
    value: '特价商品',
    doc: 'In words',
  }),
];

/** A reward, as it was agreed. */
export const rewardRows: readonly Field[] = [
  text('rewards.$n.reward_id', '优惠id', {
    value: '123456',
    doc: 'The reward; text here; $n counts from 0',
  }),
  text('rewards.$n.name', '优惠名称', { max: 64, value: '八折优惠', doc: 'Its name' }),
  text('rewards.$n.count_type', '优惠数量类型', {
    values: ['COUNT_LIMIT', 'COUNT_UNLIMITED'],
    value: 'COUNT_LIMIT',
    doc: 'Whether it is limited',
  }),
  int('rewards.$n.count', '优惠数量', { value: '1', doc: 'How often' }),
  text('rewards.$n.unit', '优惠单位', { max: 16, value: '个', doc: 'The unit' }),
  fen('rewards.$n.amount', '优惠金额', { value: '100', doc: 'What it is worth, in fen' }),
  text('rewards.$n.description', '优惠描述', {
    max: 128,
    required: false,
    value: '特价商品优惠',
    doc: 'In words',
  }),
];
