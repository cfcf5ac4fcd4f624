/** Rows that many kinds share, word for word in the official tables. */
import type { Field } from '../../dialect.ts';
import * as generate from '../../generate.ts';
import { couponsOf } from './promotion.ts';
import { fen, text, time } from './row.ts';

const APPID = { pattern: /^(wx|ww)[0-9a-z]{16}$/, form: 'wx and 16 lower-case letters or digits' };
const MCHID = { pattern: /^\d{8,10}$/, form: '8 to 10 digits' };
const NUMBER = { pattern: /^[0-9A-Za-z_\-|*@]+$/, form: 'letters, digits and _-|*@' };

/** 应用ID */
export const appid = text('appid', '应用ID', {
  ...APPID,
  make: ({ merchant }) => merchant.appid,
  doc: 'The app the order was placed for',
});

/** 商户号 */
export const mchid = text('mchid', '商户号', {
  ...MCHID,
  make: ({ merchant }) => merchant.mch_id,
  doc: 'The merchant; v3 spells it without an underscore',
});

/** 服务商应用ID */
export const sp_appid: Field = {
  ...appid,
  name: 'sp_appid',
  title: '服务商应用ID',
  doc: 'The service provider’s app',
};

/** 服务商户号 */
export const sp_mchid: Field = {
  ...mchid,
  name: 'sp_mchid',
  title: '服务商户号',
  doc: 'The service provider',
};

/** 子商户应用ID */
export const sub_appid = text('sub_appid', '子商户应用ID', {
  ...APPID,
  required: false,
  example: 'wx8888888888888887',
  doc: 'The sub-merchant’s app',
});

/** 子商户号 */
export const sub_mchid = text('sub_mchid', '子商户号', {
  ...MCHID,
  value: '1900000110',
  doc: 'The sub-merchant',
});

/** 商户订单号 */
export const out_trade_no = text('out_trade_no', '商户订单号', {
  ...NUMBER,
  make: ({ source }) => generate.merchantNumber(source, 'WXN'),
  doc: 'The merchant’s own order number',
});

/** 微信支付订单号 */
export const transaction_id = text('transaction_id', '微信支付订单号', {
  pattern: /^\d{28}$/,
  form: '28 digits',
  make: ({ source }) => generate.transactionId(source),
  doc: 'The platform’s number: 28 digits with the date in the middle',
});

/** 交易类型 */
export const trade_type = text('trade_type', '交易类型', {
  max: 16,
  values: ['JSAPI', 'NATIVE', 'APP', 'MICROPAY', 'MWEB', 'FACEPAY'],
  value: 'JSAPI',
  doc: 'How it was paid; MWEB is H5',
});

/** 交易状态 */
export const trade_state = text('trade_state', '交易状态', {
  values: ['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR'],
  value: 'SUCCESS',
  doc: 'How the order stands; only SUCCESS is ever notified',
});

/** 交易状态描述 */
export const trade_state_desc = text('trade_state_desc', '交易状态描述', {
  max: 256,
  value: '支付成功',
  doc: 'trade_state in words',
});

/** 银行类型 */
export const bank_type = text('bank_type', '银行类型', {
  value: 'OTHERS',
  doc: 'The payer’s bank, or OTHERS',
});

/** 商户数据包 */
export const attach = text('attach', '商户数据包', {
  max: 128,
  required: false,
  value: '',
  doc: 'What the merchant gave when the order was placed; there and empty when that was nothing',
  source: 'captures: seven decrypted payments of 2021 to 2023 in public repositories',
});

/** 支付完成时间 */
export const success_time = time('success_time', '支付完成时间', {
  make: ({ source }) => generate.time(source.now()),
  doc: 'When it was paid, in UTC+8',
});

/** 用户标识 */
export const openid = text('openid', '用户标识', {
  max: 128,
  make: ({ source }) => generate.openid(source),
  doc: 'The user, as the app knows them',
});

/** 创建时间 */
export const create_time = time('create_time', '创建时间', {
  make: ({ source }) => generate.time(source.now()),
  doc: 'When it was made, in UTC+8',
});

/** 更新时间 */
export const update_time = time('update_time', '更新时间', {
  make: ({ source }) => generate.time(source.now()),
  doc: 'When it changed last, in UTC+8',
});

/** 订单金额 */
export const amount: readonly Field[] = [
  fen('amount.total', '总金额', { value: '100', doc: 'The order’s amount, in fen' }),
  fen('amount.payer_total', '用户支付金额', {
    make: ({ get }) =>
      String(Math.max(0, Number(get('amount.total') ?? 0) - couponsOf(get, 'promotion_detail'))),
    doc: 'What the payer paid, in fen: total without coupons',
  }),
  text('amount.currency', '货币类型', { max: 16, value: 'CNY', doc: 'The currency of the order' }),
  text('amount.payer_currency', '用户支付币种', {
    max: 16,
    value: 'CNY',
    doc: 'The currency of the payment',
  }),
];

/** 场景信息 */
export const scene_info = text('scene_info.device_id', '商户端设备号', {
  required: false,
  example: '013467007045764',
  doc: 'The terminal the order was placed with',
});
