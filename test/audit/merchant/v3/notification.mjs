/** A notification by API v3: one URL for all of them. */
import { Refusal } from '../refusal.mjs';
import { openResource } from './resource.mjs';
import { verifyRequest } from './signature.mjs';

/**
 * @param {{ headers: Record<string, string>, body: string }} request
 * @param {{ config: import('../config.mjs').Config, orders: object }} shop
 */
export async function takeNotification(request, { config, orders }) {
  verifyRequest(request, config.platformKeys);
  const { event_type: event, resource } = parseJson(request.body);
  const content = openResource(resource, config.apiV3Key);
  if (content.mchid !== config.mchId) throw new Refusal('it is for another merchant');
  if (event === 'TRANSACTION.SUCCESS') await takePayment(content, resource, { config, orders });
  else if (event === 'REFUND.SUCCESS') await takeRefund(content, resource, { orders });
  // others move no money here, and are acknowledged
}

async function takePayment(content, { original_type: type }, { config, orders }) {
  if (type !== 'transaction') throw new Refusal('it does not hold a transaction');
  if (content.appid !== config.appid) throw new Refusal('it is for another app');
  if (content.trade_state !== 'SUCCESS') return; // it was not paid: nothing to do
  await orders.pay({
    orderId: text(content.out_trade_no),
    transactionId: text(content.transaction_id),
    total: fen(content.amount?.total),
    currency: content.amount.currency ?? 'CNY',
  });
}

async function takeRefund(content, { original_type: type }, { orders }) {
  if (type !== 'refund') throw new Refusal('it does not hold a refund');
  if (content.refund_status !== 'SUCCESS') return; // no money went back
  await orders.refund({
    orderId: text(content.out_trade_no),
    transactionId: text(content.transaction_id),
    refundNo: text(content.out_refund_no),
    amount: fen(content.amount?.refund),
  });
}

function parseJson(body) {
  try {
    return Object(JSON.parse(body));
  } catch {
    throw new Refusal('the body is not JSON');
  }
}

function text(value) {
  if (typeof value !== 'string' || value === '') throw new Refusal('a number of an order is missing');
  return value;
}

function fen(value) {
  if (!Number.isSafeInteger(value) || value < 0) throw new Refusal('the amount is no amount');
  return value;
}
