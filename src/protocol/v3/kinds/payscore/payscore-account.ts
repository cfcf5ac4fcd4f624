import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 服务账户绑定结果通知: a sub-merchant’s account was bound to a service of pay score, or not. */
export const payscoreAccount: V3Kind = {
  id: 'v3/payscore-account',
  title: '服务账户绑定结果通知',
  summary: 'A sub-merchant’s account was bound to a service of pay score, or not',
  ...envelopeOf({
    original_type: 'payscore',
    events: { 'PAYSCORE.BIND_SERVICE_ACCOUNT': '服务账户绑定结果' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['out_apply_no', 'apply_state'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    text('service_id', '服务ID', {
      make: ({ source }) => `1${generate.digits(source, 9)}`,
      doc: 'The service',
    }),
    rows.appid,
    rows.mchid,
    rows.sub_appid,
    rows.sub_mchid,
    text('out_apply_no', '商户申请绑定单号', {
      max: 64,
      make: ({ source }) => generate.merchantNumber(source, 'WXNA'),
      doc: 'The merchant’s own number of the application',
    }),
    text('apply_state', '申请单状态', {
      values: ['PROCESSING', 'APPROVED', 'REJECTED'],
      value: 'APPROVED',
      doc: 'PROCESSING, APPROVED or REJECTED',
    }),
    text('reject_reason', '驳回原因', {
      max: 256,
      required: false,
      when: (get) => get('apply_state') === 'REJECTED',
      value: '账户异常，无法绑定',
      doc: 'Why not; with REJECTED alone',
    }),
  ],
  rules: [],
  shares: [],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3_partner/Offline/apis/chapter6_2_15.shtml',
};
