/** The stand-in’s key and certificate, as Node and OpenSSL read them. */
import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { demoKeyTexts } from '../../src/platform/demo-key.ts';
import { readPlatformKeys, type KeyTexts, type PlatformKeys } from '../../src/platform/keys.ts';
import { makeApiV3Key, makePlatformKey } from '../../src/platform/make-keys.ts';
import { temporaryFolder } from '../support/cli.ts';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
}

const NOW = new Date('2026-12-31T20:00:00.500Z'); // in China it is another year
const made = await makePlatformKey('1900000109', NOW);
const texts: KeyTexts = { ...made, serial: undefined, mode: undefined };

function keysOf(changes: Partial<KeyTexts> = {}): PlatformKeys {
  const keys = readPlatformKeys({ ...texts, ...changes });
  if (typeof keys === 'string') throw new Error(keys);
  return keys;
}

describe('a key that is made', () => {
  const certificate = new X509Certificate(made.certificatePem);

  test('has a certificate of the form that the platform’s have', () => {
    expect(made.serial).toMatch(/^[1-7][0-9A-F]{39}$/);
    expect(certificate.serialNumber).toBe(made.serial);
    expect(certificate.ca).toBe(false);
    expect(certificate.checkPrivateKey(createPrivateKey(made.privateKeyPem))).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.subject.split('\n').map((part) => part.split('=')[0])).toEqual([
      'CN',
      'O',
      'OU',
      'C',
      'L',
    ]);
    expect(certificate.subject).toContain('stand-in');
  });

  test('is valid for five years, from before it was made', () => {
    const [from, to] = [certificate.validFrom, certificate.validTo].map((time) => new Date(time).getTime());
    expect(from).toBe(new Date('2026-12-31T19:00:00Z').getTime());
    expect(((to ?? 0) - (from ?? 0)) / 86_400_000).toBe(5 * 365);
  });

  test('has an id as the platform forms them: merchant, day in China, numbers', () => {
    expect(made.publicKeyId).toMatch(/^PUB_KEY_ID_0119000001092027010100\d{6}00\d{4}$/);
  });

  test('of a merchant number that is short, or that is none', async () => {
    expect((await makePlatformKey('10000100', NOW)).publicKeyId).toMatch(/^PUB_KEY_ID_01001000010020270101/);
    expect((await makePlatformKey('me', NOW)).publicKeyId).toMatch(/^PUB_KEY_ID_01000000000020270101/);
  });

  test('is another one each time', async () => {
    const other = await makePlatformKey('1900000109', NOW);
    expect(other.serial).not.toBe(made.serial);
    expect(other.publicKeyPem).not.toBe(made.publicKeyPem);
    expect(other.publicKeyId).not.toBe(made.publicKeyId);
  });

  test.runIf(hasOpenssl())('OpenSSL agrees, strictly', () => {
    const cwd = temporaryFolder();
    const file = path.join(cwd, 'c.pem');
    writeFileSync(file, made.certificatePem);
    const openssl = (...args: string[]): string => execFileSync('openssl', args, { encoding: 'utf8', cwd });
    expect(openssl('x509', '-in', file, '-noout', '-serial')).toBe(`serial=${made.serial}\n`);
    expect(openssl('x509', '-in', file, '-noout', '-pubkey')).toBe(made.publicKeyPem);
    expect(openssl('verify', '-x509_strict', '-attime', '1800000000', '-CAfile', file, file)).toContain('OK');
    const text = openssl('x509', '-in', file, '-noout', '-text');
    expect(text).toContain('Digital Signature, Non Repudiation, Key Encipherment, Data Encipherment');
    expect(text).toContain('sha256WithRSAEncryption');
    writeFileSync(file, made.publicKeyPem);
    const der = execFileSync('openssl', ['pkey', '-pubin', '-in', file, '-outform', 'der']);
    expect(execFileSync('openssl', ['dgst', '-sha256', '-r'], { input: der, encoding: 'utf8' })).toContain(
      keysOf().fingerprint,
    );
  });

  test('the APIv3 key has 32 letters and digits', () => {
    const keys = Array.from({ length: 50 }, makeApiV3Key);
    for (const key of keys) expect(key).toMatch(/^[0-9A-Za-z]{32}$/);
    expect(new Set(keys).size).toBe(50);
  });
});

describe('a key that is read', () => {
  test('signs under the serial number, or under the id', () => {
    expect(keysOf()).toMatchObject({ mode: 'certificate', signer: made.serial });
    expect(keysOf({ mode: 'public-key' })).toMatchObject({ signer: made.publicKeyId, serial: made.serial });
    expect(keysOf({ certificatePem: undefined })).toMatchObject({ mode: 'public-key', serial: undefined });
  });

  test('the serial number is said as the platform says it', () => {
    const serial = `00${made.serial.toLowerCase()}`.slice(2);
    expect(keysOf({ serial }).signer).toBe(made.serial);
    expect(keysOf({ certificatePem: undefined, serial: '00ab12' }).signer).toBe('AB12');
  });

  test('a PKCS#1 file will do', () => {
    const pem = createPrivateKey(made.privateKeyPem).export({ type: 'pkcs1', format: 'pem' }).toString();
    expect(keysOf({ privateKeyPem: pem }).fingerprint).toBe(keysOf().fingerprint);
  });

  test('prints nothing of the private key', () => {
    const inside = made.privateKeyPem.split('\n')[3] ?? '?';
    const keys = keysOf();
    for (const text of [inspect(keys, { depth: 9 }), JSON.stringify(keys)])
      expect(text).not.toContain(inside);
  });

  test('the certificate is given out alone, whatever stands in its file', () => {
    const both = [made.privateKeyPem, made.certificatePem, made.privateKeyPem].join('');
    const { certificatePem } = keysOf({ privateKeyPem: both, certificatePem: both });
    expect(certificatePem).toBe(made.certificatePem);
  });

  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const pemOf = (key: typeof small): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const locked = small
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString();
  const lockedOfOld = small
    .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString();

  test.each<[string, Partial<KeyTexts>]>([
    ['no-private-key', { privateKeyPem: made.publicKeyPem }],
    ['no-private-key', { privateKeyPem: '' }],
    ['locked-private-key', { privateKeyPem: locked }],
    ['locked-private-key', { privateKeyPem: lockedOfOld }],
    ['no-rsa-2048', { privateKeyPem: pemOf(small) }],
    ['no-rsa-2048', { privateKeyPem: pemOf(curve) }],
    ['no-certificate', { certificatePem: made.publicKeyPem }],
    ['other-certificate', { certificatePem: demoKeyTexts.certificatePem }],
    ['no-serial', { serial: 'PUB_KEY_ID_01' }],
    ['no-serial', { serial: '1'.repeat(41) }],
    ['other-serial', { serial: 'ABCDEF' }],
    ['no-public-key-id', { publicKeyId: '0119000001092027010100' }],
    ['nameless-public-key', { publicKeyId: undefined, mode: 'public-key' }],
    ['nameless-certificate', { certificatePem: undefined, mode: 'certificate' }],
  ])('%s', (fault, changes) => {
    expect(readPlatformKeys({ ...texts, ...changes })).toBe(fault);
  });
});

test('the demo key is one, and says that it is', () => {
  const keys = readPlatformKeys(demoKeyTexts);
  expect(keys).toMatchObject({ mode: 'certificate', signer: expect.stringMatching(/^44454D4F/) as string });
  const { subject, validTo } = new X509Certificate(demoKeyTexts.certificatePem ?? '');
  expect(subject).toContain('stand-in');
  expect(new Date(validTo).getUTCFullYear()).toBe(2049);
});
