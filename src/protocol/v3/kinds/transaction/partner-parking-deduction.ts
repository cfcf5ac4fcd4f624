import type { V3Kind } from '../../../dialect.ts';
import { parkingEnvelope, parkingRows } from '../../tables/parking-rows.ts';
import * as rows from '../../tables/rows.ts';

/** 停车服务扣费受理通知（服务商）: a stay in a car park was charged, could not be, or was paid back. */
export const partnerParkingDeduction: V3Kind = {
  id: 'v3/partner-parking-deduction',
  title: '停车服务扣费受理通知（服务商）',
  summary: 'A stay in a car park was charged, could not be, or was paid back',
  ...parkingEnvelope,
  marks: ['parking_info.parking_id', 'out_trade_no', 'sp_mchid', 'sub_mchid'],
  owner: { appid: 'appid', mch_id: 'sp_mchid' },
  fields: [rows.appid, rows.sp_mchid, rows.sub_appid, rows.sub_mchid, ...parkingRows],
  rules: [],
  shares: ['out_trade_no', 'transaction_id', 'parking_info.parking_id'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3_partner/apis/chapter8_8_6.shtml',
};
