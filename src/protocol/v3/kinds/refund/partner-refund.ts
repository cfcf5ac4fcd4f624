import type { V3Kind } from '../../../dialect.ts';
import { refundEnvelope, refundRows } from '../../tables/refund-rows.ts';
import * as rows from '../../tables/rows.ts';
import { moreThanTotal } from '../../tables/rules.ts';

const SOURCE = 'https://pay.weixin.qq.com/wiki/doc/apiv3/wxpay/ecommerce/refunds/chapter3_3.shtml';

/** 退款结果通知（服务商）: the result of a refund that a service provider asked for. */
export const partnerRefund: V3Kind = {
  id: 'v3/partner-refund',
  title: '退款结果通知（服务商）',
  summary: 'A refund of a service provider’s order succeeded, turned out abnormal, or was closed',
  ...refundEnvelope,
  marks: ['sp_mchid', 'sub_mchid', 'out_refund_no', 'refund_status'],
  owner: { mch_id: 'sp_mchid' },
  fields: [rows.sp_mchid, rows.sub_mchid, ...refundRows],
  rules: [
    moreThanTotal('amount.refund', 'amount.total', SOURCE),
    moreThanTotal('amount.payer_refund', 'amount.payer_total', SOURCE),
  ],
  shares: ['out_trade_no', 'transaction_id', 'sub_mchid', 'amount.total', 'amount.payer_total'],
  source: SOURCE,
};
