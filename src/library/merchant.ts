/** A merchant as a test has it: in plain text. */
import type { SignType } from '../protocol/dialect.ts';
import type { PlatformOptions } from './v3/platform.ts';

/** A merchant, its keys as text: those of the versions that it uses. */
export interface MerchantOptions {
  /** `wx…`, 18 characters. */
  readonly appid: string;
  /** Digits. */
  readonly mch_id: string;
  /** The API key (API v2), 32 characters: `v2/…` is signed with it. */
  readonly api_key?: string | undefined;
  /** The APIv3 key, 32 bytes: `v3/…` and `v2/payscore-…` are encrypted with it. It is another key than the API key. */
  readonly api_v3_key?: string | undefined;
  /** Who signs `v3/…`: `'demo'` for the built-in key that is public, or one of your own. */
  readonly platform?: PlatformOptions | undefined;
  /** How notifications of API v2 are signed whose kind or fields name no algorithm. MD5 unless given. */
  readonly sign_type?: SignType | undefined;
}
