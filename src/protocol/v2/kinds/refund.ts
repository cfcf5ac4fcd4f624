import type { Field, Fields, Kind } from '../../dialect.ts';
import { datetime, merchantNumber, refundId } from '../../generate.ts';
import * as rows from '../rows.ts';

const SOURCE = 'https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_16&index=10';
const CAPTURE = 'a real notification of 2017 (studygolang.com article 11811)';

const envelope: readonly Field[] = [
  { ...rows.return_code, doc: 'Communication; SUCCESS for every refund state' },
  rows.return_msg,
  { ...rows.appid, doc: 'The app; several SDKs insist that it is their own' },
  { ...rows.mch_id, title: '退款的商户号', doc: 'The merchant; several SDKs insist that it is their own' },
  { ...rows.sub_appid, doc: 'The sub-merchant’s app, in service-provider mode' },
  { ...rows.sub_mch_id, doc: 'The sub-merchant, in service-provider mode' },
  rows.nonce_str,
];

const fields: readonly Field[] = [
  { ...rows.transaction_id, title: '微信订单号', doc: 'The payment’s number at the platform' },
  { ...rows.out_trade_no, doc: 'The merchant’s number of the order that was paid' },
  {
    name: 'refund_id',
    title: '微信退款单号',
    type: 'string',
    max: 32,
    required: true,
    pattern: /^\d{28,29}$/,
    form: '28 or 29 digits',
    make: ({ source }) => refundId(source),
    doc: 'The refund’s number at the platform: 29 digits with the date in the middle',
    source: CAPTURE,
  },
  {
    name: 'out_refund_no',
    title: '商户退款单号',
    type: 'string',
    max: 64,
    required: true,
    pattern: /^[0-9A-Za-z_\-|*@]+$/,
    form: 'letters, digits and _-|*@',
    make: ({ source }) => merchantNumber(source, 'WXNR'),
    doc: 'The merchant’s own number of the refund; a refund repeats under the same number',
  },
  rows.total_fee,
  {
    name: 'settlement_total_fee',
    title: '应结订单金额',
    type: 'fen',
    max: 10,
    required: false,
    make: ({ get }) => get('total_fee'),
    doc: 'The order’s amount without coupons that were not prepaid, in fen',
  },
  {
    name: 'refund_fee',
    title: '申请退款金额',
    type: 'fen',
    max: 10,
    required: true,
    make: ({ get }) => get('total_fee'),
    doc: 'What is refunded, in fen; part of total_fee or all of it',
  },
  {
    name: 'settlement_refund_fee',
    title: '退款金额',
    type: 'fen',
    max: 10,
    required: true,
    make: ({ get }) => get('refund_fee'),
    doc: 'refund_fee without coupons that were not prepaid, in fen',
  },
  {
    name: 'refund_status',
    title: '退款状态',
    type: 'string',
    max: 16,
    required: true,
    values: ['SUCCESS', 'CHANGE', 'REFUNDCLOSE'],
    make: () => 'SUCCESS',
    doc: 'SUCCESS: done; CHANGE: abnormal, the money must be returned by hand; REFUNDCLOSE: closed',
  },
  {
    name: 'success_time',
    title: '退款成功时间',
    type: 'datetime',
    max: 20,
    required: false,
    when: (get) => get('refund_status') === 'SUCCESS',
    make: ({ source }) => datetime(source.now()),
    doc: 'When the money arrived: yyyy-MM-dd HH:mm:ss in UTC+8; absent unless SUCCESS',
  },
  {
    name: 'refund_recv_accout',
    title: '退款入账账户',
    type: 'string',
    max: 64,
    required: true,
    make: () => '支付用户零钱',
    doc: 'Where the money went; the platform spells the name so',
  },
  {
    name: 'refund_account',
    title: '退款资金来源',
    type: 'string',
    max: 30,
    required: true,
    values: ['REFUND_SOURCE_RECHARGE_FUNDS', 'REFUND_SOURCE_UNSETTLED_FUNDS'],
    make: () => 'REFUND_SOURCE_UNSETTLED_FUNDS',
    doc: 'Where the money came from',
  },
  {
    name: 'refund_request_source',
    title: '退款发起来源',
    type: 'string',
    max: 30,
    required: true,
    values: ['API', 'VENDOR_PLATFORM'],
    make: () => 'API',
    doc: 'Who asked for the refund: the API, or somebody in the merchant console',
  },
  {
    name: 'cash_refund_fee',
    title: '现金退款金额',
    type: 'fen',
    max: 10,
    required: false,
    example: '90',
    doc: 'What went back in cash, in fen; seen in some notifications',
    source: 'the community mirror of the official document (TheNorthMemory/wechatpay.js.org)',
  },
];

/** 退款结果通知: the result of a refund, encrypted and not signed. */
export const refund: Kind = {
  id: 'v2/refund',
  title: '退款结果通知',
  summary: 'A refund succeeded, turned out abnormal, or was closed',
  seal: 'encrypted',
  names_algorithm: 'sign_type',
  marks: ['req_info'],
  owner: { appid: 'appid', mch_id: 'mch_id' },
  answer: 'ack',
  fields,
  layout: { root: 'root', order: 'ascii', separator: '\n', plain: [] },
  envelope: {
    into: 'req_info',
    cipher: 'aes-256-ecb',
    fields: envelope,
    layout: { root: 'xml', order: 'table', separator: '', plain: ['return_code'] },
  },
  rules: [{ name: 'refund_fee', broken: tooMuch, source: SOURCE }],
  shares: ['out_trade_no', 'transaction_id', 'total_fee', 'settlement_total_fee', 'sub_appid', 'sub_mch_id'],
  source: SOURCE,
};

function tooMuch({ refund_fee, total_fee }: Fields): string | undefined {
  if (!(Number(refund_fee ?? 0) > Number(total_fee ?? Infinity))) return undefined;
  return `refund_fee is ${refund_fee ?? ''}, more than total_fee (${total_fee ?? ''})`;
}
