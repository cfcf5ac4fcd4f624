/** What the notices of shared out money share: the rows of whose money it was are the kind’s own. */
import type { Field } from '../../dialect.ts';
import * as generate from '../../generate.ts';
import { envelopeOf } from '../envelope.ts';
import { fen, text } from './row.ts';
import * as rows from './rows.ts';

/** The envelope of a share. */
export const profitSharingEnvelope = envelopeOf({
  original_type: 'profitsharing',
  events: { 'PROFITSHARING.SUCCESS': '分账成功', 'PROFITSHARING.RETURN': '分账回退成功' },
  source: 'original_type and summary are inferred where the document has none: no capture was found',
});

/** The payment, the sharing, and who received. */
export const profitSharingRows: readonly Field[] = [
  { ...rows.transaction_id, title: '微信订单号', doc: 'The payment that was shared out' },
  text('order_id', '微信分账/回退单号', {
    max: 64,
    make: ({ source }) => `3008450740${generate.digits(source, 18)}`,
    doc: 'The platform’s number of the sharing',
  }),
  text('out_order_no', '商户分账/回退单号', {
    max: 64,
    make: ({ source }) => generate.merchantNumber(source, 'WXNP'),
    doc: 'The merchant’s own number of the sharing',
  }),
  text('receiver.type', '分账接收方类型', {
    values: ['MERCHANT_ID', 'PERSONAL_OPENID'],
    value: 'MERCHANT_ID',
    doc: 'What kind of receiver it is',
  }),
  text('receiver.account', '分账接收方账号', {
    max: 64,
    make: ({ source, get }) =>
      get('receiver.type') === 'MERCHANT_ID' ? '1900000110' : generate.openid(source),
    doc: 'Who received: a merchant or an openid',
  }),
  fen('receiver.amount', '分账动账金额', { value: '30', doc: 'What was moved, in fen' }),
  text('receiver.description', '分账/回退描述', { max: 80, value: '交易分账', doc: 'What it was for' }),
  { ...rows.success_time, title: '成功时间', doc: 'When it was done, in UTC+8' },
];
