/** How a signature is computed, in parts that can each be got wrong. */
import { createHash, createHmac } from 'node:crypto';
import type { Pair, SignType } from '../../dialect.ts';
import { byName } from '../sign.ts';

/** A way to compute a signature. The right one is {@link rightRecipe}; a mistake changes a part of it. */
export interface Recipe {
  /** What is signed, `sign` and empty fields included. */
  readonly fields: readonly Pair[];
  /** Which of the fields take part. */
  readonly takes: (pair: Pair) => boolean;
  readonly order: ((a: Pair, b: Pair) => number) | undefined;
  readonly write: (pair: Pair) => string;
  /** The fields' text together with the key's. */
  readonly join: (parts: readonly string[], key: string) => string;
  readonly encode: (text: string) => Uint8Array;
  readonly key: string;
  readonly hash: (bytes: Uint8Array, key: string) => Buffer;
  /** How the digest is written; letter case is compared separately. */
  readonly spell: (digest: Buffer) => string;
}

/** The official recipe. */
export function rightRecipe(fields: readonly Pair[], key: string, type: SignType): Recipe {
  return {
    fields,
    takes: ([name, value]) => name !== 'sign' && value !== '',
    order: byName,
    write: ([name, value]) => `${name}=${value}`,
    join: (parts, secret) => [...parts, `key=${secret}`].join('&'),
    encode: (text) => Buffer.from(text, 'utf8'),
    key,
    hash: hashes[type],
    spell: (digest) => digest.toString('hex').toUpperCase(),
  };
}

/** The text that a recipe signs, with `key` in the place of the key. */
export function textOf(recipe: Recipe, key = recipe.key): string {
  const taken = inOrderOf(recipe).filter((pair) => recipe.takes(pair));
  return recipe.join(taken.map(recipe.write), key);
}

type Order = NonNullable<Recipe['order']>;

/** Most of the many recipes that are tried share their fields and their order: they are sorted once. */
const sorted = new WeakMap<readonly Pair[], Map<Order, readonly Pair[]>>();

function inOrderOf({ fields, order }: Recipe): readonly Pair[] {
  if (!order) return fields;
  const known = sorted.get(fields) ?? new Map<Order, readonly Pair[]>();
  sorted.set(fields, known);
  const found = known.get(order) ?? [...fields].sort(order);
  known.set(order, found);
  return found;
}

/** The signature that a recipe gives. */
export function signatureOf(recipe: Recipe): string {
  return recipe.spell(recipe.hash(recipe.encode(textOf(recipe)), recipe.key));
}

/** Both algorithms of the platform. */
export const hashes: Record<SignType, Recipe['hash']> = {
  MD5: (bytes) => createHash('md5').update(bytes).digest(),
  'HMAC-SHA256': (bytes, key) => createHmac('sha256', key).update(bytes).digest(),
};
