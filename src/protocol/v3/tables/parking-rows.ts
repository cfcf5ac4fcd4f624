/** What the deductions for a stay in a car park share: the rows of who is charged are the kind’s own. */
import type { Field } from '../../dialect.ts';
import * as generate from '../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../envelope.ts';
import { fen, int, text, time } from './row.ts';
import * as rows from './rows.ts';

const STATES = { SUCCESS: 'TRANSACTION.SUCCESS', FAIL: 'TRANSACTION.FAIL', PAY_BACK: 'TRANSACTION.PAY_BACK' };

/** The envelope of a deduction for a stay. */
export const parkingEnvelope = envelopeOf({
  original_type: 'transaction',
  events: {
    'TRANSACTION.SUCCESS': '支付成功',
    'TRANSACTION.FAIL': '支付失败',
    'TRANSACTION.PAY_BACK': '用户还款',
  },
  event: eventFor('trade_state', STATES),
  source: 'original_type and summary are inferred where the document has none: no capture was found',
});

/** The deduction, the stay, and what was taken off. */
export const parkingRows: readonly Field[] = [
  rows.out_trade_no,
  text('transaction_id', '微信支付订单号', {
    required: false,
    when: (get) => get('trade_state') !== 'FAIL',
    make: ({ source }) => generate.transactionId(source),
    doc: 'The platform’s number; not with FAIL',
  }),
  text('trade_state', '交易状态', {
    values: ['SUCCESS', 'FAIL', 'PAY_BACK'],
    make: stateFor(STATES),
    doc: 'SUCCESS: charged; FAIL: not; PAY_BACK: the user paid what the platform had advanced. Goes with the event type',
  }),
  text('trade_state_description', '交易状态描述', {
    max: 256,
    required: false,
    make: ({ get }) => ({ FAIL: '扣款失败', PAY_BACK: '用户还款' })[get('trade_state') ?? ''] ?? '支付成功',
    doc: 'trade_state in words; spelt out here, unlike in other kinds',
  }),
  { ...rows.bank_type, required: false },
  rows.attach,
  { ...rows.success_time, required: false, when: (get) => get('trade_state') !== 'FAIL' },
  rows.create_time,
  text('user_repaid', '用户是否已还款', {
    max: 16,
    required: false,
    values: ['Y', 'N'],
    value: 'N',
    doc: 'Whether the user paid back what the platform had advanced',
  }),
  text('description', '服务描述', { max: 128, value: '停车场扣费', doc: 'What was charged for' }),
  text('trade_scene', '交易场景', { values: ['PARKING'], value: 'PARKING', doc: 'Where' }),
  { ...rows.openid, name: 'payer.openid', doc: 'The payer, as the app knows them' },
  fen('amount.total', '订单金额', { value: '100', doc: 'The order’s amount, in fen' }),
  fen('amount.discount_total', '折扣', { required: false, value: '0', doc: 'What is taken off, in fen' }),
  fen('amount.payer_total', '用户支付金额', {
    required: false,
    make: ({ get }) => String(Number(get('amount.total') ?? 0) - Number(get('amount.discount_total') ?? 0)),
    doc: 'What the payer paid, in fen',
  }),
  text('amount.currency', '货币类型', { max: 16, value: 'CNY', doc: 'The currency' }),
  text('parking_info.parking_id', '停车入场id', {
    make: ({ source }) => `5K${generate.digits(source, 17)}`,
    doc: 'The stay, by the platform’s number',
  }),
  text('parking_info.plate_number', '车牌号', { value: '粤B888888', doc: 'The car' }),
  text('parking_info.plate_color', '车牌颜色', {
    values: ['BLUE', 'GREEN', 'YELLOW', 'BLACK', 'WHITE', 'LIMEGREEN'],
    value: 'BLUE',
    doc: 'The colour of its plate',
  }),
  time('parking_info.start_time', '入场时间', {
    make: ({ source }) => generate.time(source.now()),
    doc: 'When it came, in UTC+8',
  }),
  time('parking_info.end_time', '出场时间', {
    make: ({ source }) => generate.time(source.now()),
    doc: 'When it went, in UTC+8',
  }),
  text('parking_info.parking_name', '停车场名称', {
    max: 64,
    value: '欢乐海岸停车场',
    doc: 'The car park',
  }),
  int('parking_info.charging_duration', '计费时长', {
    value: '3600',
    doc: 'How long is charged, in seconds',
  }),
  text('parking_info.device_id', '停车场设备id', { value: '12321', doc: 'The device at the exit' }),
  text('promotion_detail.$n.promotion_id', '券ID', {
    make: ({ source }) => generate.digits(source, 6),
    doc: 'The coupon; $n counts from 0',
  }),
  text('promotion_detail.$n.name', '优惠名称', {
    max: 64,
    required: false,
    value: '单品惠-6',
    doc: 'Its name',
  }),
  text('promotion_detail.$n.scope', '优惠范围', {
    required: false,
    value: 'SINGLE',
    doc: 'For the whole order, or for single goods',
  }),
  text('promotion_detail.$n.type', '优惠类型', {
    required: false,
    value: 'DISCOUNT',
    doc: 'What kind it is',
  }),
  fen('promotion_detail.$n.amount', '优惠券面额', { value: '1', doc: 'What it is worth, in fen' }),
  text('promotion_detail.$n.activity_id', '活动ID', {
    required: false,
    value: '931386',
    doc: 'The campaign that it belongs to',
  }),
  fen('promotion_detail.$n.wechatpay_contribute', '微信出资', {
    required: false,
    value: '1',
    doc: 'What of it WeChat Pay bears, in fen',
  }),
  fen('promotion_detail.$n.merchant_contribute', '商户出资', {
    required: false,
    value: '0',
    doc: 'What of it the merchant bears, in fen',
  }),
  fen('promotion_detail.$n.other_contribute', '其他出资', {
    required: false,
    value: '0',
    doc: 'What of it others bear, in fen',
  }),
];
