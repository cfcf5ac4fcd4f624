/** How the message that is signed is put together, in parts that can each be got wrong. */
import { hash } from 'node:crypto';
import type { Moment } from '../sign.ts';

/** A way to put the message together. The right one is {@link rightRecipe}; a mistake changes a part of it. */
export interface Recipe extends Moment {
  readonly body: Uint8Array;
  readonly join: (parts: Parts) => Uint8Array;
}

/** What is joined. */
export interface Parts extends Moment {
  readonly body: Uint8Array;
}

/** Three lines, each of which ends in a line feed. */
export function rightRecipe({ timestamp, nonce }: Moment, body: Uint8Array): Recipe {
  return {
    timestamp,
    nonce,
    body,
    join: ({ timestamp: t, nonce: n, body: b }) => text(`${t}\n${n}\n`, b, '\n'),
  };
}

/** The message that a recipe makes. */
export function messageOf(recipe: Recipe): Uint8Array {
  return recipe.join(recipe);
}

/** SHA-256 in lower-case hexadecimal, as `sha256sum` prints it; or another hash. */
export function digestOf(bytes: Uint8Array, algorithm = 'sha256'): string {
  return hash(algorithm, bytes);
}

/** Texts and bytes, one after the other. */
export function text(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part)));
}
