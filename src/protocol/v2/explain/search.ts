/** Which known mistakes give a signature: each alone, then two together, then every amount. */
import type { About, Mistake, Variant } from './mistake.ts';
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
  const search: Search = { signature, right, about, work: { left: WORK, each: costOf(about) } };
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

interface Search {
  readonly signature: string;
  readonly right: Recipe;
  readonly about: About;
  readonly work: { left: number; readonly each: number };
}

/** The variants of a mistake, as long as there is time for them. */
function* variantsOf(mistake: Mistake, { right, about, work }: Search): Generator<Variant> {
  for (const variant of mistake.recipes(right, about)) {
    work.left -= work.each;
    if (work.left < 0) return;
    yield variant;
  }
}

function single(mistakes: readonly Mistake[], search: Search): readonly Explained[] {
  const found = new Map<string, Explained>();
  for (const mistake of mistakes) {
    for (const { recipe, detail = '' } of variantsOf(mistake, search)) {
      if (!isSame(signatureOf(recipe), search.signature)) continue;
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
  search: Search,
): Explained | undefined {
  for (const one of first) {
    const rest = second.filter(({ part }) => part !== one.part);
    for (const { recipe, detail = '' } of variantsOf(one, search)) {
      const found = firstIn(rest, { ...search, right: recipe });
      if (found) return [told(one, detail), found];
    }
  }
  return undefined;
}

function firstIn(mistakes: readonly Mistake[], search: Search): Found | undefined {
  for (const mistake of mistakes) {
    for (const { recipe, detail = '' } of variantsOf(mistake, search)) {
      if (isSame(signatureOf(recipe), search.signature)) return told(mistake, detail);
    }
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
