/** `keys show`: what a server must know to trust the platform key. Nothing of it is secret. */
import { certificateIn, type PlatformKeys } from '../../platform/keys.ts';
import { done, stopped, type Cli, type Ending } from '../context.ts';
import type { PemName } from '../option-values.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import type { ShowOptions } from './options.ts';

/** Prints all of it, or one PEM alone. */
export function showKeys(cli: Cli, options: ShowOptions): Ending {
  const read = readSettings(cli, options);
  if (!read.ok) return stopped(read.problems);
  const loaded = read.value.v3.load();
  if (!loaded.ok) return stopped(loaded.problems);
  const before = read.value.v3.loadBefore();
  if (!before.ok) return stopped(before.problems);
  const keys = loaded.value;
  if (options.pem) return printPem(cli, keys, options.pem);
  if (options.json) cli.json(documentOf(read.value, keys, before.value));
  else cli.out(textOf(read.value, keys, before.value));
  return done;
}

function printPem(cli: Cli, { certificatePem, publicKeyPem }: PlatformKeys, name: PemName): Ending {
  const pem = name === 'certificate' ? certificatePem : publicKeyPem;
  if (pem === undefined) {
    const fix = 'Set certificate_file, or use the public key: --pem public-key.';
    return stopped([
      { code: 'no-credentials', message: 'there is no certificate, only its serial number', fix },
    ]);
  }
  cli.out(pem);
  return done;
}

function documentOf(
  { profile, api_v3_key }: Settings,
  keys: PlatformKeys,
  before: PlatformKeys | undefined,
): object {
  const { mode, signer, serial, publicKeyId, certificatePem, publicKeyPem, fingerprint } = keys;
  return {
    schema: 'wxnotify/1',
    command: 'keys',
    ok: true,
    exit: 0,
    profile: profile?.value ?? null,
    mode,
    wechatpay_serial: signer,
    serial: serial ?? null,
    valid: validity(certificatePem) ?? null,
    public_key_id: publicKeyId ?? null,
    fingerprint,
    certificate: certificatePem ?? null,
    public_key: publicKeyPem,
    api_v3_key: api_v3_key?.from ?? null,
    before: before ? beforeDocument(before) : null,
  };
}

function beforeDocument({ serial, publicKeyId, certificatePem, publicKeyPem }: PlatformKeys): object {
  return {
    serial: serial ?? null,
    public_key_id: publicKeyId ?? null,
    certificate: certificatePem ?? null,
    public_key: publicKeyPem,
  };
}

function validity(pem: string | undefined): { readonly from: string; readonly to: string } | undefined {
  const certificate = pem === undefined ? undefined : certificateIn(pem);
  return certificate && { from: isoDay(certificate.validFrom), to: isoDay(certificate.validTo) };
}

function isoDay(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

function validText({ from, to }: NonNullable<ReturnType<typeof validity>>): string {
  const today = new Date().toISOString().slice(0, 10);
  const now = today > to ? ': it is EXPIRED' : today < from ? ': not yet' : '';
  return `, valid from ${from} to ${to}${now}`;
}

function beforeText({ serial, publicKeyId }: PlatformKeys): string {
  return [serial, publicKeyId].filter((name) => name !== undefined).join(', ');
}

function textOf(
  { profile, api_v3_key }: Settings,
  keys: PlatformKeys,
  before: PlatformKeys | undefined,
): string {
  const { mode, signer, serial, publicKeyId, certificatePem, publicKeyPem, fingerprint } = keys;
  const valid = validity(certificatePem);
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['profile', profile?.value ?? '(none)'],
    ['mode', `${mode}: Wechatpay-Serial is ${signer}`],
    ['serial', `${serial ?? '(none)'}${valid ? validText(valid) : ''}`],
    ['public key id', publicKeyId ?? '(none)'],
    ['fingerprint', `SHA-256 ${fingerprint}`],
    ...(before ? [['before', beforeText(before)] as const] : []),
    [
      'APIv3 key',
      api_v3_key ? `from ${api_v3_key.from}` : '(not set) your server and wxnotify need the same',
    ],
  ];
  const facts = rows.map(([name, value]) => `${name.padEnd(13)}  ${value}\n`).join('');
  const certificate = certificatePem === undefined ? '' : `\nFor the mode certificate:\n${certificatePem}`;
  const next = 'Trust it in staging only. docs/v3-keys.md says how, for each SDK.\n';
  return `${facts}${certificate}\nFor the mode public-key:\n${publicKeyPem}\n${next}`;
}
