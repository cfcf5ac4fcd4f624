/** What the refund notifications of merchants and of service providers share. */
import type { Field, V3Kind } from '../../dialect.ts';
import * as generate from '../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../envelope.ts';
import { fen, text } from './row.ts';
import * as rows from './rows.ts';

const STATES = { SUCCESS: 'REFUND.SUCCESS', CLOSED: 'REFUND.CLOSED', ABNORMAL: 'REFUND.ABNORMAL' };

/** The envelope of a refund: its event type goes with its state. */
export const refundEnvelope: Pick<V3Kind, 'envelope' | 'events' | 'keeps_empty'> = envelopeOf({
  original_type: 'refund',
  events: { 'REFUND.SUCCESS': '退款成功', 'REFUND.ABNORMAL': '退款异常', 'REFUND.CLOSED': '退款关闭' },
  event: eventFor('refund_status', STATES),
});

/** The refund itself, in the order of captures. */
export const refundRows: readonly Field[] = [
  { ...rows.out_trade_no, doc: 'The merchant’s number of the order that was paid' },
  { ...rows.transaction_id, doc: 'The payment’s number at the platform' },
  text('out_refund_no', '商户退款单号', {
    max: 64,
    pattern: /^[0-9A-Za-z_\-|*@]+$/,
    form: 'letters, digits and _-|*@',
    make: ({ source }) => generate.merchantNumber(source, 'WXNR'),
    doc: 'The merchant’s own number of the refund; a refund repeats under the same number',
  }),
  text('refund_id', '微信支付退款单号', {
    pattern: /^\d{28,29}$/,
    form: '28 or 29 digits',
    make: ({ source }) => generate.refundId(source),
    doc: 'The refund’s number at the platform: 29 digits with the date in the middle',
  }),
  text('refund_status', '退款状态', {
    max: 16,
    values: ['SUCCESS', 'CLOSED', 'ABNORMAL'],
    make: stateFor(STATES),
    doc: 'SUCCESS: done; CLOSED: it will not be; ABNORMAL: the money must be returned by hand. Goes with the event type',
  }),
  {
    ...rows.success_time,
    title: '退款成功时间',
    required: false,
    when: (get) => get('refund_status') === 'SUCCESS',
    doc: 'When the money arrived, in UTC+8; absent unless SUCCESS',
  },
  fen('amount.total', '订单金额', { value: '100', doc: 'The order’s amount, in fen' }),
  fen('amount.refund', '退款金额', {
    make: ({ get }) => get('amount.total'),
    doc: 'What is refunded, in fen; part of total or all of it',
  }),
  fen('amount.payer_total', '用户支付金额', {
    make: ({ get }) => get('amount.total'),
    doc: 'What the payer had paid, in fen: total without coupons',
  }),
  fen('amount.payer_refund', '用户退款金额', {
    make: ({ get }) => get('amount.refund'),
    doc: 'What the payer gets back, in fen: refund without coupons',
  }),
  text('user_received_account', '退款入账账户', {
    max: 64,
    value: '支付用户零钱',
    doc: 'Where the money went: the balance, or a bank card (招商银行信用卡0403)',
  }),
];
