/** Notifications of API v3 signed and encrypted rightly and wrongly, by code that shares nothing with `src/`. */
import { createCipheriv, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

export const V3_KEY = 'Explain0nlyV3keyExplain0nlyV3key';
export const SERIAL = '5A1B2C3D4E5F60718293A4B5C6D7E8F901234567';
export const TIMESTAMP = '1767240000';
export const NONCE = 'zz0Hx4BPQJ5M6vmHfveBOuTABJVjLjE6';
export const RESOURCE_NONCE = 'fdasflkja484';

/** Made anew: no private key lies about in the tree. */
export const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A payment, as the platform writes it. */
export const RESOURCE =
  '{"mchid":"10000100","appid":"wx2421b1c4370ec43b","out_trade_no":"A1","transaction_id":"4200000001202601010000000001","trade_type":"JSAPI","trade_state":"SUCCESS","trade_state_desc":"支付成功","bank_type":"OTHERS","attach":"","success_time":"2026-01-01T12:00:00+08:00","payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},"amount":{"total":100,"payer_total":100,"currency":"CNY","payer_currency":"CNY"}}';

export interface Sealing {
  readonly key?: string | Buffer;
  readonly nonce?: string;
  readonly data?: string;
  readonly text?: string;
}

/** AES-256-GCM, the tag at the end. */
export function encrypted({
  key = V3_KEY,
  nonce = RESOURCE_NONCE,
  data = 'transaction',
  text = RESOURCE,
}: Sealing = {}): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(data));
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

export interface Envelope {
  readonly [name: string]: unknown;
  readonly resource: Readonly<Record<string, unknown>>;
}

/** The envelope around a ciphertext, in the platform's order. */
export function envelopeOf(ciphertext: string, resource: Readonly<Record<string, unknown>> = {}): Envelope {
  return {
    id: '6c9d3b0e-1f2a-5b4c-8d7e-9f0a1b2c3d4e',
    create_time: '2026-01-01T12:00:00+08:00',
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    resource: {
      original_type: 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext,
      associated_data: 'transaction',
      nonce: RESOURCE_NONCE,
      ...resource,
    },
  };
}

export const ENVELOPE = envelopeOf(encrypted().toString('base64'));
export const BODY = JSON.stringify(ENVELOPE);

/** The three lines, as they should be. */
export function messageOf(body: string | Buffer = BODY, timestamp = TIMESTAMP, nonce = NONCE): Buffer {
  return Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), Buffer.from(body), Buffer.from('\n')]);
}

export function signed(
  message: string | Buffer,
  key: KeyObject = platform.privateKey,
  hash = 'RSA-SHA256',
): string {
  return createSign(hash).update(message).sign(key, 'base64');
}

export type Headers = readonly (readonly [name: string, value: string])[];

/** The signature's headers; those of `changes` in the place of the right ones, `null` takes one out. */
export function headersOf(signature: string, changes: Readonly<Record<string, string | null>> = {}): Headers {
  const all: Record<string, string | null> = {
    'Wechatpay-Timestamp': TIMESTAMP,
    'Wechatpay-Nonce': NONCE,
    'Wechatpay-Serial': SERIAL,
    'Wechatpay-Signature': signature,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
    ...changes,
  };
  return Object.entries(all).filter((header): header is [string, string] => header[1] !== null);
}

/** Blanks behind `,` and `:`, as Python writes JSON. */
export function spaced(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `"${key}": ${spaced(inner)}`);
  return `{${entries.join(', ')}}`;
}

export function escapedUnicode(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    const unit = text.charCodeAt(index);
    return unit < 0x80 ? text[index] : `\\u${unit.toString(16).padStart(4, '0')}`;
  }).join('');
}

/** Keys in the order of the alphabet, on both levels. */
export function sortedKeys({ resource, ...rest }: Envelope): Envelope {
  const sort = (data: object): object =>
    Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sort({ ...rest, resource: sort(resource) }) as Envelope;
}
