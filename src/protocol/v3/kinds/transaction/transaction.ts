import type { V3Kind } from '../../../dialect.ts';
import { envelopeOf } from '../../envelope.ts';
import { promotionDetail } from '../../tables/promotion.ts';
import * as rows from '../../tables/rows.ts';
import { moreThanTotal } from '../../tables/rules.ts';

const SOURCE = 'https://pay.weixin.qq.com/doc/v3/merchant/4012791861';

/** 支付成功回调通知: an order of a merchant was paid. */
export const transaction: V3Kind = {
  id: 'v3/transaction',
  title: '支付成功回调通知',
  summary: 'An order was paid',
  ...envelopeOf({ original_type: 'transaction', events: { 'TRANSACTION.SUCCESS': '支付成功' } }),
  marks: ['appid', 'mchid', 'out_trade_no', 'trade_type'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    rows.mchid,
    rows.appid,
    rows.out_trade_no,
    rows.transaction_id,
    rows.trade_type,
    rows.trade_state,
    rows.trade_state_desc,
    rows.bank_type,
    rows.attach,
    rows.success_time,
    { ...rows.openid, name: 'payer.openid', doc: 'The payer, as the app knows them' },
    ...rows.amount,
    rows.scene_info,
    ...promotionDetail('promotion_detail'),
  ],
  rules: [moreThanTotal('amount.payer_total', 'amount.total', SOURCE)],
  shares: ['out_trade_no', 'transaction_id', 'amount.total', 'amount.payer_total', 'payer.openid'],
  source: SOURCE,
};
