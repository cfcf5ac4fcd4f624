import type { V3Kind } from '../../../dialect.ts';
import { envelopeOf } from '../../envelope.ts';
import { text } from '../../tables/row.ts';
import { cardRows, objectiveRows, rewardRows } from '../../tables/discount-card-rows.ts';
import * as rows from '../../tables/rows.ts';

/** 先享卡用户领卡通知: a user accepted a discount card. */
export const discountCardAccepted: V3Kind = {
  id: 'v3/discount-card-accepted',
  title: '先享卡用户领卡通知',
  summary: 'A user accepted a discount card',
  ...envelopeOf({
    original_type: 'discount_card',
    events: { 'DISCOUNT_CARD.USER_ACCEPTED': '用户领卡' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['card_id', 'card_template_id', 'objectives.0.objective_id'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  lists: { objectives: 1, rewards: 1 },
  fields: [
    ...cardRows,
    text('state', '先享卡状态', {
      values: ['ONGOING', 'SETTLING', 'FINISHED', 'UNFINISHED'],
      value: 'ONGOING',
      source: 'the official sample has ONGOING; the others are inferred',
      doc: 'How it stands',
    }),
    rows.create_time,
    ...objectiveRows,
    ...rewardRows,
    text('sharer_openid', '邀请者用户标识', {
      max: 128,
      required: false,
      example: 'oUpF8uMuAJ2pxb1Q9zNjWUHsd',
      doc: 'Who invited the user',
    }),
  ],
  rules: [],
  shares: ['card_id', 'out_card_code', 'openid'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter6_3_4.shtml',
};
