/** What the protocol tests share: a merchant, and short ways to build and to seal. */
import type { SignType, V2Credentials, Verification } from '../../src/protocol/dialect.ts';
import { kinds } from '../../src/protocol/kinds.gen.ts';
import { buildNotification, type Overrides } from '../../src/protocol/notification.ts';
import { Secret } from '../../src/protocol/secret.ts';
import type { Damage } from '../../src/protocol/v2/damage.ts';
import { v2 } from '../../src/protocol/v2/index.ts';
import { seededSource } from '../../src/run/source.ts';
import { merchant } from '../support/cli.ts';

export type KindName = keyof typeof kinds;

export const KEY = merchant.api_key;
export const md5: V2Credentials = {
  ...merchant,
  api_key: new Secret(KEY),
  api_v3_key: new Secret(merchant.api_v3_key),
  sign_type: 'MD5',
};
export const hmac: V2Credentials = { ...md5, sign_type: 'HMAC-SHA256' };

export interface BuildOptions {
  readonly seed?: string;
  readonly sign_type?: SignType;
}

/** A notification of the test merchant, made at a fixed moment: 2026-01-01 12:00:00 in UTC+8. */
export function build(kind: KindName, fields: Overrides = {}, options: BuildOptions = {}) {
  const { seed = 'test', sign_type } = options;
  return buildNotification({
    kind: kinds[kind],
    fields,
    merchant: md5,
    sign_type,
    source: seededSource(seed),
  });
}

/** The body as it is sent. */
export function bodyOf(
  kind: KindName,
  fields: Overrides = {},
  { damage, ...options }: BuildOptions & { readonly damage?: Damage | undefined } = {},
): string {
  return text(v2.seal(build(kind, fields, options), md5, damage).body);
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** What failed, as `step: what it saw`. */
export function failures({ checks }: Verification): readonly string[] {
  return checks.filter((check) => !check.ok).map((check) => `${check.step}: ${check.saw}`);
}
