/** Makes a stand-in platform key. It is really random: no seed makes the same one again. */
import { generateKeyPair, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { makeCertificate } from './certificate.ts';

/** A new key, as texts for files. */
export interface NewKey {
  readonly privateKeyPem: string;
  readonly publicKeyPem: string;
  readonly certificatePem: string;
  readonly serial: string;
  readonly publicKeyId: string;
}

const HOUR = 60 * 60 * 1000;

/** As long as the platform’s own certificates. */
const VALID = 5 * 365 * 24 * HOUR;

/** Makes an RSA key with a certificate and with an id, so that both modes can be configured. */
export async function makePlatformKey(mchId: string, now: Date): Promise<NewKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const serial = newSerial();
  const from = new Date(Math.floor(now.getTime() / 1000) * 1000 - HOUR); // for clocks that are behind
  const certificatePem = makeCertificate(privateKey, { serial, from, to: new Date(from.getTime() + VALID) });
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    certificatePem,
    serial,
    publicKeyId: newPublicKeyId(mchId, now),
  };
}

/** An APIv3 key: 32 letters and digits. */
export function makeApiV3Key(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: 32 }, () => letters.charAt(randomInt(letters.length))).join('');
}

/** 40 digits without a leading zero, and positive: the most that RFC 5280 §4.1.2.2 allows. */
function newSerial(): string {
  const bytes = randomBytes(20);
  bytes.writeUInt8(randomInt(0x10, 0x80), 0);
  return bytes.toString('hex').toUpperCase();
}

/**
 * 34 digits, as seen in the field: 01, the merchant in ten digits, the day in China, then 00 and six digits, 00 and
 * four (`PUB_KEY_ID_0119000001092026010100123456001234`).
 */
function newPublicKeyId(mchId: string, now: Date): string {
  const merchant = /^\d{1,10}$/.test(mchId) ? mchId.padStart(10, '0') : '0'.repeat(10);
  const day = new Date(now.getTime() + 8 * HOUR).toISOString().slice(0, 10).replaceAll('-', '');
  const [first, second] = [randomInt(1e6), randomInt(1e4)];
  return `PUB_KEY_ID_01${merchant}${day}00${digits(first, 6)}00${digits(second, 4)}`;
}

function digits(number: number, length: number): string {
  return String(number).padStart(length, '0');
}
