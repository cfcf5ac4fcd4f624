/** What a forger does, as a test writes it. */
import type { HttpMethod } from '../delivery/in-process/handed.ts';
import type { BytesDamage, Encoding } from '../protocol/damage/document.ts';
import type { SignType } from '../protocol/dialect.ts';
import type { CiphertextDamage, Damage, SignDamage } from '../protocol/v2/damage.ts';
import { uselessDamage, type Damaged } from '../run/prepare/damage.ts';
import { readTamper } from '../scenario/check/read-tamper.ts';
import { InputError } from './input-error.ts';

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
  /** Another name of the root, or one for each of its tags. */
  readonly root?: string | readonly [string, string] | undefined;
}

/** What can be done to what is encrypted. */
interface InnerTamper extends DocumentTamper {
  /** The bytes that the text becomes. */
  readonly encoding?: Encoding | undefined;
}

/** What a forger or a fault does after signing: the `tamper` of scenario files. */
export interface Tamper extends DocumentTamper {
  /** New values for fields, without signing again. */
  readonly change?: Readonly<Record<string, Scalar>> | undefined;
  /** Fields to take out. */
  readonly drop?: string | readonly string[] | undefined;
  /** Fields to say twice, maybe with another value. */
  readonly duplicate?: string | readonly string[] | Readonly<Record<string, Scalar | null>> | undefined;
  /** Unsigned fields to put at the end. */
  readonly add?: Readonly<Record<string, Scalar>> | undefined;
  /** What happens to the signature: `break`, `drop`, `blank`, `lower-case`, `truncate`, `extend` or `pad`. */
  readonly sign?: SignDamage | undefined;
  /** Sign, or encrypt, with this key instead. */
  readonly key?: Scalar | undefined;
  /** Sign with this algorithm, whatever the message says. */
  readonly sign_type?: SignType | undefined;
  /** What happens to the encrypted part: `break`, `truncate`, `empty`, `garbage` or `not-base64`. */
  readonly ciphertext?: CiphertextDamage | undefined;
  /** What happens to what is encrypted, before it is. */
  readonly inner?: InnerTamper | undefined;
  /** Headers to replace, add, or take out (`null`). */
  readonly headers?: Readonly<Record<string, Scalar | null>> | undefined;
  /** Another HTTP method. */
  readonly method?: HttpMethod | undefined;
}

/**
 * What is to be done to a notification.
 *
 * @throws InputError when it is not in the format
 */
export function toDamage(tamper: Tamper): Damage {
  const damage = readTamper(tamper);
  if (!damage.ok) throw new InputError(damage.problems);
  return damage.value;
}

/**
 * Damage that does nothing proves nothing.
 *
 * @throws InputError when it is such
 */
export function requireEffect(damage: Damage, damaged: Damaged): void {
  const useless = uselessDamage(damage, damaged);
  if (!useless) return;
  const { part, message, fix } = useless;
  const where = part === undefined ? '' : `tamper.${part}: `;
  throw new InputError([{ code: 'bad-value', message: `${where}${message}`, fix }]);
}
