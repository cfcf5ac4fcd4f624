import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { fen, int, text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

const STATES = { FINISHED: 'MCHTRANSFER.BATCH.FINISHED', CLOSED: 'MCHTRANSFER.BATCH.CLOSED' };

/** 商家转账批次回调通知: a batch of transfers was worked off, or closed. */
export const transferBatch: V3Kind = {
  id: 'v3/transfer-batch',
  title: '商家转账批次回调通知',
  summary: 'A batch of transfers was worked off, or closed',
  ...envelopeOf({
    original_type: 'mch_payment',
    events: {
      'MCHTRANSFER.BATCH.FINISHED': '商家转账批次完成通知',
      'MCHTRANSFER.BATCH.CLOSED': '商家转账批次关闭通知',
    },
    event: eventFor('batch_status', STATES),
  }),
  marks: ['out_batch_no', 'batch_id'],
  owner: { mch_id: 'mchid' },
  fields: [
    text('out_batch_no', '商家批次单号', {
      make: ({ source }) => generate.merchantNumber(source, 'WXNB'),
      doc: 'The merchant’s own number of the batch',
    }),
    text('batch_id', '微信批次单号', {
      max: 64,
      make: ({ source }) => `1310${generate.digits(source, 38)}`,
      doc: 'The platform’s number of the batch',
    }),
    text('batch_status', '批次状态', {
      values: ['FINISHED', 'CLOSED'],
      make: stateFor(STATES),
      doc: 'FINISHED: every transfer has been tried; CLOSED: none will be. Goes with the event type',
    }),
    int('total_num', '批次总笔数', { value: '2', doc: 'How many transfers there are' }),
    fen('total_amount', '批次总金额', { value: '200', doc: 'What they are together, in fen' }),
    fen('success_amount', '转账成功金额', {
      make: ({ get }) => String(Number(get('total_amount') ?? 0) - Number(get('fail_amount') ?? 0)),
      doc: 'What was transferred, in fen',
    }),
    int('success_num', '转账成功笔数', {
      make: ({ get }) => String(Number(get('total_num') ?? 0) - Number(get('fail_num') ?? 0)),
      doc: 'How many succeeded',
    }),
    fen('fail_amount', '转账失败金额', {
      make: ({ get }) => (get('batch_status') === 'CLOSED' ? get('total_amount') : '0'),
      doc: 'What was not, in fen',
    }),
    int('fail_num', '转账失败笔数', {
      make: ({ get }) => (get('batch_status') === 'CLOSED' ? get('total_num') : '0'),
      doc: 'How many failed',
    }),
    rows.mchid,
    text('close_reason', '批次关闭原因', {
      max: 64,
      required: false,
      when: (get) => get('batch_status') === 'CLOSED',
      values: ['OVERDUE_CLOSE', 'TRANSFER_SCENE_INVALID'],
      value: 'OVERDUE_CLOSE',
      doc: 'Why it was closed; with CLOSED alone',
    }),
    { ...rows.update_time, title: '批次更新时间' },
  ],
  rules: [],
  shares: ['out_batch_no', 'batch_id'],
  source: 'https://pay.weixin.qq.com/doc/v3/merchant/4012269028',
};
