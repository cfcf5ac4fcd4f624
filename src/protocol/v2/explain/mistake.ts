import type { Pair, SignType } from '../../dialect.ts';
import type { Kind } from '../../dialect.ts';
import type { Recipe } from './recipe.ts';

/** A known mistake: what it is, and how it shows in a signature. */
export interface Mistake {
  /** Stable, for programs. */
  readonly code: string;
  /** One sentence on what was done. */
  readonly title: string;
  /** What to do instead. */
  readonly fix: string;
  /** Mistakes of one part exclude each other. */
  readonly part: keyof Recipe;
  /** The recipes that somebody who makes this mistake may use. */
  readonly recipes: (right: Recipe, about: About) => Iterable<Variant>;
}

/** One way to make a mistake. */
export interface Variant {
  readonly recipe: Recipe;
  /** What exactly, where a mistake has several forms. Never a key. */
  readonly detail?: string;
}

/** What is known of the message and of whoever may have signed it. */
export interface About {
  readonly pairs: readonly Pair[];
  readonly kind: Kind;
  /** The algorithm that the message names or the merchant has agreed on. */
  readonly type: SignType;
  /** Keys of the same merchant, or of other profiles, that may have been taken for the right one. */
  readonly otherKeys: readonly OtherKey[];
}

export interface OtherKey {
  /** Whose: `the APIv3 key`, `the key of profile staging`. */
  readonly name: string;
  readonly code: 'v3-key' | 'other-key';
  readonly key: string;
}

/** A variant for each of several values of one part. */
export function variants<T>(
  values: readonly (readonly [detail: string, value: T])[],
  recipe: (value: T) => Recipe,
): readonly Variant[] {
  return values.map(([detail, value]) => ({ detail, recipe: recipe(value) }));
}
