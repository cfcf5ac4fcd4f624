import type { V3Kind } from '../../../dialect.ts';
import { text } from '../../tables/row.ts';
import { contractEnvelope, contractRows, ownContractRows } from '../../tables/contract-rows.ts';
import * as rows from '../../tables/rows.ts';

/** 委托代扣签约、解约结果通知（服务商）: a user signed a contract for a sub-merchant’s deductions, or ended it. */
export const partnerContract: V3Kind = {
  id: 'v3/partner-contract',
  title: '委托代扣签约、解约结果通知（服务商）',
  summary: 'A user signed a contract for a sub-merchant’s deductions, or ended it',
  ...contractEnvelope,
  marks: ['contract_id', 'contract_state', 'contract_display_account', 'sp_mchid'],
  owner: { appid: 'sp_appid', mch_id: 'sp_mchid' },
  fields: [
    ...contractRows,
    ...ownContractRows,
    rows.sp_appid,
    rows.sp_mchid,
    {
      ...rows.openid,
      name: 'sp_openid',
      title: '服务商用户标识',
      doc: 'The user, as the service provider’s app knows them',
    },
    rows.sub_appid,
    rows.sub_mchid,
    text('sub_openid', '子商户用户标识', {
      max: 128,
      required: false,
      example: 'o-MYE42l80oelYMDE34nYD456Xoy',
      doc: 'The user, as the sub-merchant’s app knows them',
    }),
  ],
  rules: [],
  shares: ['contract_id', 'out_contract_code'],
  source: 'https://pay.weixin.qq.com/docs/partner/apis/entrusted-payment/contract-alter-notify.html',
};
