/** Published v3 vectors: encryption in both directions, signatures. */
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decryptAead, encryptAead } from '../../src/protocol/aead.ts';
import type { V3Credentials } from '../../src/protocol/platform-key.ts';
import { Secret } from '../../src/protocol/secret.ts';
import { readJson } from '../../src/protocol/v3/json.ts';
import { bytesToSign, isSignedBy } from '../../src/protocol/v3/sign.ts';
import { verify } from '../../src/protocol/v3/verify.ts';
import vectors from './v3.json' with { type: 'json' };

describe('AES-256-GCM', () => {
  test.each(vectors.aead)('encrypts $name', ({ plaintext, key, ciphertext, ...binding }) => {
    expect(encryptAead(plaintext, new Secret(key), binding)).toBe(ciphertext);
  });

  test.each(vectors.aead)('decrypts $name', ({ plaintext, key, ciphertext, ...binding }) => {
    expect(decryptAead(ciphertext, new Secret(key), binding)).toBe(plaintext);
  });
});

describe.each(vectors.notifications)('$name', (vector) => {
  const { publicKey, serialNumber } = new X509Certificate(vector.certificate);
  const { timestamp, nonce, signature } = vector;
  const body = Buffer.from(vector.body);

  test('its signature is that of these bytes, and of no others', () => {
    expect(serialNumber).toBe(vector.serial);
    expect(isSignedBy(bytesToSign({ timestamp, nonce }, body), signature, publicKey)).toBe(true);
    expect(isSignedBy(bytesToSign({ timestamp, nonce: `${nonce}0` }, body), signature, publicKey)).toBe(
      false,
    );
  });

  test('is verified as far as its key goes', () => {
    const platform = { serial: serialNumber, publicKey };
    const credentials: V3Credentials = { appid: 'wx', mch_id: '1', api_v3_key: new Secret('x'.repeat(32)), platform }; // prettier-ignore
    const headers = [
      ['Wechatpay-Timestamp', timestamp],
      ['Wechatpay-Nonce', nonce],
      ['Wechatpay-Serial', serialNumber],
      ['Wechatpay-Signature', signature],
    ] as const;
    const { checks } = verify({ headers, body, now: new Date(Number(timestamp) * 1000) }, credentials);
    expect(checks.map(({ step, ok }) => `${step} ${ok}`)).toEqual([
      ...['headers true', 'serial true', 'timestamp true', 'sign true', 'form true', 'decrypt false'],
    ]);
  });

  test('its body has the form that is written here', () => {
    expect(Object.keys(readJson(vector.body) ?? {})).toEqual([
      ...['id', 'create_time', 'resource_type', 'event_type', 'summary'],
      ...['original_type', 'algorithm', 'ciphertext', 'associated_data', 'nonce'].map(
        (name) => `resource.${name}`,
      ),
    ]);
  });
});
