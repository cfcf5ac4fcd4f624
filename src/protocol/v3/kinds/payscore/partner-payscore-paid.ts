import type { V3Kind } from '../../../dialect.ts';
import { envelopeOf } from '../../envelope.ts';
import { payscoreLists, payscoreOrder } from '../../tables/payscore.ts';

/** 用户支付成功通知（服务商）: a sub-merchant’s order of pay score was paid at its end. */
export const partnerPayscorePaid: V3Kind = {
  id: 'v3/partner-payscore-paid',
  title: '用户支付成功通知（服务商）',
  summary: 'A sub-merchant’s order of pay score was paid at its end',
  ...envelopeOf({
    original_type: 'payscore',
    events: { 'PAYSCORE.USER_PAID': '用户支付成功' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['out_order_no', 'service_id', 'service_introduction', 'sub_mchid'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  lists: payscoreLists,
  fields: [...payscoreOrder({ state: 'DONE', partner: true })],
  rules: [],
  shares: ['service_id', 'out_order_no', 'order_id', 'total_amount', 'sub_openid'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3_partner/Offline/apis/chapter6_2_9.shtml',
};
