import type { V3Kind } from '../../../dialect.ts';
import { envelopeOf } from '../../envelope.ts';
import { payscoreLists, payscoreOrder } from '../../tables/payscore.ts';

/** 支付成功回调通知（支付分）: an order of pay score was paid at its end. */
export const payscorePaid: V3Kind = {
  id: 'v3/payscore-paid',
  title: '支付成功回调通知（支付分）',
  summary: 'An order of pay score was paid at its end',
  ...envelopeOf({
    original_type: 'payscore',
    events: { 'PAYSCORE.USER_PAID': '用户支付成功' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['out_order_no', 'service_id', 'service_introduction'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  lists: payscoreLists,
  fields: [...payscoreOrder({ state: 'DONE', partner: false })],
  rules: [],
  shares: ['service_id', 'out_order_no', 'order_id', 'total_amount', 'openid'],
  source: 'https://pay.weixin.qq.com/docs/merchant/apis/weixin-pay-score/payment-notice.html',
};
