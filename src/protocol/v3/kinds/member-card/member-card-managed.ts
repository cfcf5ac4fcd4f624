import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 用户管理会员卡事件通知: a user looked at a membership card, changed it, or threw it away. */
export const memberCardManaged: V3Kind = {
  id: 'v3/member-card-managed',
  title: '用户管理会员卡事件通知',
  summary: 'A user looked at a membership card, changed it, or threw it away',
  ...envelopeOf({
    original_type: 'membercard',
    events: { 'MEMBERCARD.USERCARD_MANAGE': '用户管理会员卡' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['card_id', 'code', 'event_type'],
  owner: {},
  fields: [
    text('event_type', '业务细分事件类型', {
      max: 64,
      values: ['USER_VIEW_MEMBERCARD', 'USER_DELETE_MEMBERCARD', 'USER_MODIFY_INFORMATION'],
      value: 'USER_DELETE_MEMBERCARD',
      doc: 'What the user did',
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
  ],
  rules: [],
  shares: ['card_id', 'code', 'openid'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/Offline/apis/chapter5_9_32.shtml',
};
