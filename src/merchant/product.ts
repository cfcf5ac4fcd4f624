/** Native mode one: a product's code was scanned, and the platform wants an order for it. */
import { randomBytes } from 'node:crypto';
import type { Pair, V2Credentials } from '../protocol/dialect.ts';
import { sign } from '../protocol/v2/sign.ts';

/**
 * A signed order. A real merchant places it at the platform first (统一下单), which gives the `prepay_id`.
 *
 * @see https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=6_4
 */
export function signedOrder({ appid, mch_id, api_key, sign_type }: V2Credentials): readonly Pair[] {
  const pairs: readonly Pair[] = [
    ['return_code', 'SUCCESS'],
    ['appid', appid],
    ['mch_id', mch_id],
    ['nonce_str', randomBytes(16).toString('hex')],
    ['prepay_id', `wx${randomBytes(17).toString('hex')}`],
    ['result_code', 'SUCCESS'],
  ];
  return [...pairs, ['sign', sign(pairs, api_key, sign_type)]];
}
