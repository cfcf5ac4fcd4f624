import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { fen, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 先享卡扣费状态变化通知: what a broken promise costs was charged, or is being. */
export const discountCardCharged: V3Kind = {
  id: 'v3/discount-card-charged',
  title: '先享卡扣费状态变化通知',
  summary: 'What a broken promise costs was charged, or is being',
  ...envelopeOf({
    original_type: 'discount_card',
    events: { 'DISCOUNT_CARD.USER_PAID': '扣费状态变化' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['card_id', 'pay_information.pay_state'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
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
    text('state', '先享卡状态', {
      values: ['ONGOING', 'SETTLING', 'FINISHED', 'UNFINISHED'],
      value: 'UNFINISHED',
      source: 'the official sample has ONGOING; the others are inferred',
      doc: 'How it stands',
    }),
    text('unfinished_reason', '未完成约定原因', {
      max: 64,
      required: false,
      value: 'DUE_TO_QUIT',
      doc: 'Why the promise was not kept',
    }),
    fen('total_amount', '扣费金额', { value: '100', doc: 'What is charged, in fen' }),
    { ...rows.transaction_id, name: 'pay_information.transaction_id' },
    text('pay_information.pay_state', '付款状态', {
      values: ['PAYING', 'PAID'],
      value: 'PAID',
      source: 'the official sample has PAYING; PAID is inferred',
      doc: 'How the payment stands',
    }),
    fen('pay_information.pay_amount', '付款金额', {
      make: ({ get }) => get('total_amount'),
      doc: 'What was paid, in fen',
    }),
    time('pay_information.pay_time', '付款时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When, in UTC+8',
    }),
  ],
  rules: [],
  shares: ['card_id', 'out_card_code'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter6_3_6.shtml',
};
