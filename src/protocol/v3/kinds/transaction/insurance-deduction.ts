import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { fen, text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

const STATES = { SUCCESS: 'TRANSACTION.SUCCESS', PAY_FAIL: 'TRANSACTION.FAIL' };

/** 保险委托代扣结果通知: a premium was charged, or could not be. */
export const insuranceDeduction: V3Kind = {
  id: 'v3/insurance-deduction',
  title: '保险委托代扣结果通知',
  summary: 'A premium was charged, or could not be',
  ...envelopeOf({
    original_type: 'transaction',
    events: { 'TRANSACTION.SUCCESS': '支付成功', 'TRANSACTION.FAIL': '支付失败' },
    event: eventFor('trade_state', STATES),
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['contract_id', 'appid', 'mchid', 'out_trade_no', 'trade_type'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    rows.appid,
    rows.mchid,
    rows.out_trade_no,
    { ...rows.transaction_id, required: false, when: (get) => get('trade_state') === 'SUCCESS' },
    text('contract_id', '委托代扣协议ID', {
      make: ({ source }) => generate.digits(source, 18),
      source:
        'inferred from the request of the same product; the rows of this kind are those of a transaction, and no sample was found',
      doc: 'The contract that was charged',
    }),
    text('trade_type', '交易类型', {
      max: 16,
      values: ['AUTH'],
      value: 'AUTH',
      doc: 'How it was paid: AUTH',
    }),
    text('trade_state', '交易状态', {
      values: ['SUCCESS', 'PAY_FAIL'],
      make: stateFor(STATES),
      doc: 'SUCCESS: charged; PAY_FAIL: not. Goes with the event type',
    }),
    text('trade_state_desc', '交易状态描述', {
      max: 256,
      make: ({ get }) => (get('trade_state') === 'PAY_FAIL' ? '支付失败' : '支付成功'),
      doc: 'trade_state in words',
    }),
    { ...rows.bank_type, required: false },
    rows.attach,
    { ...rows.success_time, required: false, when: (get) => get('trade_state') === 'SUCCESS' },
    { ...rows.openid, name: 'payer.openid', doc: 'The payer, as the app knows them' },
    fen('amount.total', '订单金额', { value: '100', doc: 'The order’s amount, in fen' }),
    fen('amount.discount_total', '折扣', { required: false, value: '0', doc: 'What is taken off, in fen' }),
    fen('amount.payer_total', '用户支付金额', {
      required: false,
      make: ({ get }) => String(Number(get('amount.total') ?? 0) - Number(get('amount.discount_total') ?? 0)),
      doc: 'What the payer paid, in fen',
    }),
    text('amount.currency', '货币类型', { max: 16, value: 'CNY', doc: 'The currency' }),
  ],
  rules: [],
  shares: ['out_trade_no', 'transaction_id', 'contract_id'],
  source:
    'https://pay.weixin.qq.com/docs/merchant/apis/insurance-entrusted-payment/deduct-result-notify.html',
};
