/** A payment by API v2. */
import { Refusal } from '../refusal.mjs';
import { assertOurs, fen, required } from './fields.mjs';
import { verifySignature } from './signature.mjs';
import { parseXml } from './xml.mjs';

/**
 * @param {string} body
 * @param {{ config: import('../config.mjs').Config, orders: object }} shop
 */
export async function takePayment(body, { config, orders }) {
  const fields = parseXml(body, 'xml');
  verifySignature(fields, config.apiKey);
  assertOurs(fields, config);
  if (fields.get('return_code') !== 'SUCCESS') throw new Refusal('return_code is not SUCCESS');
  if (required(fields, 'result_code') !== 'SUCCESS') return; // it was not paid: nothing to do
  await orders.pay({
    orderId: required(fields, 'out_trade_no'),
    transactionId: required(fields, 'transaction_id'),
    total: fen(fields, 'total_fee'),
    currency: fields.get('fee_type') ?? 'CNY',
  });
}
