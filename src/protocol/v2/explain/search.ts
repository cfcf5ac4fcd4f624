/** Which known mistakes give a signature: each alone, then two together, then every amount. */
import type { About, Mistake } from './mistake.ts';
import { algorithmMistakes } from './mistakes/algorithm.ts';
import { amountMistakes, commonMistakes, rareMistakes } from './mistakes/index.ts';
import { signatureOf, textOf, type Recipe } from './recipe.ts';

/** A mistake that was found. */
export interface Found {
  readonly code: string;
  readonly title: string;
  readonly fix: string;
  /** What exactly; empty when the title says all. */
  readonly detail: string;
}

/** The mistakes that together give the signature: one, or two. Another explanation of the same is another list. */
export type Explained = readonly Found[];

/** At most so many explanations are told. */
const MOST = 3;

/** Searches for what gives `signature`; nothing when no known mistake does. */
export function findMistakes(signature: string, right: Recipe, about: About): readonly Explained[] {
  const alone = single([...commonMistakes, ...rareMistakes], { signature, right, about });
  if (alone.length > 0) return alone;
  const together = pairOf(commonMistakes, commonMistakes, { signature, right, about });
  if (together) return [together];
  const changed = pairOf(algorithmMistakes, rareMistakes, { signature, right, about });
  if (changed) return [changed];
  return single(amountMistakes, { signature, right, about }).slice(0, 1);
}

interface Search {
  readonly signature: string;
  readonly right: Recipe;
  readonly about: About;
}

function single(mistakes: readonly Mistake[], { signature, right, about }: Search): readonly Explained[] {
  const found = new Map<string, Explained>();
  for (const mistake of mistakes) {
    for (const { recipe, detail = '' } of mistake.recipes(right, about)) {
      if (!isSame(signatureOf(recipe), signature)) continue;
      const text = textOf(recipe, '*');
      if (!found.has(text)) found.set(text, [told(mistake, detail)]);
      break;
    }
    if (found.size >= MOST) break;
  }
  return [...found.values()];
}

function pairOf(
  first: readonly Mistake[],
  second: readonly Mistake[],
  { signature, right, about }: Search,
): Explained | undefined {
  for (const one of first) {
    const rest = second.filter(({ part }) => part !== one.part);
    for (const { recipe, detail = '' } of one.recipes(right, about)) {
      const found = firstIn(rest, signature, { right: recipe, about });
      if (found) return [told(one, detail), found];
    }
  }
  return undefined;
}

function firstIn(
  mistakes: readonly Mistake[],
  signature: string,
  start: Omit<Search, 'signature'>,
): Found | undefined {
  for (const mistake of mistakes) {
    const found = firstOf(mistake, signature, start);
    if (found) return found;
  }
  return undefined;
}

function firstOf(
  mistake: Mistake,
  signature: string,
  { right, about }: Omit<Search, 'signature'>,
): Found | undefined {
  for (const { recipe, detail = '' } of mistake.recipes(right, about)) {
    if (isSame(signatureOf(recipe), signature)) return told(mistake, detail);
  }
  return undefined;
}

function told({ code, title, fix }: Mistake, detail: string): Found {
  return { code, title, fix, detail };
}

const HEX = /^[0-9a-f]+$/i;

/** Hexadecimal is compared without regard to case: that is a mistake of its own, told beside the others. */
export function isSame(computed: string, received: string): boolean {
  const given = received.trim();
  if (computed === given) return true;
  return HEX.test(given) && computed.toUpperCase() === given.toUpperCase();
}
