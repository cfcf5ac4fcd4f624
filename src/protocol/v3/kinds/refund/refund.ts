import type { V3Kind } from '../../../dialect.ts';
import { refundEnvelope, refundRows } from '../../tables/refund-rows.ts';
import * as rows from '../../tables/rows.ts';
import { moreThanTotal } from '../../tables/rules.ts';

const SOURCE = 'https://pay.weixin.qq.com/doc/v3/merchant/4012791865';

/** 退款结果回调通知: the result of a refund. */
export const refund: V3Kind = {
  id: 'v3/refund',
  title: '退款结果回调通知',
  summary: 'A refund succeeded, turned out abnormal, or was closed',
  ...refundEnvelope,
  marks: ['mchid', 'out_refund_no', 'refund_status'],
  owner: { mch_id: 'mchid' },
  fields: [rows.mchid, ...refundRows],
  rules: [
    moreThanTotal('amount.refund', 'amount.total', SOURCE),
    moreThanTotal('amount.payer_refund', 'amount.payer_total', SOURCE),
  ],
  shares: ['out_trade_no', 'transaction_id', 'amount.total', 'amount.payer_total'],
  source: SOURCE,
};
