import type { V3Kind } from '../../../dialect.ts';
import { envelopeOf } from '../../envelope.ts';
import { payscoreLists, payscoreOrder } from '../../tables/payscore.ts';

/** 支付分服务确认订单通知: a user accepted an order of pay score without a permission. */
export const payscoreAccepted: V3Kind = {
  id: 'v3/payscore-accepted',
  title: '支付分服务确认订单通知',
  summary: 'A user accepted an order of pay score without a permission',
  ...envelopeOf({
    original_type: 'payscore',
    events: { 'PAYSCORE.USER_ACCEPTED': '用户确认订单成功' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['out_order_no', 'service_id', 'service_introduction'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  lists: payscoreLists,
  fields: [...payscoreOrder({ state: 'DOING', partner: false })],
  rules: [],
  shares: ['service_id', 'out_order_no', 'order_id', 'total_amount', 'openid'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/payscore.php?chapter=14_8&index=8',
};
