/** What a forger does, as a test writes it. */
import type { HttpMethod } from '../delivery/in-process/handed.ts';
import type { SignType } from '../protocol/dialect.ts';
import type { CiphertextDamage, Damage, SignDamage } from '../protocol/v2/damage.ts';
import { uselessDamage, type Damaged } from '../run/prepare/damage.ts';
import { readTamper } from '../scenario/check/read-tamper.ts';
import { InputError } from './input-error.ts';

/** A value as text, or as it is written in YAML. */
type Scalar = string | number | boolean;

/** What a forger or a fault does after signing: the `tamper` of scenario files. */
export interface Tamper {
  /** New values for fields, without signing again. */
  readonly change?: Readonly<Record<string, Scalar>> | undefined;
  /** Fields to take out. */
  readonly drop?: string | readonly string[] | undefined;
  /** Fields to say twice, maybe with another value. */
  readonly duplicate?: string | readonly string[] | Readonly<Record<string, Scalar | null>> | undefined;
  /** Unsigned fields to put at the end. */
  readonly add?: Readonly<Record<string, Scalar>> | undefined;
  /** What happens to the signature: `break`, `drop`, `blank` or `lower-case`. */
  readonly sign?: SignDamage | undefined;
  /** Sign, or encrypt, with this key instead. */
  readonly key?: Scalar | undefined;
  /** Sign with this algorithm, whatever the message says. */
  readonly sign_type?: SignType | undefined;
  /** What happens to the encrypted part: `break` or `truncate`. */
  readonly ciphertext?: CiphertextDamage | undefined;
  /** Send this text instead. */
  readonly body?: string | undefined;
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
