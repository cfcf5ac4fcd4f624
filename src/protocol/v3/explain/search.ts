/** Which known mistakes lead to a digest: each alone, then two together, then everything that can be tried out. */
import type { Explained } from '../../explain/mistake.ts';
import { pairOf, single, type Search } from '../../explain/search.ts';
import type { About, Mistake } from './mistake.ts';
import { bodyMistakes } from './mistakes/body.ts';
import { guessedMistakes } from './mistakes/guessed.ts';
import { joinMistakes } from './mistakes/join.ts';
import { momentMistakes, shiftedMistakes } from './mistakes/moment.ts';
import { restoredMistakes } from './mistakes/restored.ts';
import { digestOf, messageOf, type Recipe } from './recipe.ts';

/** The digest of something that was signed, or that somebody’s code verifies. */
export interface Wanted {
  readonly digest: string;
  readonly algorithm: string;
  readonly tables: Tables;
}

/** Where a mistake is looked for; the likelier first: of several that explain a digest alike, the first is told. */
export interface Tables {
  /** Tried alone. */
  readonly alone: readonly Mistake[];
  /** Tried in pairs. */
  readonly paired: readonly Mistake[];
}

/** For a signature: most likely, what is here is not what came. */
export const signatureTables: Tables = {
  alone: [...restoredMistakes, ...joinMistakes, ...shiftedMistakes, ...momentMistakes, ...bodyMistakes],
  paired: [...restoredMistakes, ...joinMistakes, ...momentMistakes, ...bodyMistakes],
};

/** For what somebody's code verifies: most likely, the capture is right. */
export const ownTables: Tables = {
  alone: [...joinMistakes, ...momentMistakes, ...bodyMistakes, ...restoredMistakes],
  paired: [...joinMistakes, ...momentMistakes, ...bodyMistakes, ...restoredMistakes],
};

/** Searches for what has the digest; nothing when no known mistake does. */
export function findMistakes(
  { digest, algorithm, tables: { alone, paired } }: Wanted,
  right: Recipe,
  about: About,
): readonly Explained[] {
  const search: Search<Recipe, About> = {
    right,
    about,
    gives: (recipe) => digestOf(messageOf(recipe), algorithm) === digest,
    textOf: (recipe) => Buffer.from(messageOf(recipe)).toString('latin1'),
    work: { left: WORK, each: 1 + right.body.length / 50 },
  };
  const found = single(alone, search);
  if (found.length > 0) return found;
  const together = pairOf(paired, paired, search);
  return together ? [together] : single(guessedMistakes, search);
}

/** At most so much is tried: a body may have a megabyte; a real one has less than two thousand characters. */
const WORK = 12_000_000;
