/**
 * Messages as somebody else's code signs and encrypts them, rightly or wrongly: with `node:crypto` and by hand, without a line
 * of `src/`. The tests of `explain` make each mistake with it.
 */
import { createCipheriv, createHash, createHmac, type BinaryLike } from 'node:crypto';

/** A key in which capitals, small letters and digits all matter. */
export const MIXED_KEY = 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF';

export type Values = Readonly<Record<string, string>>;

/** A payment, in ASCII order of the names. */
export const PAYMENT: Values = {
  appid: 'wx2421b1c4370ec43b',
  attach: 'vip=1&from=app',
  bank_type: 'CFT',
  cash_fee: '300',
  fee_type: 'CNY',
  is_subscribe: 'Y',
  mch_id: '10000100',
  nonce_str: '5d2b6c2a8db53831f7eda20af46e531c',
  openid: 'oUpF8uMEb4qRXf22hE3X68TekukE',
  out_trade_no: '1409811653',
  result_code: 'SUCCESS',
  return_code: 'SUCCESS',
  time_end: '20260102030405',
  total_fee: '300',
  trade_type: 'JSAPI',
  transaction_id: '4200002345202601021234567890',
};

/** The string that its sender must sign, written by hand: only the key is missing behind it. */
export const PAYMENT_TEXT =
  'appid=wx2421b1c4370ec43b&attach=vip=1&from=app&bank_type=CFT&cash_fee=300&fee_type=CNY&is_subscribe=Y&mch_id=10000100' +
  '&nonce_str=5d2b6c2a8db53831f7eda20af46e531c&openid=oUpF8uMEb4qRXf22hE3X68TekukE&out_trade_no=1409811653' +
  '&result_code=SUCCESS&return_code=SUCCESS&time_end=20260102030405&total_fee=300&trade_type=JSAPI' +
  '&transaction_id=4200002345202601021234567890';

/** `name=value` of everything that has a value, as it should be: in the order of the bytes of the names. */
export function partsOf(fields: Values): string[] {
  return Object.entries(fields)
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, value]) => `${name}=${value}`);
}

/** The same, `change` made to every value. */
export function changedParts(fields: Values, change: (value: string) => string): string {
  const changed = Object.entries(fields).map(([name, value]) => [name, change(value)] as const);
  return partsOf(Object.fromEntries(changed)).join('&');
}

export function hashed(algorithm: string, data: BinaryLike): string {
  return createHash(algorithm).update(data).digest('hex').toUpperCase();
}

export function md5(data: BinaryLike): string {
  return hashed('md5', data);
}

export function hmac(data: BinaryLike, key: BinaryLike = MIXED_KEY, algorithm = 'sha256'): string {
  return createHmac(algorithm, key).update(data).digest('hex').toUpperCase();
}

/** The message, its elements in the order of `fields`, with any text as its signature. */
export function messageOf(fields: Values, sign?: string): string {
  const all = sign === undefined ? fields : { ...fields, sign };
  return `<xml>${Object.entries(all)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}</xml>`;
}

/** What a refund hides, as in a capture of 2017. */
export const REFUND_TEXT = `<root>
<out_refund_no><![CDATA[131811191610442717309]]></out_refund_no>
<out_trade_no><![CDATA[71106718111915575302817]]></out_trade_no>
<refund_account><![CDATA[REFUND_SOURCE_RECHARGE_FUNDS]]></refund_account>
<refund_fee><![CDATA[3960]]></refund_fee>
<refund_id><![CDATA[50000408942018111907145868882]]></refund_id>
<refund_recv_accout><![CDATA[支付用户零钱]]></refund_recv_accout>
<refund_request_source><![CDATA[API]]></refund_request_source>
<refund_status><![CDATA[SUCCESS]]></refund_status>
<settlement_refund_fee><![CDATA[3960]]></settlement_refund_fee>
<settlement_total_fee><![CDATA[3960]]></settlement_total_fee>
<success_time><![CDATA[2018-11-19 16:24:13]]></success_time>
<total_fee><![CDATA[3960]]></total_fee>
<transaction_id><![CDATA[4200000215201811190261405420]]></transaction_id>
</root>`;

export interface Encryption {
  readonly key?: BinaryLike & (string | Buffer);
  readonly mode?: string;
  readonly iv?: Buffer | null;
  readonly padding?: boolean;
  readonly plaintext?: string;
}

/** AES of the key's length; ECB unless it is told otherwise. `key` is that of the cipher. */
export function encrypted(options: Encryption = {}): Buffer {
  const { mode = 'ecb', iv = null, padding = true, plaintext = REFUND_TEXT } = options;
  const key = Buffer.from(options.key ?? md5(MIXED_KEY).toLowerCase());
  const cipher = createCipheriv(`aes-${key.length * 8}-${mode}`, key, iv).setAutoPadding(padding);
  return Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
}

/** The notification around it. */
export function refundOf(reqInfo: string): string {
  const { appid = '', mch_id = '', nonce_str = '' } = PAYMENT;
  return messageOf({ return_code: 'SUCCESS', appid, mch_id, nonce_str, req_info: reqInfo });
}
