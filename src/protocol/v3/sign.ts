/** The signature of API v3: RSA, SHA-256, PKCS#1 v1.5, over the moment, a nonce and the body. */
import { createSign, createVerify, sign as signBytes, type KeyObject } from 'node:crypto';

/** The algorithm, as the header names it. */
export const SIGN_TYPE = 'WECHATPAY2-SHA256-RSA2048';

/** When something was signed, and the nonce that makes it unique. */
export interface Moment {
  /** Seconds since 1970. */
  readonly timestamp: string;
  readonly nonce: string;
}

/**
 * What is signed: three lines, each of which ends in a line feed.
 *
 * @see https://pay.weixin.qq.com/wiki/doc/apiv3/wechatpay/wechatpay4_1.shtml
 */
export function bytesToSign({ timestamp, nonce }: Moment, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
}

/** Signs; base64. PKCS#1 v1.5 has no dice: the same bytes have the same signature. */
export function sign(bytes: Uint8Array, key: KeyObject): string {
  return createSign('RSA-SHA256').update(bytes).sign(key, 'base64');
}

/** The same on another thread: who sends goes on sending meanwhile. */
export async function signLater(bytes: Uint8Array, key: KeyObject): Promise<string> {
  return new Promise((resolve, reject) => {
    signBytes('RSA-SHA256', bytes, key, (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString('base64'));
    });
  });
}

/** Whether a signature is that of these bytes. */
export function isSignedBy(bytes: Uint8Array, signature: string, key: KeyObject): boolean {
  return createVerify('RSA-SHA256').update(bytes).verify(key, signature, 'base64');
}
