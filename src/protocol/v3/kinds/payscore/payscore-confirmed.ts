import type { V3Kind } from '../../../dialect.ts';
import { envelopeOf } from '../../envelope.ts';
import { payscoreLists, payscoreOrder } from '../../tables/payscore.ts';

/** 确认订单回调通知: a user agreed to an order of pay score. */
export const payscoreConfirmed: V3Kind = {
  id: 'v3/payscore-confirmed',
  title: '确认订单回调通知',
  summary: 'A user agreed to an order of pay score, which begins with that',
  ...envelopeOf({
    original_type: 'payscore',
    events: { 'PAYSCORE.USER_CONFIRM': '用户确认成功' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['out_order_no', 'service_id', 'service_introduction'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  lists: payscoreLists,
  fields: [...payscoreOrder({ state: 'DOING', partner: false })],
  rules: [],
  shares: ['service_id', 'out_order_no', 'order_id', 'total_amount', 'openid'],
  source: 'https://pay.weixin.qq.com/docs/merchant/apis/weixin-pay-score/confirm-order-notice.html',
};
