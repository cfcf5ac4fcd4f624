/** The answer to `GET /v3/certificates`: the platform’s certificate, sealed with the merchant’s APIv3 key. */
import { randomBytes } from 'node:crypto';
import type { Secret } from '../protocol/secret.ts';
import { encryptAead } from '../protocol/aead.ts';
import type { Answer } from './answer.ts';
import { certificateIn, type PlatformKeys } from './keys.ts';

/** Whose certificates are asked for. */
export interface Owner {
  readonly keys: PlatformKeys;
  /** The key before, while keys change: both certificates are given out. */
  readonly before?: PlatformKeys | undefined;
  /** 32 bytes. */
  readonly apiV3Key: Secret;
}

/**
 * The list, with its keys in the order that real answers have. A merchant who has only the public key gets the error that
 * the platform gives.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 * @see https://github.com/binarywang/WxJava/issues/3412 for the error
 */
export function certificateList({ keys, before, apiV3Key }: Owner): Answer {
  if (keys.mode === 'public-key') return NO_CERTIFICATE;
  const data = [keys, before].flatMap((key) => (key ? entryOf(key, apiV3Key) : []));
  return data.length === 0 ? NO_CERTIFICATE : { status: 200, json: { data } };
}

function entryOf({ certificatePem, serial }: PlatformKeys, apiV3Key: Secret): readonly object[] {
  const certificate = certificatePem === undefined ? undefined : certificateIn(certificatePem);
  if (certificatePem === undefined || !certificate) return [];
  const nonce = randomBytes(6).toString('hex');
  const associated_data = 'certificate';
  const ciphertext = encryptAead(certificatePem, apiV3Key, { nonce, associated_data });
  const entry = {
    effective_time: inChina(certificate.validFrom),
    encrypt_certificate: { algorithm: 'AEAD_AES_256_GCM', associated_data, ciphertext, nonce },
    expire_time: inChina(certificate.validTo),
    serial_no: serial,
  };
  return [entry];
}

const NO_CERTIFICATE: Answer = {
  status: 404,
  json: {
    code: 'RESOURCE_NOT_EXISTS',
    message: '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。',
  },
};

/** RFC 3339 with China’s offset. */
function inChina(time: string): string {
  const shifted = new Date(new Date(time).getTime() + 8 * 60 * 60 * 1000);
  return shifted.toISOString().replace(/\.\d+Z$/, '+08:00');
}
