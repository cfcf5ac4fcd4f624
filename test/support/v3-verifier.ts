/**
 * A merchant’s verification of API v3 written a second time, from the official document and without a line of `src/`:
 * what it accepts was not recomputed with the recipe under test.
 */
import { createDecipheriv, verify, type KeyObject } from 'node:crypto';
import type { Received } from './server.ts';

/** What a merchant knows. */
export interface Trust {
  readonly publicKey: KeyObject;
  readonly serial: string;
  readonly apiV3Key: string;
}

interface Envelope {
  readonly id: string;
  readonly event_type: string;
  readonly resource: Readonly<Record<'ciphertext' | 'nonce' | 'associated_data', string>>;
}

/** Why a request must be refused; `undefined` when it is authentic, at this moment. */
export function refusal({ headers, body }: Received, trust: Trust, now = Date.now()): string | undefined {
  const of = (name: string): string => String(headers[`wechatpay-${name}`] ?? '');
  if (of('serial') !== trust.serial) return `serial ${of('serial')}`;
  if (Math.abs(now / 1000 - Number(of('timestamp'))) > 300) return `timestamp ${of('timestamp')}`;
  const signed = Buffer.concat([
    Buffer.from(`${of('timestamp')}\n${of('nonce')}\n`, 'utf8'),
    body,
    Buffer.from('\n'),
  ]);
  const right = verify('sha256', signed, trust.publicKey, Buffer.from(of('signature'), 'base64'));
  return right ? undefined : 'signature';
}

/** The resource in a body. */
export function openResource(body: Buffer, key: string): Readonly<Record<string, unknown>> {
  const { resource } = JSON.parse(body.toString('utf8')) as Envelope;
  const bytes = Buffer.from(resource.ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, resource.nonce);
  decipher.setAAD(Buffer.from(resource.associated_data)).setAuthTag(bytes.subarray(-16));
  const text = decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8');
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
