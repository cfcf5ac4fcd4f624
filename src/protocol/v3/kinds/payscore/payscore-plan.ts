import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { fen, int, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

const STATES = {
  SIGN_PLAN_SIGNED: 'PAYSCORE.USER_SIGN_PLAN',
  SIGN_PLAN_CANCEL: 'PAYSCORE.USER_CANCEL_SIGN_PLAN',
};

/** 支付分计划签约/取消签约回调通知: a user signed a plan of payments, or took that back. */
export const payscorePlan: V3Kind = {
  id: 'v3/payscore-plan',
  title: '支付分计划签约/取消签约回调通知',
  summary: 'A user signed a plan of payments, or took that back',
  ...envelopeOf({
    original_type: 'payscore',
    events: { 'PAYSCORE.USER_SIGN_PLAN': '签约成功', 'PAYSCORE.USER_CANCEL_SIGN_PLAN': '取消签约' },
    event: eventFor('sign_state', STATES),
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['sign_plan_id', 'plan_id', 'sign_state'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  lists: { signed_detail_list: 1 },
  fields: [
    text('sign_plan_id', '签约计划ID', {
      max: 64,
      make: ({ source }) => generate.digits(source, 32),
      doc: 'The signed plan',
    }),
    rows.openid,
    text('sub_openid', '子商户用户标识', {
      max: 128,
      required: false,
      example: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      doc: 'The user, as the sub-merchant’s app knows them',
    }),
    text('service_id', '服务ID', { make: ({ source }) => generate.digits(source, 32), doc: 'The service' }),
    rows.mchid,
    text('sub_mchid', '子商户号', { required: false, example: '1900000110', doc: 'The sub-merchant' }),
    rows.appid,
    rows.sub_appid,
    text('merchant_sign_plan_no', '商户侧签约计划单号', {
      max: 64,
      make: ({ source }) => generate.merchantNumber(source, 'WXNS'),
      doc: 'The merchant’s own number of it',
    }),
    text('merchant_callback_url', '商户回调地址', {
      max: 256,
      value: 'https://merchant.example/notify',
      doc: 'Where this notification goes',
    }),
    text('plan_id', '计划ID', {
      max: 64,
      make: ({ source }) => generate.digits(source, 32),
      doc: 'The plan',
    }),
    int('going_detail_no', '正在进行的计划明细序号', {
      value: '0',
      doc: 'Which part of the plan is under way; 0: none',
    }),
    text('sign_state', '签约状态', {
      values: ['SIGN_PLAN_SIGNED', 'SIGN_PLAN_CANCEL', 'UNSIGNED', 'COMPLETED'],
      make: stateFor(STATES),
      source:
        'the official sample has SIGN_PLAN_CANCEL and UNSIGNED; SIGN_PLAN_SIGNED and COMPLETED are inferred',
      doc: 'How the signed plan stands',
    }),
    time('cancel_sign_time', '取消签约时间', {
      required: false,
      when: (get) => get('sign_state') === 'SIGN_PLAN_CANCEL',
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it was taken back, in UTC+8',
    }),
    text('cancel_sign_type', '取消签约类型', {
      required: false,
      when: (get) => get('sign_state') === 'SIGN_PLAN_CANCEL',
      value: 'REVOKE_SERVICE',
      doc: 'Who took it back',
    }),
    text('cancel_reason', '取消签约原因', { max: 256, required: false, value: '', doc: 'Why' }),
    text('plan_name', '计划名称', { max: 64, value: '瑜伽课5节', doc: 'The plan’s name' }),
    time('plan_over_time', '计划过期时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When the plan ends, in UTC+8',
    }),
    fen('total_origin_price', '计划原总价', {
      value: '1000',
      doc: 'What all of it costs without the plan, in fen',
    }),
    int('deduction_quantity', '计划扣费次数', { value: '5', doc: 'How many payments there are' }),
    fen('total_actual_price', '计划实际总价', { value: '500', doc: 'What all of it costs, in fen' }),
    int('signed_detail_list.$n.plan_detail_no', '计划明细序号', { value: '1', doc: 'The part of the plan' }),
    fen('signed_detail_list.$n.original_price', '原价', {
      value: '200',
      doc: 'What it costs without the plan, in fen',
    }),
    text('signed_detail_list.$n.plan_discount_description', '优惠说明', {
      max: 64,
      value: '享受五折',
      doc: 'What is taken off, in words',
    }),
    fen('signed_detail_list.$n.actual_price', '优惠后价格', { value: '100', doc: 'What it costs, in fen' }),
    text('signed_detail_list.$n.plan_detail_state', '计划明细状态', {
      value: 'NOT_USED',
      doc: 'How it stands',
    }),
    text('signed_detail_list.$n.order_id', '支付分订单号', {
      max: 64,
      required: false,
      value: '',
      doc: 'The order that it was used with',
    }),
    text('signed_detail_list.$n.merchant_plan_detail_no', '商户侧计划明细单号', {
      max: 64,
      make: ({ source }) => generate.merchantNumber(source, 'WXND'),
      doc: 'The merchant’s own number of it',
    }),
    text('signed_detail_list.$n.plan_detail_name', '计划明细名称', {
      max: 64,
      value: '服务费1',
      doc: 'Its name',
    }),
    fen('signed_detail_list.$n.actual_pay_price', '实际支付金额', {
      value: '0',
      doc: 'What was paid for it, in fen',
    }),
    text('signed_detail_list.$n.use_time', '使用时间', {
      required: false,
      value: '',
      doc: 'When it was used',
    }),
    text('signed_detail_list.$n.complete_time', '完成时间', {
      required: false,
      value: '',
      doc: 'When it was completed',
    }),
    text('signed_detail_list.$n.cancel_time', '取消时间', {
      required: false,
      value: '',
      doc: 'When it was taken back',
    }),
    time('sign_time', '签约时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When the user signed, in UTC+8',
    }),
  ],
  rules: [],
  shares: ['sign_plan_id', 'plan_id'],
  source: 'https://pay.weixin.qq.com/docs/merchant/apis/payscore-plan/sign-plan-notice.html',
};
