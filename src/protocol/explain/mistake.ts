/** A known mistake as a row: words, a code, a fix, and how it shows in what was signed. The same for both versions. */

/**
 * A known mistake: what it is, and which ways of signing it leads to.
 *
 * @typeParam R a way to make what is signed, in parts; a mistake replaces one part
 * @typeParam A what else is known
 */
export interface Mistake<R, A = undefined> {
  /** Stable, for programs. */
  readonly code: string;
  /** One sentence on what was done. */
  readonly title: string;
  /** What to do instead. */
  readonly fix: string;
  /** Mistakes of one part exclude each other. */
  readonly part: keyof R;
  /** The recipes that somebody who makes this mistake may use. */
  readonly recipes: (right: R, about: A) => Iterable<Variant<R>>;
}

/** One way to make a mistake. */
export interface Variant<R> {
  readonly recipe: R;
  /** What exactly, where a mistake has several forms. Never a key. */
  readonly detail?: string;
}

/** A mistake that was found. */
export interface Found {
  readonly code: string;
  readonly title: string;
  readonly fix: string;
  /** What exactly; empty when the title says all. */
  readonly detail: string;
}

/** The mistakes that together explain what came: one, or two. Another explanation of the same is another list. */
export type Explained = readonly Found[];

/** A variant for each of several values of one part. */
export function variants<R, T>(
  values: readonly (readonly [detail: string, value: T])[],
  recipe: (value: T) => R,
): readonly Variant<R>[] {
  return values.map(([detail, value]) => ({ detail, recipe: recipe(value) }));
}
