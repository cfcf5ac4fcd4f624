/**
 * The words both API versions share, and the one small interface behind which `v2/` and `v3/` are siblings.
 * Pure: the clock and the dice come in as a {@link Source}.
 */
import type { Secret } from './secret.ts';

export type Version = 'v2' | 'v3';

/** Wire names in wire spelling; every value as the text that travels. */
export type Fields = Readonly<Record<string, string>>;

/** One element of a message, in the order it stands there. Names may repeat in a forged message. */
export type Pair = readonly [name: string, value: string];

export type SignType = 'MD5' | 'HMAC-SHA256';

/** The only clock and dice of the program. */
export interface Source {
  /** The moment the notification is made at. */
  readonly now: () => Date;
  /** `n` bytes that look random. The same source gives the same bytes again. */
  readonly bytes: (n: number) => Uint8Array;
  /** A source of its own for `label`, so that one value never shifts when another is added. */
  readonly fork: (label: string) => Source;
}

/** Who the notification is for, as far as it may be shown. */
export interface Merchant {
  readonly appid: string;
  readonly mch_id: string;
  /** The algorithm when neither the notification nor its kind names one. */
  readonly sign_type: SignType;
}

/** What a v2 merchant shares with the platform. */
export interface V2Credentials extends Merchant {
  /** The API key (商户平台 > API 安全), 32 characters. */
  readonly api_key: Secret;
  /** The APIv3 key, 32 characters: some v2 notifications are encrypted with it. */
  readonly api_v3_key?: Secret | undefined;
}

/** What a field's generator may look at. */
export interface FieldContext {
  readonly source: Source;
  readonly merchant: Merchant;
  readonly sign_type: SignType;
  /** Another field's value, generated first when needed; `undefined` when the field is left out. */
  readonly get: (name: string) => string | undefined;
}

/** One row of a kind's field table. */
export interface Field {
  /** Wire name; `$n` stands for a number from 0 (`coupon_id_$n`). */
  readonly name: string;
  /** The name in the official table. */
  readonly title: string;
  readonly type: 'string' | 'int' | 'fen' | 'timestamp' | 'datetime' | 'json';
  /** Longest value, in characters, or in bytes where the table says so. */
  readonly max: number;
  readonly unit?: 'bytes';
  readonly required: boolean;
  /** Whether the field exists at all in this notification; absent means always. */
  readonly when?: (get: FieldContext['get']) => boolean;
  readonly values?: readonly string[];
  readonly pattern?: RegExp;
  /** The pattern in words. */
  readonly form?: string;
  /** A realistic value. A field without a generator is sent only when it is named. */
  readonly make?: (context: FieldContext) => string | undefined;
  /** What such a value looks like, where the generator does not show it. */
  readonly example?: string;
  readonly doc: string;
  /** Where the row comes from, when not from the kind's own source. */
  readonly source?: string;
}

/** A rule over several fields; says what is wrong, or nothing. */
export interface Rule {
  readonly name: string;
  readonly broken: (fields: Fields) => string | undefined;
  readonly source: string;
}

/** How a message's elements are written. */
export interface Layout {
  readonly root: string;
  readonly order: 'ascii' | 'table';
  /** What stands between elements; `\n` after the root's tag as well, `\n…` not there. */
  readonly separator: '' | '\n' | '\n…';
  /** Fields written without CDATA, as real captures have them. */
  readonly plain: readonly string[];
}

export type KindId = `${Version}/${string}`;

/** A kind of notification: a table, and how it is made authentic. */
export interface Kind {
  readonly id: KindId;
  readonly title: string;
  readonly summary: string;
  /**
   * `signed` carries a `sign`; `encrypted` hides `fields` in an element of `envelope` and carries none;
   * `encrypted-and-signed` does both.
   */
  readonly seal: 'signed' | 'encrypted' | 'encrypted-and-signed';
  /** The algorithm of this kind, whatever the merchant uses elsewhere. */
  readonly sign_type?: SignType;
  /** The field that names the algorithm. */
  readonly names_algorithm: 'sign_type' | 'algorithm';
  /** Fields that, when all of them are there, tell this kind from the others. */
  readonly marks: readonly string[];
  /** The fields that say whose notification it is. */
  readonly owner: { readonly appid?: string; readonly mch_id: string };
  /** What the merchant answers: an acknowledgement, the same under other names, or a signed order. */
  readonly answer: 'ack' | 'code' | 'order';
  readonly fields: readonly Field[];
  readonly layout: Layout;
  /** The outer message of an encrypted kind. */
  readonly envelope?: {
    readonly into: string;
    readonly cipher: 'aes-256-ecb' | 'aes-256-gcm';
    readonly fields: readonly Field[];
    readonly layout: Layout;
  };
  readonly rules: readonly Rule[];
  /** Fields that later steps of a flow take over, so that a refund refers to the payment before it. */
  readonly shares: readonly string[];
  /** The address of the official table. */
  readonly source: string;
}

/** Plain fields of one kind, not signed yet. */
export interface Notification {
  readonly kind: Kind;
  readonly fields: Fields;
  readonly sign_type: SignType;
}

export interface SignedRequest {
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** What was signed, the key masked; `null` for a kind that carries no signature. */
  readonly signing: { readonly type: SignType; readonly string_to_sign: string } | null;
}

/** What the merchant's answer means to the platform. */
export type Ack =
  | { readonly as: 'SUCCESS'; readonly message: string }
  | { readonly as: 'FAIL'; readonly message: string }
  | { readonly as: 'INVALID'; readonly message: string };

/** One step of verifying a notification. */
export interface Check {
  readonly step: 'form' | 'communication' | 'sign' | 'decrypt' | 'merchant';
  readonly ok: boolean;
  readonly saw: string;
}

/** A received notification, every step of its verification in order, and what it says. */
export interface Verification {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** All fields, the encrypted ones opened. Not to be trusted unless `ok`. */
  readonly fields: Fields;
  readonly kind: KindId | undefined;
}

/** An answer as it came, for {@link Dialect.readAck}. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  /** Whether reading stopped at the size limit. */
  readonly truncated: boolean;
}

/** What `v2/` and `v3/` each export exactly one of. */
export interface Dialect<Credentials, Damage> {
  readonly version: Version;
  readonly seal: (notification: Notification, credentials: Credentials, damage?: Damage) => SignedRequest;
  readonly verify: (body: Uint8Array, credentials: Credentials) => Verification;
  /** Without credentials, a signature in the answer is not checked. */
  readonly readAck: (answer: Answer, kind: Kind, credentials?: Credentials) => Ack;
}
