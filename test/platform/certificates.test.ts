/** `GET /v3/certificates`, read with the rules of the documents and nothing of ours. */
import { createDecipheriv, createVerify } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEndpoint, type Asked } from '../../src/platform/endpoint.ts';
import { demoKeyTexts } from '../../src/platform/demo-key.ts';
import { readPlatformKeys, type KeyMode, type PlatformKeys } from '../../src/platform/keys.ts';
import { makePlatformKey } from '../../src/platform/make-keys.ts';
import { Secret } from '../../src/protocol/secret.ts';

const API_V3_KEY = 'TestsOnlyV3keyTestsOnlyV3keyTest';
const NOW = new Date('2026-01-02T03:04:05.678Z');

interface Served {
  readonly url: string;
  readonly keys: PlatformKeys;
  readonly asked: readonly Asked[];
}

async function served(mode: KeyMode = 'certificate', before?: PlatformKeys): Promise<Served> {
  const keys = readPlatformKeys({ ...demoKeyTexts, mode });
  if (typeof keys === 'string') throw new Error(keys);
  const asked: Asked[] = [];
  const owner = { keys, before, apiV3Key: new Secret(API_V3_KEY) };
  const endpoint = await startEndpoint({
    ...owner,
    port: 0,
    now: () => NOW,
    onRequest: (request) => asked.push(request),
  });
  onTestFinished(endpoint.close);
  return { url: endpoint.url, keys, asked };
}

function verified(headers: Headers, body: string, publicKey: PlatformKeys['publicKey']): boolean {
  const text = `${headers.get('wechatpay-timestamp')}\n${headers.get('wechatpay-nonce')}\n${body}\n`;
  const signature = headers.get('wechatpay-signature') ?? '';
  return createVerify('RSA-SHA256').update(text).verify(publicKey, signature, 'base64');
}

interface List {
  readonly data: readonly {
    readonly effective_time: string;
    readonly encrypt_certificate: Readonly<
      Record<'algorithm' | 'associated_data' | 'ciphertext' | 'nonce', string>
    >;
    readonly expire_time: string;
    readonly serial_no: string;
  }[];
}

function opened({ encrypt_certificate: sealed }: List['data'][number]): string {
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', API_V3_KEY, sealed.nonce);
  decipher.setAAD(Buffer.from(sealed.associated_data)).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString();
}

describe('the list', () => {
  test('has the certificate, sealed; keys in the order of real answers', async () => {
    const { url, keys } = await served();
    const response = await fetch(`${url}/v3/certificates`);
    expect(response.status).toBe(200);
    const body = await response.text();
    const [entry] = (JSON.parse(body) as List).data;
    if (!entry) throw new Error(body);
    expect(Object.keys(entry)).toEqual(['effective_time', 'encrypt_certificate', 'expire_time', 'serial_no']);
    expect(Object.keys(entry.encrypt_certificate)).toEqual([
      'algorithm',
      'associated_data',
      'ciphertext',
      'nonce',
    ]);
    expect(entry).toMatchObject({
      effective_time: '2020-01-01T08:00:00+08:00',
      expire_time: '2049-12-31T08:00:00+08:00',
      serial_no: keys.serial,
      encrypt_certificate: { algorithm: 'AEAD_AES_256_GCM', associated_data: 'certificate' },
    });
    expect(entry.encrypt_certificate.nonce).toMatch(/^[\x21-\x7e]{12}$/);
    expect(opened(entry)).toBe(keys.certificatePem);
  });

  test('has that of the key before as well, while keys change', async () => {
    const made = await makePlatformKey('1900000109', NOW);
    const before = readPlatformKeys({ ...made, serial: undefined, mode: undefined });
    if (typeof before === 'string') throw new Error(before);
    const { url, keys } = await served('certificate', before);
    const { data } = (await (await fetch(`${url}/v3/certificates`)).json()) as List;
    expect(data.map(({ serial_no }) => serial_no)).toEqual([keys.serial, made.serial]);
    expect(data.map(opened)).toEqual([keys.certificatePem, made.certificatePem]);
  });

  test('is signed', async () => {
    const { url, keys } = await served();
    const response = await fetch(`${url}/v3/certificates`);
    const body = await response.text();
    expect(response.headers.get('wechatpay-serial')).toBe(keys.serial);
    expect(response.headers.get('wechatpay-timestamp')).toBe('1767323045');
    expect(response.headers.get('wechatpay-signature-type')).toBe('WECHATPAY2-SHA256-RSA2048');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(verified(response.headers, body, keys.publicKey)).toBe(true);
    expect(verified(response.headers, `${body} `, keys.publicKey)).toBe(false);
  });

  test('is sealed with another nonce each time', async () => {
    const { url } = await served();
    const bodies = await Promise.all(
      [1, 2, 3].map(async () => (await fetch(`${url}/v3/certificates`)).text()),
    );
    expect(new Set(bodies).size).toBe(3);
  });

  test('a merchant who has only the public key gets the platform’s error', async () => {
    const { url, keys } = await served('public-key');
    const response = await fetch(`${url}/v3/certificates`);
    const body = await response.text();
    expect(response.status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ code: 'RESOURCE_NOT_EXISTS' });
    expect(response.headers.get('wechatpay-serial')).toBe(keys.publicKeyId);
    expect(verified(response.headers, body, keys.publicKey)).toBe(true);
  });
});

test('what else is asked, and by whom', async () => {
  const { url, asked } = await served();
  const authorization =
    'WECHATPAY2-SHA256-RSA2048 mchid="1900000109",nonce_str="n",timestamp="1",serial_no="2",signature="s"';
  const answers = [
    await fetch(`${url}/v3/certificates?algorithm_type=RSA`, { headers: { authorization } }),
    await fetch(`${url}/v3/certificates?algorithm_type=ALL`),
    await fetch(`${url}/v3/certificates?algorithm_type=SM2`),
    await fetch(`${url}/v3/pay/transactions/jsapi`, { method: 'POST', body: '{}' }),
    await fetch(`${url}/v3/certificates`, { method: 'POST', body: '{}' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 404, 404]);
  expect(asked.map(({ mchid }) => mchid)).toEqual(['1900000109', ...Array<undefined>(4).fill(undefined)]);
});
