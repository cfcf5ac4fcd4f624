import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 商户平台处置记录回调通知: a sub-merchant was punished or held up, or may appeal. */
export const violation: V3Kind = {
  id: 'v3/violation',
  title: '商户平台处置记录回调通知',
  summary: 'A sub-merchant was punished or held up, or may appeal',
  ...envelopeOf({
    original_type: 'violation',
    events: {
      'VIOLATION.PUNISH': '商户平台处罚',
      'VIOLATION.INTERCEPT': '商户平台拦截',
      'VIOLATION.APPEAL': '商户平台申诉',
    },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['record_id', 'punish_plan', 'risk_type'],
  owner: {},
  fields: [
    { ...rows.sub_mchid, title: '子商户号' },
    text('company_name', '公司名称', {
      max: 128,
      value: '财付通支付科技有限公司',
      doc: 'The sub-merchant’s name',
    }),
    text('record_id', '通知ID', {
      max: 64,
      make: ({ source }) => `2002${generate.digits(source, 23)}`,
      doc: 'The record',
    }),
    text('punish_plan', '处罚方案', { max: 256, value: '关闭支付权限', doc: 'What is done to it' }),
    time('punish_time', '处罚时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When, in UTC+8',
    }),
    text('punish_description', '处罚方案描述信息', {
      max: 512,
      required: false,
      value: '利用特殊行业违规经营，加重处罚',
      doc: 'Why, in words',
    }),
    text('risk_type', '风险类型', { max: 128, value: 'ONE_YUAN_PURCHASES', doc: 'Which risk, as a code' }),
    text('risk_description', '风险描述', { max: 512, value: '涉嫌一元购', doc: 'Which risk, in words' }),
  ],
  rules: [],
  shares: [],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3_partner/apis/chapter10_3_5.shtml',
};
