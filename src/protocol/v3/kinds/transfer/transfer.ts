import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { fen, text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 商家转账回调通知: a transfer to a user came to its end. */
export const transfer: V3Kind = {
  id: 'v3/transfer',
  title: '商家转账回调通知',
  summary: 'A transfer to a user came to its end: done, failed, or taken back',
  ...envelopeOf({
    original_type: 'mch_payment',
    events: { 'MCHTRANSFER.BILL.FINISHED': '商家转账单据终态通知' },
  }),
  marks: ['transfer_bill_no', 'out_bill_no'],
  owner: { mch_id: 'mch_id' },
  fields: [
    {
      ...rows.mchid,
      name: 'mch_id',
      title: '商户号',
      doc: 'The merchant; the capture has it under this name first, and as mchid at the end',
    },
    text('out_bill_no', '商户单号', {
      make: ({ source }) => generate.merchantNumber(source, 'WXNT'),
      doc: 'The merchant’s own number of the transfer',
    }),
    text('transfer_bill_no', '商家转账订单号', {
      max: 64,
      make: ({ source }) => `1330${generate.digits(source, 30)}`,
      doc: 'The platform’s number of the transfer',
    }),
    fen('transfer_amount', '转账金额', { value: '100', doc: 'What is transferred, in fen' }),
    text('state', '单据状态', {
      values: ['SUCCESS', 'FAIL', 'CANCELLED'],
      value: 'SUCCESS',
      doc: 'SUCCESS: done; FAIL: it failed; CANCELLED: it was taken back. Others are not notified',
    }),
    { ...rows.openid, doc: 'Who is paid, as the merchant’s app knows them' },
    text('fail_reason', '失败原因', {
      max: 64,
      required: false,
      when: (get) => get('state') === 'FAIL',
      value: 'PAYEE_ACCOUNT_ABNORMAL',
      doc: 'Why it failed; with FAIL alone',
    }),
    { ...rows.create_time, title: '单据创建时间' },
    { ...rows.update_time, title: '最后一次状态变更时间' },
    { ...rows.mchid, required: false, doc: 'The merchant, once more; the capture has both spellings' },
  ],
  rules: [],
  shares: ['out_bill_no', 'transfer_bill_no'],
  source: 'https://pay.weixin.qq.com/doc/v3/merchant/4012712115',
};
