/**
 * A merchant's verification written a second time, from the official document and without a line of `src/`:
 * what it accepts was not recomputed with the recipe under test.
 */
import { createDecipheriv, createHash, createHmac } from 'node:crypto';

/** The elements of a flat message, in order. */
export function elements(xml: string): [name: string, value: string][] {
  const inner = /^<(\w+)>([\s\S]*)<\/\1>$/.exec(xml)?.[2];
  if (inner === undefined) throw new Error(`not one root element: ${xml}`);
  const found = inner.matchAll(/<(\w+)>(?:((?:<!\[CDATA\[[\s\S]*?\]\]>)+)|([^<]*))<\/\1>/g);
  return Array.from(found, ([, name = '', cdata, plain = '']) => {
    const value = cdata?.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1') ?? plain;
    return [name, value.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))];
  });
}

/** The signature that the fields of a message must carry. */
export function expectedSign(fields: [string, string][], key: string, type = 'MD5'): string {
  const signed = fields.filter(([name, value]) => name !== 'sign' && value !== '');
  signed.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const text = `${signed.map(([name, value]) => `${name}=${value}`).join('&')}&key=${key}`;
  const hash = type === 'MD5' ? createHash('md5') : createHmac('sha256', key);
  return hash.update(text).digest('hex').toUpperCase();
}

/** The inner XML of an event. */
export function openEvent(fields: Readonly<Record<string, string>>, key: string): string {
  const { event_ciphertext = '', event_nonce = '', event_associated_data = '' } = fields;
  const bytes = Buffer.from(event_ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, event_nonce);
  decipher.setAAD(Buffer.from(event_associated_data));
  decipher.setAuthTag(bytes.subarray(bytes.length - 16));
  return decipher.update(bytes.subarray(0, bytes.length - 16), undefined, 'utf8') + decipher.final('utf8');
}

/** The inner XML of a refund. */
export function openRefund(req_info: string, key: string): string {
  const aesKey = createHash('md5').update(key).digest('hex');
  const decipher = createDecipheriv('aes-256-ecb', aesKey, '');
  return decipher.update(req_info, 'base64', 'utf8') + decipher.final('utf8');
}
