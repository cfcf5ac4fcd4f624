/** What a setting is: a value that knows where it came from. */

/** A value and its origin, in words. */
export interface Valued<T> {
  readonly value: T;
  readonly from: string;
}

/** The profile that needs no file. */
export const DEMO_PROFILE = 'demo';

export type ProfileText =
  | 'target'
  | 'appid'
  | 'mch_id'
  | 'api_key'
  | 'api_key_file'
  | 'api_v3_key'
  | 'api_v3_key_file'
  | 'sign_type'
  | 'cacert'
  | V3Text;

/** Those of a profile’s `v3:`. */
export type V3Text = `v3.${'key_file' | 'certificate_file' | 'serial' | 'public_key_id' | 'mode'}`;

/** A setting by precedence: flag, environment, profile. */
export type Picker = (key: ProfileText, variable: string, flag?: string) => Valued<string> | undefined;
