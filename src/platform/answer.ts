/** What the platform answers to API v3, with its signature. */
import { randomBytes, sign } from 'node:crypto';
import type { PlatformKeys } from './keys.ts';

/** An answer before it is signed. */
export interface Answer {
  readonly status: number;
  readonly json: object;
}

/** The body as it is sent, and every header that the platform adds to it. */
export interface SignedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Signs an answer as of a moment.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function signAnswer(
  { status, json }: Answer,
  { privateKey, signer }: Pick<PlatformKeys, 'privateKey' | 'signer'>,
  now: Date,
): SignedAnswer {
  const body = JSON.stringify(json);
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signature = sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), privateKey);
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-cache, must-revalidate',
    'Content-Language': 'zh-CN',
    'Request-ID': randomBytes(16).toString('hex').toUpperCase(),
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': signer,
    'Wechatpay-Signature': signature.toString('base64'),
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
    'Wechatpay-Timestamp': timestamp,
  };
  return { status, headers, body };
}
