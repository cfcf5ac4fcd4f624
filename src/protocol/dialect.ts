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

/** How API v3 signs, as `Wechatpay-Signature-Type` names it. */
export type V3SignType = 'WECHATPAY2-SHA256-RSA2048';

/** The only clock and dice of the program. */
export interface Source {
  /** The moment the notification is made at. */
  readonly now: () => Date;
  /** `n` bytes that look random. The same source gives the same bytes again. */
  readonly bytes: (n: number) => Uint8Array;
  /** A source of its own for `label`, so that one value never shifts when another is added. */
  readonly fork: (label: string) => Source;
}

/** Whose notification it is. */
export interface Owner {
  readonly appid: string;
  readonly mch_id: string;
}

/** Who a v2 notification is for, as far as it may be shown. */
export interface Merchant extends Owner {
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
  readonly merchant: Owner;
  readonly sign_type: SignType;
  /**
   * Another field's value, generated first when needed; `undefined` when the field is left out. In an entry of a list,
   * `$n` stands for the number of the own entry.
   */
  readonly get: (name: string) => string | undefined;
}

/** One row of a kind's field table. */
export interface Field {
  /** Wire name; `$n` stands for a number from 0 (`coupon_id_$n`). What is nested in JSON has dots (`amount.total`). */
  readonly name: string;
  /** The name in the official table. */
  readonly title: string;
  readonly type: 'string' | 'int' | 'fen' | 'boolean' | 'timestamp' | 'datetime' | 'time' | 'json';
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

/** What a kind of notification is in every version: a table, and what is known of it. */
export interface AnyKind {
  readonly id: KindId;
  readonly title: string;
  readonly summary: string;
  /** Fields that, when all of them are there, tell this kind from the others. */
  readonly marks: readonly string[];
  /** The fields that say whose notification it is. */
  readonly owner: { readonly appid?: string; readonly mch_id?: string };
  readonly fields: readonly Field[];
  /** What stands around the message. */
  readonly envelope?: { readonly fields: readonly Field[] };
  /** How many entries a list has when nobody says; without, none. */
  readonly lists?: Readonly<Record<string, number>>;
  /** Whether a field may be there and empty: `""` is sent. */
  readonly keeps_empty?: boolean;
  /** The algorithm of this kind, whatever the merchant uses elsewhere. */
  readonly sign_type?: SignType;
  /** The field that names the algorithm. */
  readonly names_algorithm?: 'sign_type' | 'algorithm';
  readonly rules: readonly Rule[];
  /** Fields that later steps of a flow take over, so that a refund refers to the payment before it. */
  readonly shares: readonly string[];
  /** The address of the official table. */
  readonly source: string;
}

/** A kind of API v2: elements that are signed, encrypted, or both. */
export interface Kind extends AnyKind {
  /**
   * `signed` carries a `sign`; `encrypted` hides `fields` in an element of `envelope` and carries none;
   * `encrypted-and-signed` does both.
   */
  readonly seal: 'signed' | 'encrypted' | 'encrypted-and-signed';
  readonly names_algorithm: 'sign_type' | 'algorithm';
  readonly owner: { readonly appid?: string; readonly mch_id: string };
  /** What the merchant answers: an acknowledgement, the same under other names, or a signed order. */
  readonly answer: 'ack' | 'code' | 'order';
  readonly layout: Layout;
  /** The outer message of an encrypted kind. */
  readonly envelope?: {
    readonly into: string;
    readonly cipher: 'aes-256-ecb' | 'aes-256-gcm';
    readonly fields: readonly Field[];
    readonly layout: Layout;
  };
}

/** A kind of API v3: a resource in JSON, which is encrypted into a signed envelope. */
export interface V3Kind extends AnyKind {
  /** The envelope's rows are named `envelope.…`: a resource may have a `create_time` of its own. */
  readonly envelope: { readonly fields: readonly Field[] };
  /** Every event type that it comes with, and the summary of each. */
  readonly events: Readonly<Record<string, string>>;
}

/** Plain fields of one kind, not signed yet. */
export interface Notification<K extends AnyKind = Kind> {
  readonly kind: K;
  readonly fields: Fields;
  readonly sign_type: SignType;
}

export interface SignedRequest {
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** How the body comes, when not all at once. */
  readonly transfer?: 'chunked' | 'slow';
  /** What was signed, the key masked; `null` for a kind that carries no signature. */
  readonly signing: { readonly type: SignType | V3SignType; readonly string_to_sign: string } | null;
}

/** What the merchant's answer means to the platform. */
export type Ack =
  | { readonly as: 'SUCCESS'; readonly message: string }
  | { readonly as: 'FAIL'; readonly message: string }
  | { readonly as: 'INVALID'; readonly message: string };

/** One step of verifying a notification. */
export interface Check {
  readonly step:
    'headers' | 'serial' | 'timestamp' | 'form' | 'communication' | 'sign' | 'decrypt' | 'merchant';
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

/** What differs between the versions in the types of a {@link Dialect}. */
export interface DialectTypes {
  readonly kind: AnyKind;
  readonly credentials: Owner;
  /** What else sealing is told, as the last parameters. */
  readonly how: readonly unknown[];
  /** What a merchant receives, as far as it is verified. */
  readonly received: unknown;
}

/** What `v2/` and `v3/` each export exactly one of. */
export interface Dialect<T extends DialectTypes> {
  readonly version: Version;
  readonly seal: (
    notification: Notification<T['kind']>,
    credentials: T['credentials'],
    ...how: T['how']
  ) => SignedRequest;
  readonly verify: (received: T['received'], credentials: T['credentials']) => Verification;
  /** Without credentials, a signature in the answer is not checked. */
  readonly readAck: (answer: Answer, kind: T['kind'], credentials?: T['credentials']) => Ack;
}
