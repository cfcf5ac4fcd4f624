/** What the notifications of pay score (微信支付分) orders share: the order itself. */
import type { Field } from '../../dialect.ts';
import * as generate from '../../generate.ts';
import { promotionDetail } from './promotion.ts';
import { boolean, fen, int, nested, text } from './row.ts';
import * as rows from './rows.ts';

/** How an order is notified. */
export interface PayscoreOptions {
  /** DOING: it runs; DONE: it is over and paid. */
  readonly state: 'DOING' | 'DONE';
  /** Whether a service provider placed it for a sub-merchant. */
  readonly partner: boolean;
}

/** How many entries the lists of an order have when nobody says. */
export const payscoreLists: Readonly<Record<string, number>> = { post_payments: 1, 'collection.details': 1 };

const isDone: NonNullable<Field['when']> = (get) => get('state') === 'DONE';

/** The rows of an order; what was collected comes with DONE. */
export function payscoreOrder({ state, partner }: PayscoreOptions): readonly Field[] {
  const user: Field = partner
    ? {
        ...rows.openid,
        name: 'sub_openid',
        title: '子商户用户标识',
        doc: 'The user, as the sub-merchant’s app knows them',
      }
    : rows.openid;
  return [
    rows.appid,
    rows.mchid,
    ...(partner ? [rows.sub_appid, rows.sub_mchid] : []),
    ...numbers,
    user,
    text('state', '服务订单状态', {
      values: ['DOING', 'DONE'],
      value: state,
      doc: 'DOING: it runs; DONE: it is over',
    }),
    ...order,
    ...nested('collection', collection).map((row) => ({ ...row, when: isDone })),
    ...promotionDetail('collection.details.$n.promotion_detail'),
  ];
}

const numbers: readonly Field[] = [
  text('service_id', '服务ID', {
    make: ({ source }) => `1${generate.digits(source, 9)}`,
    doc: 'The service of the merchant',
  }),
  text('out_order_no', '商户服务订单号', {
    make: ({ source }) => generate.merchantNumber(source, 'WXNS'),
    doc: 'The merchant’s own number of the order',
  }),
];

const order: readonly Field[] = [
  text('state_description', '订单状态说明', {
    required: false,
    when: (get) => get('state') === 'DOING',
    values: ['USER_CONFIRM', 'MCH_COMPLETE'],
    value: 'USER_CONFIRM',
    doc: 'More about DOING: USER_CONFIRM: the user agreed; MCH_COMPLETE: the merchant ended it',
  }),
  text('service_introduction', '服务信息', { max: 60, value: '嗨客餐厅用餐', doc: 'What the service is' }),
  fen('total_amount', '商户收款总金额', { value: '40000', doc: 'What is to be paid, in fen' }),
  text('post_payments.$n.name', '付费项目名称', {
    max: 60,
    value: '服务费',
    doc: 'What is charged for; $n counts from 0',
  }),
  fen('post_payments.$n.amount', '金额', {
    make: ({ get }) => get('total_amount'),
    doc: 'What is charged, in fen',
  }),
  text('post_payments.$n.description', '计费说明', { max: 60, value: '每分钟1元', doc: 'How it is charged' }),
  text('post_discounts.$n.name', '优惠名称', {
    max: 60,
    value: '满20减1元',
    doc: 'What is taken off; $n counts from 0',
  }),
  fen('post_discounts.$n.amount', '优惠金额', { value: '1', doc: 'What is taken off, in fen' }),
  text('post_discounts.$n.description', '优惠说明', { max: 60, value: '不与其他优惠叠加', doc: 'In words' }),
  text('risk_fund.name', '风险金名称', {
    value: 'ESTIMATE_ORDER_COST',
    values: ['DEPOSIT', 'ADVANCE', 'CASH_DEPOSIT', 'ESTIMATE_ORDER_COST'],
    doc: 'What the user is trusted with',
  }),
  fen('risk_fund.amount', '风险金额', { value: '10000', doc: 'How much that is, in fen' }),
  text('risk_fund.description', '风险说明', {
    max: 60,
    required: false,
    value: '就餐的预估费用',
    doc: 'In words',
  }),
  text('time_range.start_time', '服务开始时间', {
    make: ({ source }) => generate.timestamp(source.now()),
    doc: 'When the service began: yyyyMMddHHmmss in UTC+8, or OnAccept',
  }),
  text('time_range.start_time_remark', '服务开始时间备注', {
    required: false,
    example: '备注1',
    doc: 'More about that',
  }),
  text('time_range.end_time', '服务结束时间', {
    required: false,
    make: ({ source }) => generate.timestamp(source.now()),
    doc: 'When it ended: yyyyMMddHHmmss in UTC+8',
  }),
  text('time_range.end_time_remark', '服务结束时间备注', {
    required: false,
    example: '备注2',
    doc: 'More about that',
  }),
  text('location.start_location', '服务开始地点', {
    max: 60,
    required: false,
    value: '嗨客时尚主题展餐厅',
    doc: 'Where it began',
  }),
  text('location.end_location', '服务结束位置', {
    max: 60,
    required: false,
    value: '嗨客时尚主题展餐厅',
    doc: 'Where it ended',
  }),
  text('attach', '商户数据包', {
    max: 256,
    required: false,
    value: 'attach',
    doc: 'What the merchant gave with the order',
  }),
  text('notify_url', '商户回调地址', {
    max: 255,
    required: false,
    example: 'https://merchant.example/notify',
    doc: 'Where the notifications of the order go',
  }),
  text('order_id', '微信支付服务订单号', {
    max: 64,
    make: ({ source }) => generate.digits(source, 28),
    doc: 'The platform’s number of the order',
  }),
  boolean('need_collection', '是否需要收款', {
    required: false,
    when: isDone,
    value: 'true',
    doc: 'Whether there is something to pay',
  }),
];

const all: NonNullable<Field['make']> = ({ get }) => get('total_amount');

/** What was collected. */
const collection: readonly Field[] = [
  text('state', '收款状态', {
    values: ['USER_PAYING', 'USER_PAID'],
    value: 'USER_PAID',
    doc: 'Whether it was paid',
  }),
  fen('total_amount', '总收款金额', { make: all, doc: 'What is to be collected, in fen' }),
  fen('paying_amount', '待收金额', { value: '0', doc: 'What is still to come, in fen' }),
  fen('paid_amount', '已收金额', { make: all, doc: 'What came, in fen' }),
  ...nested('details.$n', [
    int('seq', '收款序号', { value: '1', doc: 'The payment; $n counts from 0' }),
    fen('amount', '单笔收款金额', { make: all, doc: 'What was paid, in fen' }),
    text('paid_type', '收款成功渠道', {
      values: ['NEWTON', 'MCH'],
      value: 'NEWTON',
      doc: 'NEWTON: by WeChat Pay; MCH: to the merchant',
    }),
    text('paid_time', '收款成功时间', {
      make: ({ source }) => generate.timestamp(source.now()),
      doc: 'When: yyyyMMddHHmmss in UTC+8',
    }),
    text('transaction_id', '微信支付交易单号', {
      make: ({ source }) => generate.transactionId(source),
      doc: 'The platform’s number of the payment',
    }),
  ]),
];
