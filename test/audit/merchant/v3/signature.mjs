/** The signature of API v3. */
import { verify } from 'node:crypto';
import { Refusal } from '../refusal.mjs';

const WINDOW_SECONDS = 300;

/**
 * Refuses what the platform did not sign just now.
 *
 * @param {{ headers: Record<string, string>, body: string }} request
 * @param {Map<string, import('node:crypto').KeyObject>} platformKeys
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053420
 */
export function verifyRequest({ headers, body }, platformKeys) {
  const timestamp = header(headers, 'wechatpay-timestamp');
  const nonce = header(headers, 'wechatpay-nonce');
  const signature = header(headers, 'wechatpay-signature');
  const key = platformKeys.get(header(headers, 'wechatpay-serial'));
  if (!key) throw new Refusal('the serial is unknown', 401);
  if (!isRecent(timestamp)) throw new Refusal('it was not signed just now', 401);
  const text = `${timestamp}\n${nonce}\n${body}\n`;
  if (!verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64')))
    throw new Refusal('the signature is wrong', 401);
}

function header(headers, name) {
  const value = headers[name];
  if (!value) throw new Refusal(`there is no ${name}`, 401);
  return value;
}

function isRecent(timestamp) {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(Date.now() / 1000 - Number(timestamp)) <= WINDOW_SECONDS;
}
