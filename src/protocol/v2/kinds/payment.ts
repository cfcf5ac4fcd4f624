import type { Field, FieldContext, Fields, Kind } from '../../dialect.ts';
import { openid, timestamp } from '../../generate.ts';
import * as rows from '../rows.ts';

const SOURCE = 'https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7&index=8';
const WXJAVA = 'WxJava WxPayOrderNotifyResult (binarywang/WxJava), read and run';

/** Everything but `return_code` and `return_msg` exists only when the communication succeeded. */
const communicated: NonNullable<Field['when']> = (get) => get('return_code') !== 'FAIL';

const communication: readonly Field[] = [rows.return_code, rows.return_msg];

const business: readonly rows.Row[] = [
  rows.appid,
  rows.mch_id,
  rows.sub_appid,
  rows.sub_mch_id,
  rows.device_info,
  rows.nonce_str,
  rows.sign_type,
  rows.result_code,
  rows.err_code,
  rows.err_code_des,
  rows.openid,
  rows.is_subscribe,
  {
    name: 'sub_openid',
    title: '用户子标识',
    type: 'string',
    max: 128,
    required: false,
    make: ({ get, source }) => (get('sub_appid') === undefined ? undefined : openid(source)),
    doc: 'The payer, as the sub_appid knows them',
  },
  {
    name: 'sub_is_subscribe',
    title: '是否关注子公众账号',
    type: 'string',
    max: 1,
    required: false,
    values: ['Y', 'N'],
    make: ({ get }) => (get('sub_appid') === undefined ? undefined : 'N'),
    doc: 'Whether the payer follows the sub-merchant’s official account',
  },
  rows.trade_type,
  rows.bank_type,
  rows.total_fee,
  {
    name: 'settlement_total_fee',
    title: '应结订单金额',
    type: 'fen',
    max: 10,
    required: false,
    make: ({ get }) => settlement(get),
    example: '850',
    doc: 'total_fee minus the coupons that were not prepaid (NO_CASH), in fen',
  },
  {
    name: 'fee_type',
    title: '货币种类',
    type: 'string',
    max: 8,
    required: false,
    pattern: /^[A-Z]{3}$/,
    form: 'three capitals',
    make: () => 'CNY',
    doc: 'Currency of total_fee (ISO 4217); CNY when absent',
  },
  {
    name: 'cash_fee',
    title: '现金支付金额',
    type: 'fen',
    max: 10,
    required: true,
    make: ({ get }) => minus(get('total_fee'), get('coupon_fee')),
    doc: 'What the payer paid in cash: total_fee minus coupon_fee, in fen',
  },
  {
    name: 'cash_fee_type',
    title: '现金支付货币类型',
    type: 'string',
    max: 16,
    required: false,
    pattern: /^[A-Z]{3}$/,
    form: 'three capitals',
    example: 'CNY',
    doc: 'Currency of cash_fee (ISO 4217)',
  },
  {
    name: 'coupon_fee',
    title: '总代金券金额',
    type: 'fen',
    max: 10,
    required: false,
    make: ({ get }) => sumOf(coupons(get).map((n) => get(`coupon_fee_${n}`))),
    doc: 'All coupons together, in fen; at most total_fee',
  },
  {
    name: 'coupon_count',
    title: '代金券使用数量',
    type: 'int',
    max: 2,
    required: false,
    make: ({ get }) => (coupons(get).length === 0 ? undefined : String(coupons(get).length)),
    doc: 'How many coupons follow; WxJava checks it',
  },
  {
    name: 'coupon_type_$n',
    title: '代金券类型',
    type: 'string',
    max: 16,
    required: false,
    values: ['CASH', 'NO_CASH'],
    example: 'CASH',
    doc: 'CASH: prepaid by the merchant; NO_CASH: not. In real notifications only with coupons that are not prepaid',
  },
  {
    name: 'coupon_id_$n',
    title: '代金券ID',
    type: 'string',
    max: 20,
    required: false,
    example: '2000000000276621044',
    doc: 'The coupon; $n counts from 0',
  },
  {
    name: 'coupon_fee_$n',
    title: '单个代金券支付金额',
    type: 'fen',
    max: 10,
    required: false,
    example: '150',
    doc: 'What this coupon paid, in fen',
  },
  rows.transaction_id,
  rows.out_trade_no,
  {
    name: 'attach',
    title: '商家数据包',
    type: 'string',
    max: 127,
    unit: 'bytes',
    required: false,
    example: 'vip=1&from=app',
    doc: 'What the merchant gave with the order, returned untouched',
  },
  {
    name: 'time_end',
    title: '支付完成时间',
    type: 'timestamp',
    max: 14,
    required: true,
    make: ({ source }) => timestamp(source.now()),
    doc: 'When it was paid: yyyyMMddHHmmss in UTC+8',
  },
  {
    name: 'promotion_detail',
    title: '营销详情',
    type: 'json',
    max: 6000,
    required: false,
    example:
      '{"promotion_detail":[{"promotion_id":"109519","name":"单品惠","scope":"SINGLE","type":"DISCOUNT","amount":100}]}',
    doc: 'JSON about the promotions used; only for orders placed with version 1.0, and then without coupon_* and settlement_total_fee',
    source: WXJAVA,
  },
  {
    name: 'version',
    title: '接口版本号',
    type: 'string',
    max: 32,
    required: false,
    example: '1.0',
    doc: 'Goes with promotion_detail',
    source: WXJAVA,
  },
  {
    name: 'rate_value',
    title: '汇率',
    type: 'string',
    max: 16,
    required: false,
    example: '717420000',
    doc: 'Exchange rate of a foreign-currency order, times 10^8',
    source: WXJAVA,
  },
];

