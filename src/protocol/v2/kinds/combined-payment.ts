import type { Field, FieldContext, Fields, Kind } from '../../dialect.ts';
import { merchantNumber, openid, timestamp, transactionId } from '../../generate.ts';
import * as rows from '../rows.ts';
import { payment } from './payment.ts';

const SOURCE = 'https://pay.weixin.qq.com/wiki/doc/api/combine.php?chapter=24_4&index=5';

const fields: readonly Field[] = [
  rows.return_code,
  rows.return_msg,
  {
    ...rows.appid,
    name: 'combine_appid',
    title: '合单商户appid',
    doc: 'The app the combined order was placed in',
  },
  {
    ...rows.mch_id,
    name: 'combine_mch_id',
    title: '合单商户号',
    doc: 'The merchant who placed the combined order',
  },
  rows.nonce_str,
  rows.device_info,
  { ...rows.openid, name: 'combine_openid', required: false, doc: 'The payer, as combine_appid knows them' },
  {
    ...rows.out_trade_no,
    name: 'combine_out_trade_no',
    title: '合单商户订单号',
    make: ({ source }) => merchantNumber(source, 'WXNC'),
    doc: 'The merchant’s own number of the combined order',
  },
  { ...rows.trade_type, values: ['JSAPI', 'NATIVE', 'APP', 'MWEB'] },
  { ...rows.bank_type, required: false },
  {
    ...rows.sign_type,
    required: true,
    values: ['HMAC-SHA256'],
    make: ({ sign_type }) => sign_type,
    doc: 'The algorithm of the signature',
    source: SOURCE,
  },
  rows.result_code,
  {
    name: 'result_msg',
    title: '业务结果描述',
    type: 'string',
    max: 128,
    required: false,
    example: 'OK',
    doc: 'More about result_code',
  },
  rows.err_code,
  rows.err_code_des,
  {
    name: 'sub_order_list',
    title: '子单信息',
    type: 'json',
    max: 10240,
    required: true,
    make: (context) => JSON.stringify(twoOrders(context)),
    doc: 'JSON in XML: {"order_num":n,"order_list":[{appid, mch_id, openid, total_fee, cash_fee, transaction_id, out_trade_no, attach, time_end}]}; amounts are numbers, in fen',
  },
];

/** 合单支付通知: several merchants' orders were paid at once. */
export const combinedPayment: Kind = {
  id: 'v2/combined-payment',
  title: '合单支付通知',
  summary: 'A combined order of several merchants was paid',
  seal: 'signed',
  sign_type: 'HMAC-SHA256',
  names_algorithm: 'sign_type',
  marks: ['combine_out_trade_no', 'sub_order_list'],
  owner: { appid: 'combine_appid', mch_id: 'combine_mch_id' },
  answer: 'ack',
  fields,
  layout: { ...payment.layout, plain: [] },
  rules: [{ name: 'sub_order_list', broken: wrongOrders, source: SOURCE }],
  shares: ['combine_out_trade_no', 'combine_openid', 'sub_order_list', 'trade_type'],
  source: SOURCE,
};

function twoOrders({ source, merchant, get }: FieldContext): object {
  const order = (label: string, mch_id: string, total_fee: number): object => {
    const own = source.fork(label);
    return {
      appid: merchant.appid,
      mch_id,
      openid: get('combine_openid') ?? openid(own),
      total_fee,
      cash_fee: total_fee,
      transaction_id: transactionId(own.fork('transaction_id')),
      out_trade_no: merchantNumber(own.fork('out_trade_no'), 'WXN'),
      time_end: timestamp(own.now()),
    };
  };
  return {
    order_num: 2,
    order_list: [order('first', merchant.mch_id, 100), order('second', '1900000110', 200)],
  };
}

/** One of the orders in `sub_order_list`. */
export interface SubOrder {
  readonly mch_id: string;
  readonly out_trade_no: string;
  readonly transaction_id: string;
  /** Fen. */
  readonly total_fee: number;
}

/** The orders in a `sub_order_list`, or why they cannot be read. */
export function subOrders(text: string): readonly SubOrder[] | string {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return 'is not JSON';
  }
  const { order_num, order_list } = (list ?? {}) as { order_num?: unknown; order_list?: unknown };
  if (!Array.isArray(order_list)) return 'has no order_list';
  if (order_num !== order_list.length)
    return `says order_num ${String(order_num)}, and has ${order_list.length}`;
  const incomplete = order_list.findIndex((order) => !isSubOrder(order));
  return incomplete === -1
    ? (order_list as readonly SubOrder[])
    : `order ${incomplete + 1} lacks mch_id, out_trade_no, transaction_id or a numeric total_fee`;
}

function isSubOrder(order: unknown): order is SubOrder {
  const { mch_id, out_trade_no, transaction_id, total_fee } = (order ?? {}) as Partial<
    Record<string, unknown>
  >;
  const texts = [mch_id, out_trade_no, transaction_id].every(
    (text) => typeof text === 'string' && text !== '',
  );
  return texts && Number.isInteger(total_fee);
}

function wrongOrders({ sub_order_list = '' }: Fields): string | undefined {
  const read = subOrders(sub_order_list);
  return typeof read === 'string' ? `sub_order_list ${read}` : undefined;
}
