import type { V3Kind } from '../../../dialect.ts';
import { profitSharingEnvelope, profitSharingRows } from '../../tables/profit-sharing-rows.ts';
import * as rows from '../../tables/rows.ts';

/** 分账动账通知（服务商）: money was shared out, or came back, for a service provider. */
export const partnerProfitSharing: V3Kind = {
  id: 'v3/partner-profit-sharing',
  title: '分账动账通知（服务商）',
  summary: 'A receiver got a share of a service provider’s payment, or gave it back',
  ...profitSharingEnvelope,
  marks: ['receiver.account', 'out_order_no', 'sp_mchid'],
  owner: { mch_id: 'sp_mchid' },
  fields: [{ ...rows.sp_mchid, title: '服务商商户号' }, rows.sub_mchid, ...profitSharingRows],
  rules: [],
  shares: ['transaction_id', 'out_order_no'],
  source: 'https://pay.weixin.qq.com/docs/partner/apis/profit-sharing/notice-division.html',
};
