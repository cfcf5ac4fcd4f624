/** Which known mistakes give a signature: each alone, then two together, then every amount. */
import type { Explained } from '../../explain/mistake.ts';
import { pairOf, single, type Search } from '../../explain/search.ts';
import type { About } from './mistake.ts';
import { algorithmMistakes } from './mistakes/algorithm.ts';
import { amountMistakes, commonMistakes, rareMistakes } from './mistakes/index.ts';
import { signatureOf, textOf, type Recipe } from './recipe.ts';

/** Searches for what gives `signature`; nothing when no known mistake does. */
export function findMistakes(signature: string, right: Recipe, about: About): readonly Explained[] {
  const search: Search<Recipe, About> = {
    right,
    about,
    gives: (recipe) => isSame(signatureOf(recipe), signature),
    textOf: (recipe) => textOf(recipe, '*'),
    work: { left: WORK, each: costOf(about) },
  };
  const alone = single([...commonMistakes, ...rareMistakes], search);
  if (alone.length > 0) return alone;
  const together = pairOf(commonMistakes, commonMistakes, search);
  if (together) return [together];
  const changed = pairOf(algorithmMistakes, rareMistakes, search);
  if (changed) return [changed];
  return single(amountMistakes, search).slice(0, 1);
}

/** At most so much is tried: a message may have thousands of fields, or a megabyte in one; a real one has some twenty. */
const WORK = 12_000_000;

/** What one try costs, in fields and in pieces of text that take as long to hash. */
function costOf({ pairs }: About): number {
  return pairs.length + pairs.reduce((sum, [, value]) => sum + value.length, 0) / 50;
}

const HEX = /^[0-9a-f]+$/i;

/** Hexadecimal is compared without regard to case: that is a mistake of its own, told beside the others. */
export function isSame(computed: string, received: string): boolean {
  const given = received.trim();
  if (computed === given) return true;
  return HEX.test(given) && computed.toUpperCase() === given.toUpperCase();
}
