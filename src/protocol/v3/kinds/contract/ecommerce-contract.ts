import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { int, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 收付通合单代扣签约、解约结果通知: a user signed a contract for combined payments, or ended it. */
export const ecommerceContract: V3Kind = {
  id: 'v3/ecommerce-contract',
  title: '收付通合单代扣签约、解约结果通知',
  summary: 'A user signed a contract for combined payments, or ended it',
  ...envelopeOf({
    original_type: 'entrust',
    events: { 'ECOMMERCE_ENTRUST.SIGN': '签约结果通知', 'ECOMMERCE_ENTRUST.TERMINATE': '签约结果通知' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['out_contract_code', 'plan_id', 'operate_time'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    rows.mchid,
    text('out_contract_code', '商户签约协议号', {
      make: ({ source }) => generate.merchantNumber(source, 'WXNC'),
      doc: 'The merchant’s own number of the contract',
    }),
    int('plan_id', '模板ID', { value: '12535', doc: 'The template of the contract' }),
    rows.appid,
    rows.openid,
    time('contract_expired_time', '协议到期时间', {
      required: false,
      when: (get) => get('envelope.event_type') === 'ECOMMERCE_ENTRUST.SIGN',
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it ends, in UTC+8',
    }),
    text('contract_termination_mode', '协议解约方式', {
      required: false,
      when: (get) => get('envelope.event_type') === 'ECOMMERCE_ENTRUST.TERMINATE',
      values: [
        'USER_TERMINATE',
        'MCH_API_TERMINATE',
        'WEPAY_WEB_TERMINATE',
        'CUSTOM_SERVICE_TERMINATE',
        'SYSTEM_TERMINATE',
      ],
      value: 'MCH_API_TERMINATE',
      doc: 'Who ended it',
    }),
    time('operate_time', '操作时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When, in UTC+8',
    }),
  ],
  rules: [],
  shares: ['out_contract_code'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3_partner/Offline/apis/chapter5_5_7.shtml',
};
