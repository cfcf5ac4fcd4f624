import type { KeyObject } from 'node:crypto';
import type * as shared from '../../explain/mistake.ts';
import type { Recipe } from './recipe.ts';

export { variants } from '../../explain/mistake.ts';

/** A known mistake, and how it shows in the message that is signed. */
export type Mistake = shared.Mistake<Recipe, About>;

/** One way to make a mistake. */
export type Variant = shared.Variant<Recipe>;

/** What is known beside the message. */
export interface About {
  readonly method: string | null;
  readonly url: string | null;
  /** Headers as they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Fields of the envelope; none when it could not be read. */
  readonly envelope: Readonly<Record<string, string>>;
  /** What the resource says, where it opens. */
  readonly plaintext: string | undefined;
}

/** A public key that may have signed. */
export interface KnownKey {
  /** Whose: `the platform’s key`, `the key of profile staging`. */
  readonly name: string;
  /** What `Wechatpay-Serial` may say for it; the first is the one in force. None: it is not known. */
  readonly serials: readonly string[];
  readonly publicKey: KeyObject;
  /** It is the merchant's own (`apiclient_cert.pem`), which never signs notifications. */
  readonly isMerchants?: boolean;
}

/** An APIv3 key, or what may have been taken for it. */
export interface OtherSecret {
  readonly name: string;
  readonly code: 'v2-key' | 'other-key';
  readonly key: string;
}
