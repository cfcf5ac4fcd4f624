import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 用户发票抬头填写完成通知: a user said whom an invoice is for. */
export const fapiaoTitle: V3Kind = {
  id: 'v3/fapiao-title',
  title: '用户发票抬头填写完成通知',
  summary: 'A user said whom an invoice is for',
  ...envelopeOf({
    original_type: 'fapiao',
    events: { 'FAPIAO.USER_APPLIED': '用户发票抬头填写完成' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['fapiao_apply_id', 'apply_time'],
  owner: { mch_id: 'mchid' },
  fields: [
    rows.mchid,
    text('sub_mchid', '子商户号', { required: false, example: '1900000110', doc: 'The sub-merchant' }),
    text('fapiao_apply_id', '发票申请单号', {
      max: 64,
      make: ({ source }) => generate.transactionId(source),
      doc: 'The application: often the number of the payment',
    }),
    time('apply_time', '申请时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When, in UTC+8',
    }),
  ],
  rules: [],
  shares: ['fapiao_apply_id'],
  source:
    'https://pay.weixin.qq.com/docs/merchant/apis/fapiao/fapiao-card-template/user-invoice-rise-write-notice.html',
};
