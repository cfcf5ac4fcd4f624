import type { V3Kind } from '../../../dialect.ts';
import { envelopeOf } from '../../envelope.ts';
import { int, text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 校园轻松付用户欠款状态变化通知: a user owes a school something, or no more. */
export const schoolDebt: V3Kind = {
  id: 'v3/school-debt',
  title: '校园轻松付用户欠款状态变化通知',
  summary: 'A user owes a school something, or no more',
  ...envelopeOf({
    original_type: 'edu_school_pay',
    events: { 'EDU_SCHOOL_PAY.USER_DEBT_STATE_UPDATE': '用户欠款状态变化' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['debt_count', 'state'],
  owner: { appid: 'appid' },
  fields: [
    rows.appid,
    rows.openid,
    text('state', '用户状态', {
      values: ['NORMAL', 'FORBIDDEN'],
      value: 'FORBIDDEN',
      doc: 'Whether the user can be charged',
    }),
    int('debt_count', '欠费次数', { value: '2', doc: 'How many payments are open' }),
    rows.update_time,
  ],
  rules: [],
  shares: [],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3_partner/Offline/apis/chapter5_3_12.shtml',
};
