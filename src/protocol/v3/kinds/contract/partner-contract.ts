import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { int, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

const STATES = { SIGNED: 'ENTRUST.SIGN', TERMINATED: 'ENTRUST.TERMINATE' };

/** 委托代扣签约、解约结果通知（服务商）: a user signed a contract for a sub-merchant’s deductions, or ended it. */
export const partnerContract: V3Kind = {
  id: 'v3/partner-contract',
  title: '委托代扣签约、解约结果通知（服务商）',
  summary: 'A user signed a contract for a sub-merchant’s deductions, or ended it',
  ...envelopeOf({
    original_type: 'entrust',
    events: { 'ENTRUST.SIGN': '签约结果通知', 'ENTRUST.TERMINATE': '解约结果通知' },
    event: eventFor('contract_state', STATES),
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['contract_id', 'contract_state', 'contract_display_account', 'sp_mchid'],
  owner: { appid: 'sp_appid', mch_id: 'sp_mchid' },
  fields: [
    text('contract_display_account', '签约用户显示名', {
      max: 32,
      value: '微信代扣用户A',
      doc: 'The user’s name in the contract',
    }),
    time('contract_expired_time', '协议到期时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it ends, in UTC+8',
    }),
    text('contract_id', '委托代扣协议ID', {
      make: ({ source }) => generate.digits(source, 18),
      doc: 'The platform’s number of the contract',
    }),
    time('contract_signed_time', '协议签署时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it was signed, in UTC+8',
    }),
    text('contract_state', '协议状态', {
      values: ['SIGNED', 'TERMINATED'],
      make: stateFor(STATES),
      doc: 'SIGNED or TERMINATED. Goes with the event type',
    }),
    text('out_contract_code', '商户签约协议号', {
      make: ({ source }) => generate.merchantNumber(source, 'WXNC'),
      doc: 'The merchant’s own number of the contract',
    }),
    text('out_user_code', '商户侧用户标识', { value: '用户A', doc: 'The user, as the merchant names them' }),
    int('plan_id', '模板ID', { value: '12535', doc: 'The template of the contract' }),
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
