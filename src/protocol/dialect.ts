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
}

/** What a v2 merchant shares with the platform. */
export interface V2Credentials extends Merchant {
  /** The API key (商户平台 > API 安全), 32 characters. */
  readonly api_key: Secret;
  /** The algorithm when the notification itself names none. */
  readonly sign_type: SignType;
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
  readonly type: 'string' | 'int' | 'fen' | 'timestamp' | 'datetime';
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
  readonly separator: '' | '\n';
  /** Fields written without CDATA, as real captures have them. */
  readonly plain: readonly string[];
}

export type KindId = `${Version}/${string}`;

/** A kind of notification: a table, and how it is made authentic. */
export interface Kind {
  readonly id: KindId;
  readonly title: string;
  readonly summary: string;
  /** `signed` carries a `sign`; `encrypted` hides `fields` in an element of `envelope` and carries none. */
  readonly seal: 'signed' | 'encrypted';
  readonly fields: readonly Field[];
  readonly layout: Layout;
  /** The outer message of an encrypted kind. */
  readonly envelope?: { readonly into: string; readonly fields: readonly Field[]; readonly layout: Layout };
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
  readonly readAck: (answer: Answer) => Ack;
}
