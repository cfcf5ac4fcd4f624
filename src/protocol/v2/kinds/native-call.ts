import type { Field, Kind } from '../../dialect.ts';
import { digits } from '../../generate.ts';
import * as rows from '../rows.ts';

/** In the order of real captures, which is not the ASCII order. */
const fields: readonly Field[] = [
  { ...rows.appid, doc: 'The app that the code belongs to' },
  { ...rows.openid, doc: 'Who scanned the code' },
  rows.mch_id,
  { ...rows.is_subscribe, required: true, make: () => 'N', doc: 'Whether they follow the official account' },
  rows.nonce_str,
  {
    name: 'product_id',
    title: '商品ID',
    type: 'string',
    max: 32,
    required: true,
    make: ({ source }) => `P${digits(source, 6)}`,
    doc: 'The product whose code was scanned: the merchant’s own number, which is in the code',
  },
];

/** 扫码支付模式一: a product's code was scanned. The merchant answers with an order, not with an acknowledgement. */
export const nativeCall: Kind = {
  id: 'v2/native-call',
  title: '扫码支付模式一回调',
  summary: 'A product’s code was scanned, and the platform asks for an order (native mode one)',
  seal: 'signed',
  names_algorithm: 'sign_type',
  marks: ['openid', 'product_id'],
  owner: { appid: 'appid', mch_id: 'mch_id' },
  answer: 'order',
  fields,
  layout: { root: 'xml', order: 'table', separator: '\n…', plain: [] },
  rules: [],
  shares: ['openid', 'product_id'],
  source: 'https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=6_4',
};
