/** Public keys that notifications are verified with. Who only verifies needs no private key: a certificate is enough. */
import { createPublicKey, type X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { demoKeyTexts } from '../../../platform/demo-key.ts';
import { certificateIn, readPlatformKeys, serialOf, type PlatformKeys } from '../../../platform/keys.ts';
import type { KnownKey } from '../../../protocol/v3/explain/mistake.ts';
import { fail, succeed, type Result } from '../../../scenario/problem.ts';
import type { Settings } from '../settings.ts';

/** The key in force, where there is one, and others that may have signed. */
export interface TrustedKeys {
  readonly platform: KnownKey | undefined;
  readonly others: readonly KnownKey[];
}

/** Where a key may be named besides the settings. */
export interface KeyOption {
  /** A certificate or a public key, instead of what is configured. */
  readonly platformKey?: string | undefined;
  readonly cwd: string;
}

/** Reads the keys. None at all is no problem: then nothing is verified. */
export function trustedKeys(settings: Settings, option: KeyOption): Result<TrustedKeys> {
  const { v3 } = settings;
  const file = fileOf(settings, option);
  const standIn = standInOf(settings);
  if (!standIn.ok && file === undefined) return standIn;
  const configured = standIn.ok ? standIn.value : [];
  const demo = v3.demo ? [] : demoKey();
  if (file === undefined) return succeed({ platform: configured[0], others: demo });
  const own = readKey(file, v3.public_key_id?.value);
  return own.ok ? succeed({ platform: own.value, others: [...configured, ...demo] }) : own;
}

/** A file that was named; or the certificate of the settings, where they have no private key to it. */
function fileOf({ v3 }: Settings, { platformKey, cwd }: KeyOption): string | undefined {
  if (platformKey !== undefined) return path.resolve(cwd, platformKey);
  return v3.key_file ? undefined : v3.certificate_file?.value;
}

function standInOf({ v3 }: Settings): Result<readonly KnownKey[]> {
  if (v3.from === undefined) return succeed([]);
  const keys = v3.load();
  return keys.ok ? succeed([known(keys.value, 'the platform key of the settings')]) : keys;
}

function demoKey(): readonly KnownKey[] {
  const keys = readPlatformKeys(demoKeyTexts);
  return typeof keys === 'string' ? [] : [known(keys, 'the platform key of the demo merchant')];
}

function known({ signer, serial, publicKeyId, publicKey }: PlatformKeys, name: string): KnownKey {
  const names = [signer, serial, publicKeyId].filter((one) => one !== undefined);
  return { name, serials: [...new Set(names)], publicKey };
}

function readKey(file: string, id: string | undefined): Result<KnownKey> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const message = `the file of the platform’s key cannot be read (${code})`;
    return fail({
      code: 'unreadable',
      message,
      fix: 'Check --platform-key, or WXNOTIFY_V3_CERTIFICATE_FILE.',
    });
  }
  const certificate = certificateIn(text);
  if (certificate) return succeed(fromCertificate(certificate));
  try {
    const name = 'the public key that was given';
    return succeed({ name, serials: id === undefined ? [] : [id], publicKey: createPublicKey(text) });
  } catch {
    const message = 'the file of the platform’s key holds neither a certificate nor a public key';
    return fail({
      code: 'bad-value',
      message,
      fix: 'It is PEM: -----BEGIN CERTIFICATE----- or -----BEGIN PUBLIC KEY-----.',
    });
  }
}

function fromCertificate(certificate: X509Certificate): KnownKey {
  const { subject, serialNumber, publicKey } = certificate;
  const name = 'the certificate that was given';
  return { name, serials: [serialOf(serialNumber)], publicKey, isMerchants: MERCHANTS.test(subject) };
}

/** The subject of apiclient_cert.pem: its name is the merchant number. */
const MERCHANTS = /^CN=\d{8,10}$/m;
