import type { V3Kind } from '../../../dialect.ts';
import { profitSharingEnvelope, profitSharingRows } from '../../tables/profit-sharing-rows.ts';
import * as rows from '../../tables/rows.ts';

/** 分账动账通知: money was shared out, or came back. */
export const profitSharing: V3Kind = {
  id: 'v3/profit-sharing',
  title: '分账动账通知',
  summary: 'A receiver got a share of a payment, or gave it back',
  ...profitSharingEnvelope,
  marks: ['receiver.account', 'out_order_no', 'mchid'],
  owner: { mch_id: 'mchid' },
  fields: [{ ...rows.mchid, title: '直连商户号' }, ...profitSharingRows],
  rules: [],
  shares: ['transaction_id', 'out_order_no'],
  source: 'https://pay.weixin.qq.com/docs/merchant/apis/profit-sharing/notice-division.html',
};
