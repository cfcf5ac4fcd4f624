import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 商圈会员积分服务授权结果通知: a user let a mall give points for payments. */
export const mallAuthorization: V3Kind = {
  id: 'v3/mall-authorization',
  title: '商圈会员积分服务授权结果通知',
  summary: 'A user let a mall give points for payments',
  ...envelopeOf({
    original_type: 'mall_auth',
    events: { 'MALL_AUTH.ACTIVATE_CARD': '商圈会员积分服务授权成功' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['code', 'auth_type'],
  owner: { mch_id: 'mchid' },
  fields: [
    rows.openid,
    text('code', '会员卡code', {
      make: ({ source }) => generate.digits(source, 12),
      doc: 'The user’s membership card',
    }),
    { ...rows.mchid, title: '商圈商户号', doc: 'The mall' },
    text('auth_type', '授权类型', {
      max: 64,
      values: ['REGISTERED_MODE', 'REGISTERED_AND_AUTHORIZATION_MODE'],
      value: 'REGISTERED_MODE',
      doc: 'Whether the user was a member before',
    }),
  ],
  rules: [],
  shares: ['openid'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter8_6_6.shtml',
};
