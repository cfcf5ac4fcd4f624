import type { V3Kind } from '../../../dialect.ts';
import { fen, text } from '../../tables/row.ts';
import { contractEnvelope, contractRows, ownContractRows } from '../../tables/contract-rows.ts';
import * as rows from '../../tables/rows.ts';

/** 委托代扣签约、解约结果通知: a user signed a contract for deductions, or ended it. */
export const contract: V3Kind = {
  id: 'v3/contract',
  title: '委托代扣签约、解约结果通知',
  summary: 'A user signed a contract for deductions, or ended it',
  ...contractEnvelope,
  marks: ['contract_id', 'contract_state', 'contract_display_account', 'mchid'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    ...contractRows,
    fen('deduct_schedule.deduct_amount.total', '扣费金额', {
      required: false,
      value: '1',
      doc: 'What was charged, in fen',
    }),
    text('deduct_schedule.deduct_amount.currency', '扣费币种', {
      max: 16,
      required: false,
      value: 'CNY',
      doc: 'Its currency',
    }),
    text('deduct_schedule.deduct_date', '扣费日期', {
      max: 10,
      required: false,
      value: '2026-01-01',
      doc: 'When it was charged: yyyy-MM-dd',
    }),
    fen('deduct_schedule.estimated_deduct_amount.total', '预计扣费金额', {
      required: false,
      value: '1',
      doc: 'What was to be charged, in fen',
    }),
    text('deduct_schedule.estimated_deduct_amount.currency', '预计扣费币种', {
      max: 16,
      required: false,
      value: 'CNY',
      doc: 'Its currency',
    }),
    text('deduct_schedule.estimated_deduct_date', '预计扣费日期', {
      max: 10,
      required: false,
      value: '2026-01-01',
      doc: 'When it was to be charged: yyyy-MM-dd',
    }),
    text('deduct_schedule.schedule_state', '扣费计划状态', {
      required: false,
      value: 'PAID',
      doc: 'How the next deduction stands',
    }),
    fen('deduct_schedule.scheduled_amount.total', '计划扣费金额', {
      required: false,
      value: '1',
      doc: 'What is planned, in fen',
    }),
    text('deduct_schedule.scheduled_amount.currency', '计划扣费币种', {
      max: 16,
      required: false,
      value: 'CNY',
      doc: 'Its currency',
    }),
    ...ownContractRows,
    rows.appid,
    rows.mchid,
    rows.openid,
  ],
  rules: [],
  shares: ['contract_id', 'out_contract_code', 'openid'],
  source: 'https://pay.weixin.qq.com/docs/merchant/apis/entrusted-payment/contract-alter-notify.html',
};
