/** What a forger does, as a test writes it. */
import type { HttpMethod } from '../delivery/in-process/handed.ts';
import type { BytesDamage, Encoding } from '../protocol/damage/document.ts';
import type { SignType } from '../protocol/dialect.ts';
import type { CiphertextDamage, SignDamage } from '../protocol/v2/damage.ts';

/** A value as text, or as it is written in YAML. */
type Scalar = string | number | boolean;

/** A text, a text many times over (`$n` in it is the number of the copy), or a list of such pieces. */
type Pieces = Piece | readonly Piece[];
type Piece = string | { readonly repeat: string; readonly times: number };

/** What can be done to a document: the message, or what is encrypted in it. */
interface DocumentTamper {
  /** Raw markup in the place of a value. */
  readonly markup?: Readonly<Record<string, Pieces>> | undefined;
  /** Raw elements before all others in the root. */
  readonly first?: Pieces | undefined;
  /** Raw elements after all others in the root. */
  readonly last?: Pieces | undefined;
  /** Send this text instead. */
  readonly body?: Pieces | undefined;
  /** Raw text before the root. */
  readonly prolog?: Pieces | undefined;
  /** Raw text after the root. */
  readonly epilog?: Pieces | undefined;
  /** What happens to the text once it is written. */
  readonly bytes?: BytesDamage | undefined;
}

/** What can be done to what is encrypted. */
interface InnerTamper extends DocumentTamper {
  /** v2: another name of the root, or one for each of its tags. */
  readonly root?: string | readonly [string, string] | undefined;
  /** The bytes that the text becomes. */
  readonly encoding?: Encoding | undefined;
}

/** What can be done to a notification of either version. */
interface SharedTamper extends DocumentTamper {
  /** New values for fields, without signing again. */
  readonly change?: Readonly<Record<string, Scalar>> | undefined;
  /** Fields to take out. */
  readonly drop?: string | readonly string[] | undefined;
  /** Fields (API v2) or headers (API v3) to say twice, maybe with another value. */
  readonly duplicate?: string | readonly string[] | Readonly<Record<string, Scalar | null>> | undefined;
  /** Unsigned fields to put at the end. */
  readonly add?: Readonly<Record<string, Scalar>> | undefined;
  /** Sign, or encrypt, with this key instead; API v3: encrypt. */
  readonly key?: Scalar | undefined;
  /** What happens to what is encrypted, before it is. */
  readonly inner?: InnerTamper | undefined;
  /** Headers to replace, add, or take out (`null`). */
  readonly headers?: Readonly<Record<string, Scalar | null>> | undefined;
  /** Another HTTP method. */
  readonly method?: HttpMethod | undefined;
}

/** What a forger or a fault does to a notification of API v2 after signing: the `tamper` of scenario files. */
export interface Tamper extends SharedTamper {
  /** Another name of the root, or one for each of its tags. */
  readonly root?: string | readonly [string, string] | undefined;
  /** What happens to the signature: `break`, `drop`, `blank`, `lower-case`, `truncate`, `extend` or `pad`. */
  readonly sign?: SignDamage | undefined;
  /** Sign with this algorithm, whatever the message says. */
  readonly sign_type?: SignType | undefined;
  /** What happens to the encrypted part: `break`, `truncate`, `empty`, `garbage` or `not-base64`. */
  readonly ciphertext?: CiphertextDamage | undefined;
}

/** The same of API v3. docs/scenarios.md says what each word does. */
export interface TamperV3 extends SharedTamper {
  /** What happens to the encrypted resource, before signing. */
  readonly resource?:
    | 'tag'
    | 'first-byte'
    | 'no-tag'
    | 'truncate'
    | 'empty'
    | 'garbage'
    | 'associated-data'
    | 'nonce'
    | 'algorithm'
    | undefined;
  /** Sign what became of the body, as if the platform had sent it so. */
  readonly sign_again?: boolean | undefined;
  /** Another moment of signing, or (`unsigned`) of the header alone. */
  readonly timestamp?: 'old' | 'future' | 'late' | 'milliseconds' | 'words' | 'unsigned' | undefined;
  /** What happens to the signature. */
  readonly signature?:
    | 'break'
    | 'other-key'
    | 'other-message'
    | 'other-nonce'
    | 'body-only'
    | 'no-last-line-feed'
    | 'probe'
    | 'truncate'
    | 'garbage'
    | 'blank'
    | 'drop'
    | undefined;
  /** What happens to `Wechatpay-Serial`. */
  readonly serial?: 'wrong' | 'unknown' | 'unknown-public-key' | 'blank' | 'drop' | undefined;
  /** How the names of headers are written, which means nothing: it must be accepted. */
  readonly header_names?: 'lower-case' | 'upper-case' | undefined;
}