/** 支付结果通知: the result of a payment, of any trade type. */
export const payment: Kind = {
  id: 'v2/payment',
  title: '支付结果通知',
  summary: 'A payment succeeded, or failed',
  seal: 'signed',
  names_algorithm: 'sign_type',
  marks: ['bank_type', 'transaction_id'],
  owner: { appid: 'appid', mch_id: 'mch_id' },
  answer: 'ack',
  fields: [...communication, ...business.map((field): Field => ({ ...field, when: communicated }))],
  layout: { root: 'xml', order: 'ascii', separator: '', plain: ['coupon_fee', 'total_fee'] },
  rules: [
    { name: 'cash_fee', broken: cashMismatch, source: SOURCE },
    { name: 'coupon_fee', broken: couponExcess, source: SOURCE },
    { name: 'coupon_fee', broken: couponMismatch, source: SOURCE },
    { name: 'coupon_count', broken: countMismatch, source: WXJAVA },
    { name: 'settlement_total_fee', broken: settlementMismatch, source: SOURCE },
  ],
  shares: [
    'out_trade_no',
    'transaction_id',
    'total_fee',
    'settlement_total_fee',
    'fee_type',
    'openid',
    'time_end',
    'trade_type',
    'sub_appid',
    'sub_mch_id',
  ],
  source: SOURCE,
};

type Get = FieldContext['get'];

/** The numbers of the coupons present, from 0 without a gap. */
function coupons(get: Get): readonly number[] {
  const numbers: number[] = [];
  while (get(`coupon_fee_${numbers.length}`) !== undefined) numbers.push(numbers.length);
  return numbers;
}

function sumOf(values: readonly (string | undefined)[]): string | undefined {
  if (values.length === 0) return undefined;
  return String(values.reduce((sum, value) => sum + Number(value ?? 0), 0));
}

/** A difference of amounts; nothing when one of them is no number. */
function minus(total = '0', less = '0'): string | undefined {
  const difference = Number(total) - Number(less);
  return Number.isFinite(difference) ? String(difference) : undefined;
}

function settlement(get: Get): string | undefined {
  const unpaid = coupons(get).filter((n) => get(`coupon_type_${n}`) === 'NO_CASH');
  const off = sumOf(unpaid.map((n) => get(`coupon_fee_${n}`)));
  return off === undefined ? undefined : minus(get('total_fee'), off);
}

function cashMismatch({
  total_fee,
  cash_fee,
  coupon_fee,
  cash_fee_type,
  fee_type,
  promotion_detail,
}: Fields): string | undefined {
  if (total_fee === undefined || cash_fee === undefined || promotion_detail !== undefined) return undefined;
  if (cash_fee_type !== undefined && cash_fee_type !== (fee_type ?? 'CNY')) return undefined;
  const cash = Number(total_fee) - Number(coupon_fee ?? 0);
  if (Number(cash_fee) === cash) return undefined;
  return `cash_fee is ${cash_fee}, and total_fee minus coupon_fee is ${cash}`;
}

function couponExcess({ coupon_fee, total_fee }: Fields): string | undefined {
  if (!(Number(coupon_fee ?? 0) > Number(total_fee ?? Infinity))) return undefined;
  return `coupon_fee is ${coupon_fee ?? ''}, more than total_fee (${total_fee ?? ''})`;
}

function couponMismatch(fields: Fields): string | undefined {
  const { coupon_fee } = fields;
  const total = sumOf(coupons((name) => fields[name]).map((n) => fields[`coupon_fee_${n}`]));
  if (coupon_fee === total || couponExcess(fields) !== undefined) return undefined;
  if (total === undefined) return `coupon_fee is ${coupon_fee ?? ''}, and there is no coupon_fee_0`;
  return `coupon_fee is ${coupon_fee ?? 'missing'}, and the coupons add up to ${total}`;
}

function countMismatch(fields: Fields): string | undefined {
  const { coupon_count } = fields;
  const present = coupons((name) => fields[name]).length;
  if (coupon_count === undefined || Number(coupon_count) === present) return undefined;
  return `coupon_count is ${coupon_count}, and ${present} coupons are present`;
}

function settlementMismatch({ settlement_total_fee, total_fee }: Fields): string | undefined {
  if (!(Number(settlement_total_fee ?? 0) > Number(total_fee ?? Infinity))) return undefined;
  return `settlement_total_fee is ${settlement_total_fee ?? ''}, more than total_fee (${total_fee ?? ''})`;
}
