/** Who the merchant is, as it is told by the environment. */
import { createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Config
 * @property {string} appid
 * @property {string} mchId
 * @property {string} apiKey 32 characters: signs API v2
 * @property {string} apiV3Key 32 bytes: encrypts API v3
 * @property {Map<string, import('node:crypto').KeyObject>} platformKeys by what `Wechatpay-Serial` names them with
 */

/**
 * @param {Record<string, string | undefined>} env APPID, MCH_ID, API_KEY, API_V3_KEY, PLATFORM_CERT (a file) and, for the
 *   public-key mode, PLATFORM_PUBLIC_KEY (a file) with PLATFORM_PUBLIC_KEY_ID
 * @returns {Config}
 * @throws when one of them is not there
 */
export function readConfig(env) {
  return {
    appid: required(env, 'APPID'),
    mchId: required(env, 'MCH_ID'),
    apiKey: required(env, 'API_KEY'),
    apiV3Key: required(env, 'API_V3_KEY'),
    platformKeys: platformKeys(env),
  };
}

function required(env, name) {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

function platformKeys(env) {
  const certificate = new X509Certificate(readFileSync(required(env, 'PLATFORM_CERT')));
  const keys = new Map([[certificate.serialNumber, certificate.publicKey]]);
  const { PLATFORM_PUBLIC_KEY: file, PLATFORM_PUBLIC_KEY_ID: id } = env;
  if (file && id) keys.set(id, createPublicKey(readFileSync(file)));
  return keys;
}
