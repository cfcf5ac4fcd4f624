import type { V3Kind } from '../../../dialect.ts';
import { parkingEnvelope, parkingRows } from '../../tables/parking-rows.ts';
import * as rows from '../../tables/rows.ts';

/** 停车服务扣费受理通知: a stay in a car park was charged, could not be, or was paid back. */
export const parkingDeduction: V3Kind = {
  id: 'v3/parking-deduction',
  title: '停车服务扣费受理通知',
  summary: 'A stay in a car park was charged, could not be, or was paid back',
  ...parkingEnvelope,
  marks: ['parking_info.parking_id', 'out_trade_no', 'mchid'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [rows.appid, rows.mchid, ...parkingRows],
  rules: [],
  shares: ['out_trade_no', 'transaction_id', 'parking_info.parking_id'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter8_8_6.shtml',
};
