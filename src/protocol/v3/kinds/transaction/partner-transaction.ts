import type { V3Kind } from '../../../dialect.ts';
import { envelopeOf } from '../../envelope.ts';
import { promotionDetail } from '../../tables/promotion.ts';
import * as rows from '../../tables/rows.ts';
import { moreThanTotal } from '../../tables/rules.ts';

const SOURCE = 'https://pay.weixin.qq.com/doc/v3/partner/4012085801';

/** 支付成功回调通知（服务商）: an order that a service provider placed for a merchant was paid. */
export const partnerTransaction: V3Kind = {
  id: 'v3/partner-transaction',
  title: '支付成功回调通知（服务商）',
  summary: 'An order that a service provider placed for a sub-merchant was paid',
  ...envelopeOf({ original_type: 'transaction', events: { 'TRANSACTION.SUCCESS': '支付成功' } }),
  marks: ['sp_appid', 'sp_mchid', 'sub_mchid', 'out_trade_no', 'trade_type'],
  owner: { appid: 'sp_appid', mch_id: 'sp_mchid' },
  fields: [
    rows.sp_mchid,
    rows.sub_mchid,
    rows.sp_appid,
    rows.sub_appid,
    rows.out_trade_no,
    rows.transaction_id,
    rows.trade_type,
    rows.trade_state,
    rows.trade_state_desc,
    rows.bank_type,
    rows.attach,
    rows.success_time,
    {
      ...rows.openid,
      name: 'payer.sp_openid',
      title: '用户服务标识',
      doc: 'The payer, as the service provider’s app knows them',
    },
    {
      ...rows.openid,
      name: 'payer.sub_openid',
      title: '用户子标识',
      required: false,
      when: (get) => get('sub_appid') !== undefined,
      doc: 'The payer, as the sub-merchant’s app knows them; comes with sub_appid',
    },
    ...rows.amount,
    rows.scene_info,
    ...promotionDetail('promotion_detail'),
  ],
  rules: [moreThanTotal('amount.payer_total', 'amount.total', SOURCE)],
  shares: [
    ...['out_trade_no', 'transaction_id', 'sub_mchid', 'sub_appid'],
    ...['amount.total', 'amount.payer_total', 'payer.sp_openid'],
  ],
  source: SOURCE,
};
