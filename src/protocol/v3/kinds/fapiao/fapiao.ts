import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 电子发票通知: an electronic invoice was issued or reversed, or its card was put away or thrown out. */
export const fapiao: V3Kind = {
  id: 'v3/fapiao',
  title: '电子发票通知',
  summary:
    'An electronic invoice was issued or reversed, or put into a user’s card holder or thrown out of it',
  ...envelopeOf({
    original_type: 'fapiao',
    events: {
      'FAPIAO.ISSUED': '发票开具成功',
      'FAPIAO.REVERSED': '发票冲红成功',
      'FAPIAO.CARD_INSERTED': '发票插入用户卡包成功',
      'FAPIAO.CARD_DISCARDED': '发票卡券作废',
    },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['fapiao_apply_id', 'fapiao_information.0.fapiao_id'],
  owner: { mch_id: 'mchid' },
  lists: { fapiao_information: 1 },
  fields: [
    rows.mchid,
    text('sub_mchid', '子商户号', { required: false, example: '1900000110', doc: 'The sub-merchant' }),
    text('fapiao_apply_id', '发票申请单号', {
      max: 64,
      make: ({ source }) => generate.transactionId(source),
      doc: 'The application: often the number of the payment',
    }),
    text('fapiao_information.$n.fapiao_id', '商户发票单号', {
      make: ({ source }) => generate.merchantNumber(source, 'WXNF'),
      doc: 'The merchant’s own number of the invoice; $n counts from 0',
    }),
    text('fapiao_information.$n.fapiao_status', '发票状态', {
      values: ['ISSUED', 'REVERSED', 'ISSUING', 'REVERSING', 'ISSUE_ACCEPTED'],
      make: ({ get }) => (get('envelope.event_type') === 'FAPIAO.REVERSED' ? 'REVERSED' : 'ISSUED'),
      doc: 'How it stands',
    }),
    text('fapiao_information.$n.card_status', '卡券状态', {
      required: false,
      values: ['INSERT_ACCEPTED', 'INSERTED', 'DISCARD_ACCEPTED', 'DISCARDED'],
      make: ({ get }) => (get('envelope.event_type') === 'FAPIAO.CARD_DISCARDED' ? 'DISCARDED' : 'INSERTED'),
      doc: 'How its card stands',
    }),
  ],
  rules: [],
  shares: ['fapiao_apply_id'],
  source:
    'https://pay.weixin.qq.com/docs/merchant/apis/fapiao/fapiao-applications/invoice-issued-success-notice.html',
};
