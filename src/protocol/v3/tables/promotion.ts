/** 优惠功能: the coupons that an order was paid with. */
import type { Field, FieldContext } from '../../dialect.ts';
import * as generate from '../../generate.ts';
import { fen, int, nested, text } from './row.ts';

const coupon: readonly Field[] = [
  text('coupon_id', '券ID', {
    make: ({ source }) => generate.digits(source, 17),
    doc: 'The coupon; $n counts from 0. Name any field of a coupon, and the rest of it is generated',
  }),
  text('name', '优惠名称', {
    max: 64,
    required: false,
    value: '单品惠-6',
    doc: 'Its name',
  }),
  text('scope', '优惠范围', {
    required: false,
    values: ['GLOBAL', 'SINGLE'],
    value: 'GLOBAL',
    doc: 'For the whole order, or for single goods',
  }),
  text('type', '优惠类型', {
    required: false,
    values: ['CASH', 'NOCASH'],
    value: 'CASH',
    doc: 'CASH: prepaid by the merchant; NOCASH: not',
  }),
  fen('amount', '优惠券面额', { value: '10', doc: 'What it is worth, in fen' }),
  text('stock_id', '活动ID', {
    required: false,
    make: ({ source }) => generate.digits(source, 8),
    doc: 'The campaign that it belongs to',
  }),
  fen('wechatpay_contribute', '微信出资', {
    required: false,
    value: '0',
    doc: 'What of it WeChat Pay bears, in fen',
  }),
  fen('merchant_contribute', '商户出资', {
    required: false,
    doc: 'What of it the merchant bears, in fen',
  }),
  fen('other_contribute', '其他出资', {
    required: false,
    value: '0',
    doc: 'What of it others bear, in fen',
  }),
  text('currency', '优惠币种', {
    max: 16,
    required: false,
    value: 'CNY',
    doc: 'The currency of the amounts',
  }),
  text('goods_detail.$n.goods_id', '商品编码', { value: 'M1006', doc: 'The goods' }),
  int('goods_detail.$n.quantity', '商品数量', {
    value: '1',
    doc: 'How many were bought',
  }),
  fen('goods_detail.$n.unit_price', '商品单价', {
    value: '100',
    doc: 'What one costs, in fen',
  }),
  fen('goods_detail.$n.discount_amount', '商品优惠金额', {
    value: '0',
    doc: 'What is taken off, in fen',
  }),
  text('goods_detail.$n.goods_remark', '商品备注', {
    max: 128,
    required: false,
    example: '商品备注信息',
    doc: 'What the merchant says of them',
  }),
];

/** The rows of a list of coupons; whoever names one field of a coupon has the rest of it generated. */
export function promotionDetail(list: string): readonly Field[] {
  const borne: Field['make'] = ({ get }) => get(`${list}.$n.amount`);
  const rows = coupon.map((row) => (row.name === 'merchant_contribute' ? { ...row, make: borne } : row));
  return nested(`${list}.$n`, rows);
}

/** What the coupons in a list are worth together, in fen. */
export function couponsOf(get: FieldContext['get'], list: string): number {
  let total = 0;
  for (let index = 0; ; index++) {
    const value = get(`${list}.${index}.amount`);
    if (value === undefined) return total;
    total += Number(value);
  }
}
