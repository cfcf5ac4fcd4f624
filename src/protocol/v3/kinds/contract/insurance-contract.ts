import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { int, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

const STATES = { SIGNED: 'INSURANCE_ENTRUST.SIGN', TERMINATED: 'INSURANCE_ENTRUST.TERMINATE' };

/** 保险委托代扣签约、续期、解约通知: a user signed a contract for premiums, renewed it, or ended it. */
export const insuranceContract: V3Kind = {
  id: 'v3/insurance-contract',
  title: '保险委托代扣签约、续期、解约通知',
  summary: 'A user signed a contract for premiums, renewed it, or ended it',
  ...envelopeOf({
    original_type: 'insurance_entrust',
    events: {
      'INSURANCE_ENTRUST.SIGN': '保险委托代扣签约通知',
      'INSURANCE_ENTRUST.RENEW': '保险委托代扣续期完成通知',
      'INSURANCE_ENTRUST.TERMINATE': '保险委托代扣解约通知',
    },
    event: eventFor('contract_state', STATES),
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['contract_id', 'insured_display_name'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    rows.appid,
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
      values: ['SIGNED', 'TERMINATED', 'TO_BE_RENEWED'],
      make: stateFor(STATES),
      doc: 'How it stands',
    }),
    text('insured_display_name', '被保人姓名', { value: '*明', doc: 'Who is insured, masked' }),
    rows.mchid,
    rows.openid,
    text('contract_terminate_info.contract_termination_mode', '协议解约方式', {
      required: false,
      when: (get) => get('contract_state') === 'TERMINATED',
      values: [
        'USER_TERMINATE',
        'MCH_API_TERMINATE',
        'WEPAY_WEB_TERMINATE',
        'CUSTOMER_SERVICE_TERMINATE',
        'SYSTEM_TERMINATE',
      ],
      value: 'USER_TERMINATE',
      doc: 'Who ended it',
    }),
    time('contract_terminate_info.contract_terminated_time', '协议解约时间', {
      required: false,
      when: (get) => get('contract_state') === 'TERMINATED',
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it was ended, in UTC+8',
    }),
    text('contract_terminate_info.contract_termination_remark', '协议解约备注', {
      max: 256,
      required: false,
      when: (get) => get('contract_state') === 'TERMINATED',
      value: '签约信息有误，须重新签约。',
      doc: 'Why',
    }),
    text('out_contract_code', '商户签约协议号', {
      make: ({ source }) => generate.merchantNumber(source, 'WXNC'),
      doc: 'The merchant’s own number of the contract',
    }),
    text('out_user_code', '商户侧用户标识', { value: '用户A', doc: 'The user, as the merchant names them' }),
    int('plan_id', '模板ID', { value: '12535', doc: 'The template of the contract' }),
  ],
  rules: [],
  shares: ['contract_id', 'out_contract_code', 'openid'],
  source:
    'https://pay.weixin.qq.com/docs/merchant/apis/insurance-entrusted-payment/contract-alter-notify.html',
};
