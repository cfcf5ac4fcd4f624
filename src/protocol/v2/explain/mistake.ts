import type * as shared from '../../explain/mistake.ts';
import type { Kind, Pair, SignType } from '../../dialect.ts';
import type { Recipe } from './recipe.ts';

export { variants } from '../../explain/mistake.ts';

/** A known mistake, and how it shows in a signature of API v2. */
export type Mistake = shared.Mistake<Recipe, About>;

/** One way to make a mistake. */
export type Variant = shared.Variant<Recipe>;

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
