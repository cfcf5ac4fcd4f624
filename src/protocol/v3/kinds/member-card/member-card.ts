import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 会员卡领卡、激活事件通知: a user took a membership card, or activated it. */
export const memberCard: V3Kind = {
  id: 'v3/member-card',
  title: '会员卡领卡、激活事件通知',
  summary: 'A user took a membership card, or activated it',
  ...envelopeOf({
    original_type: 'membercard',
    events: { 'MEMBERCARD.ACCEPT_CARD': '会员卡领卡', 'MEMBERCARD.ACTIVATE_CARD': '会员卡激活' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['card_id', 'code', 'event_type'],
  owner: {},
  fields: [
    text('event_type', '业务细分事件类型', {
      max: 64,
      values: ['MEMBER_CARD_ACTIVATE'],
      value: 'MEMBER_CARD_ACTIVATE',
      doc: 'What happened, in more detail; the official samples have this value in both',
    }),
    text('activate_scene', '激活场景', {
      required: false,
      values: ['NEW_ACTIVATE', 'RECOVER'],
      example: 'NEW_ACTIVATE',
      doc: 'Whether the card is new or was taken back',
    }),
    time('event_time', '事件时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When, in UTC+8',
    }),
    rows.openid,
    text('unionid', '用户统一标识', {
      max: 128,
      required: false,
      make: ({ source }) => generate.openid(source),
      doc: 'The user, across apps',
    }),
    text('card_id', '会员卡模板ID', {
      make: ({ source }) => `p${generate.alphanumeric(source, 27)}`,
      doc: 'The template of the card',
    }),
    text('code', '会员卡code', { make: ({ source }) => generate.digits(source, 12), doc: 'The card' }),
    text('outer_str', '领取场景值', {
      required: false,
      value: 'sz_store_001',
      doc: 'Where the user took it',
    }),
  ],
  rules: [],
  shares: ['card_id', 'code', 'openid'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/Offline/apis/chapter5_9_32.shtml',
};
