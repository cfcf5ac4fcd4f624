/** A refund by API v2: not signed, but encrypted. */
import { createDecipheriv, createHash } from 'node:crypto';
import { Refusal } from '../refusal.mjs';
import { assertOurs, fen, required } from './fields.mjs';
import { parseXml } from './xml.mjs';

/**
 * @param {string} body
 * @param {{ config: import('../config.mjs').Config, orders: object }} shop
 */
export async function takeRefund(body, { config, orders }) {
  const outer = parseXml(body, 'xml');
  assertOurs(outer, config);
  const inner = parseXml(open(required(outer, 'req_info'), config.apiKey), 'root');
  if (required(inner, 'refund_status') !== 'SUCCESS') return; // no money went back
  await orders.refund({
    orderId: required(inner, 'out_trade_no'),
    transactionId: required(inner, 'transaction_id'),
    refundNo: required(inner, 'out_refund_no'),
    amount: fen(inner, 'refund_fee'),
  });
}

/** @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_16 */
function open(reqInfo, apiKey) {
  const key = createHash('md5').update(apiKey).digest('hex');
  try {
    const decipher = createDecipheriv('aes-256-ecb', key, null);
    return decipher.update(reqInfo, 'base64', 'utf8') + decipher.final('utf8');
  } catch {
    throw new Refusal('req_info does not decrypt');
  }
}
