/** What can happen to a document, XML or JSON, once its values are there: the whole message, or what is encrypted in it. */
import { bytesDamages } from './bytes.ts';
import { encodings } from './encoding.ts';

/** The parts, in the order in which they are done. */
export interface DocumentDamage {
  /** Raw text in the place of a value, as it stands there: nothing of it is escaped. */
  readonly markup?: Readonly<Record<string, string>>;
  /** Raw elements, or members, before all others in the root. */
  readonly first?: string;
  /** Raw elements, or members, after all others in the root. */
  readonly last?: string;
  /** This text instead of the document. */
  readonly body?: string;
  /** Raw text before the root. */
  readonly prolog?: string;
  /** Raw text after the root. */
  readonly epilog?: string;
  readonly bytes?: BytesDamage;
  /** The bytes that the text becomes. */
  readonly encoding?: Encoding;
}

export type BytesDamage = keyof typeof bytesDamages;
export type Encoding = keyof typeof encodings;

/** A document as text, from `body` on; `markup`, `first` and `last` are done in writing. */
export function damageText(written: string, damage: DocumentDamage): string {
  const { body = written, prolog = '', epilog = '', bytes } = damage;
  const text = `${prolog}${body}${epilog}`;
  return bytes ? bytesDamages[bytes].damage(text) : text;
}

/** A text as bytes: UTF-8, unless damage says otherwise. */
export function encodeText(text: string, { encoding }: DocumentDamage): Uint8Array {
  return encoding ? encodings[encoding].damage(text) : Buffer.from(text, 'utf8');
}

/** A document as it is sent. */
export function damageDocument(written: string, damage: DocumentDamage): Uint8Array {
  return encodeText(damageText(written, damage), damage);
}

/** A value of its own: every object inherits some under names like `constructor`. */
export function own<T>(values: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return values && Object.hasOwn(values, name) ? values[name] : undefined;
}
