import type { V3Kind } from '../../../dialect.ts';
import { envelopeOf } from '../../envelope.ts';
import { payscoreLists, payscoreOrder } from '../../tables/payscore.ts';

/** 用户确认成功通知（服务商）: a user agreed to a sub-merchant’s order of pay score. */
export const partnerPayscoreConfirmed: V3Kind = {
  id: 'v3/partner-payscore-confirmed',
  title: '用户确认成功通知（服务商）',
  summary: 'A user agreed to a sub-merchant’s order of pay score',
  ...envelopeOf({
    original_type: 'payscore',
    events: { 'PAYSCORE.USER_CONFIRM': '用户确认成功' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['out_order_no', 'service_id', 'service_introduction', 'sub_mchid'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  lists: payscoreLists,
  fields: [...payscoreOrder({ state: 'DOING', partner: true })],
  rules: [],
  shares: ['service_id', 'out_order_no', 'order_id', 'total_amount', 'sub_openid'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3_partner/Offline/apis/chapter6_2_9.shtml',
};
