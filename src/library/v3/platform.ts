/** The key with which notifications of API v3 are signed in a test: the platform’s own is nobody’s but the platform’s. */

/** A stand-in for the platform’s key: the one that is built in, asked for by name, or one of your own. */
export type PlatformOptions = 'demo' | PlatformKeyOptions;

/** A key as `wxnotify keys new` makes it: the texts of its files, and not their names. */
export interface PlatformKeyOptions {
  /** RSA with 2048 bits, as PEM. */
  readonly private_key: string;
  /** Its certificate, as PEM; `Wechatpay-Serial` says its serial number. */
  readonly certificate?: string | undefined;
  /** The serial number in hexadecimal, where there is no certificate. */
  readonly serial?: string | undefined;
  /** `PUB_KEY_ID_…`, for who knows the platform by a public key. */
  readonly public_key_id?: string | undefined;
  /** What `Wechatpay-Serial` says where there is both; `certificate` unless given. */
  readonly mode?: 'certificate' | 'public-key' | undefined;
}

/** What the code under test must trust. */
export interface PlatformTrust {
  /** What `Wechatpay-Serial` says: the serial number of the certificate, or the id of the public key. */
  readonly serial: string;
  /** PEM (SPKI). */
  readonly public_key: string;
  /** PEM; not there when the key has none. */
  readonly certificate?: string;
}
