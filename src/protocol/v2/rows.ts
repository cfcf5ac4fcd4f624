/** Rows that many kinds share, word for word in the official tables. */
import type { Field } from '../dialect.ts';
import { contractId, merchantNumber, nonce, openid as newOpenid, transactionId } from '../generate.ts';

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
  example: 'OK',
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
  pattern: /^wx[0-9a-z]{16}$/,
  form: 'wx and 16 lower-case letters or digits',
  example: 'wx8888888888888887',
  doc: 'The sub-merchant’s app',
};

/** 子商户号 */
export const sub_mch_id: Row = {
  name: 'sub_mch_id',
  title: '子商户号',
  type: 'string',
  max: 32,
  required: false,
  pattern: /^\d{8,10}$/,
  form: '8 to 10 digits',
  example: '1900000110',
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

/** 签名类型 */
export const sign_type: Row = {
  name: 'sign_type',
  title: '签名类型',
  type: 'string',
  max: 32,
  required: false,
  values: ['MD5', 'HMAC-SHA256'],
  make: ({ sign_type }) => (sign_type === 'MD5' ? undefined : sign_type),
  doc: 'The algorithm; MD5 when absent. Real HMAC-SHA256 notifications exist with it and without it',
  source: 'WxJava #1407 (with), #1585, #1671, #1633 (without)',
};

/** 业务结果 */
export const result_code: Row = {
  name: 'result_code',
  title: '业务结果',
  type: 'string',
  max: 16,
  required: true,
  values: ['SUCCESS', 'FAIL'],
  make: () => 'SUCCESS',
  doc: 'Whether the payment succeeded',
};

/** 错误代码 */
export const err_code: Row = {
  name: 'err_code',
  title: '错误代码',
  type: 'string',
  max: 32,
  required: false,
  make: ({ get }) => (get('result_code') === 'FAIL' ? 'SYSTEMERROR' : undefined),
  doc: 'Why the payment failed, as a code',
};

/** 错误代码描述 */
export const err_code_des: Row = {
  name: 'err_code_des',
  title: '错误代码描述',
  type: 'string',
  max: 128,
  required: false,
  make: ({ get }) => (get('result_code') === 'FAIL' ? '系统错误' : undefined),
  doc: 'Why the payment failed, in words',
};

/** 设备号 */
export const device_info: Row = {
  name: 'device_info',
  title: '设备号',
  type: 'string',
  max: 32,
  required: false,
  example: '013467007045764',
  doc: 'The terminal the order was placed with',
};

/** 用户标识 */
export const openid: Row = {
  name: 'openid',
  title: '用户标识',
  type: 'string',
  max: 128,
  required: true,
  make: ({ source }) => newOpenid(source),
  doc: 'The payer, as the appid knows them',
};

/** 是否关注公众账号 */
export const is_subscribe: Row = {
  name: 'is_subscribe',
  title: '是否关注公众账号',
  type: 'string',
  max: 1,
  required: false,
  values: ['Y', 'N'],
  make: ({ get }) => (get('trade_type') === 'JSAPI' ? 'Y' : 'N'),
  doc: 'Whether the payer follows the official account',
};

/** 交易类型 */
export const trade_type: Row = {
  name: 'trade_type',
  title: '交易类型',
  type: 'string',
  max: 16,
  required: true,
  values: ['JSAPI', 'NATIVE', 'APP', 'MWEB', 'MICROPAY'],
  make: () => 'JSAPI',
  doc: 'How it was paid; MWEB is H5',
};

/** 付款银行 */
export const bank_type: Row = {
  name: 'bank_type',
  title: '付款银行',
  type: 'string',
  max: 32,
  required: true,
  make: () => 'OTHERS',
  doc: 'The payer’s bank, or OTHERS',
};

/** 订单金额 */
export const total_fee: Row = {
  name: 'total_fee',
  title: '订单金额',
  type: 'fen',
  max: 10,
  required: true,
  make: () => '100',
  doc: 'The order’s amount, in fen',
};

/** 委托代扣协议id */
export const contract_id: Row = {
  name: 'contract_id',
  title: '委托代扣协议id',
  type: 'string',
  max: 64,
  required: true,
  make: ({ source }) => contractId(source),
  doc: 'The contract that was charged',
};
