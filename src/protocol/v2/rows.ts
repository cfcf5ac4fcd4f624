/** Rows that many kinds share, word for word in the official tables. */
import type { Field } from '../dialect.ts';
import { merchantNumber, nonce, transactionId } from '../generate.ts';

/** A row that says nothing of when it applies: that is the kind's to say. */
export type Row = Omit<Field, 'when'>;

/** 返回状态码 */
export const return_code: Row = {
  name: 'return_code',
  title: '返回状态码',
  type: 'string',
  max: 16,
  required: true,
  values: ['SUCCESS', 'FAIL'],
  make: () => 'SUCCESS',
  doc: 'Communication, not business: whether the payment succeeded stands in result_code',
};

/** 返回信息 */
export const return_msg: Row = {
  name: 'return_msg',
  title: '返回信息',
  type: 'string',
  max: 128,
  required: false,
  doc: 'Why the communication failed',
};

/** 公众账号ID */
export const appid: Row = {
  name: 'appid',
  title: '公众账号ID',
  type: 'string',
  max: 32,
  required: true,
  pattern: /^wx[0-9a-z]{16}$/,
  form: 'wx and 16 lower-case letters or digits',
  make: ({ merchant }) => merchant.appid,
  doc: 'The app the order was placed for; the service provider’s in service-provider mode',
};

/** 商户号 */
export const mch_id: Row = {
  name: 'mch_id',
  title: '商户号',
  type: 'string',
  max: 32,
  required: true,
  pattern: /^\d{8,10}$/,
  form: '8 to 10 digits',
  make: ({ merchant }) => merchant.mch_id,
  doc: 'The merchant; the service provider in service-provider mode',
};

/** 子商户公众账号ID */
export const sub_appid: Row = {
  name: 'sub_appid',
  title: '子商户公众账号ID',
  type: 'string',
  max: 32,
  required: false,
  doc: 'The sub-merchant’s app',
};

/** 子商户号 */
export const sub_mch_id: Row = {
  name: 'sub_mch_id',
  title: '子商户号',
  type: 'string',
  max: 32,
  required: false,
  doc: 'The sub-merchant; its presence means service-provider mode',
};

/** 随机字符串 */
export const nonce_str: Row = {
  name: 'nonce_str',
  title: '随机字符串',
  type: 'string',
  max: 32,
  required: true,
  make: ({ source }) => nonce(source),
  doc: 'Random; fresh in every notification',
};

/** 微信支付订单号 */
export const transaction_id: Row = {
  name: 'transaction_id',
  title: '微信支付订单号',
  type: 'string',
  max: 32,
  required: true,
  pattern: /^\d{28}$/,
  form: '28 digits',
  make: ({ source }) => transactionId(source),
  doc: 'The platform’s number: 28 digits with the date in the middle',
};

/** 商户订单号 */
export const out_trade_no: Row = {
  name: 'out_trade_no',
  title: '商户订单号',
  type: 'string',
  max: 32,
  required: true,
  pattern: /^[0-9A-Za-z_\-|*@]+$/,
  form: 'letters, digits and _-|*@',
  make: ({ source }) => merchantNumber(source, 'WXN'),
  doc: 'The merchant’s own order number',
};
