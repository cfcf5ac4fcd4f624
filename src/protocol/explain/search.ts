/** Which known mistakes lead to what came: each alone, or two together. */
import type { Explained, Found, Mistake, Variant } from './mistake.ts';

/** What is searched for, and from where. */
export interface Search<R, A = undefined> {
  readonly right: R;
  readonly about: A;
  /** Whether a recipe gives what came. */
  readonly gives: (recipe: R) => boolean;
  /** What a recipe signs: of several mistakes that sign the same, the first is told. */
  readonly textOf: (recipe: R) => string;
  /** What may still be tried, and what one try costs: a message may be long. */
  readonly work: { left: number; readonly each: number };
}

/** At most so many explanations are told. */
const MOST = 3;

/** Each mistake alone. */
export function single<R, A>(mistakes: readonly Mistake<R, A>[], search: Search<R, A>): readonly Explained[] {
  const found = new Map<string, Explained>();
  for (const mistake of mistakes) {
    for (const { recipe, detail = '' } of variantsOf(mistake, search)) {
      if (!search.gives(recipe)) continue;
      const text = search.textOf(recipe);
      if (!found.has(text)) found.set(text, [told(mistake, detail)]);
      break;
    }
    if (found.size >= MOST) break;
  }
  return [...found.values()];
}

/** Two mistakes of different parts together. */
export function pairOf<R, A>(
  first: readonly Mistake<R, A>[],
  second: readonly Mistake<R, A>[],
  search: Search<R, A>,
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

/** The variants of a mistake, as long as there is time for them. */
function* variantsOf<R, A>(
  mistake: Mistake<R, A>,
  { right, about, work }: Search<R, A>,
): Generator<Variant<R>> {
  for (const variant of mistake.recipes(right, about)) {
    work.left -= work.each;
    if (work.left < 0) return;
    yield variant;
  }
}

function firstIn<R, A>(mistakes: readonly Mistake<R, A>[], search: Search<R, A>): Found | undefined {
  for (const mistake of mistakes) {
    for (const { recipe, detail = '' } of variantsOf(mistake, search)) {
      if (search.gives(recipe)) return told(mistake, detail);
    }
  }
  return undefined;
}

function told<R, A>({ code, title, fix }: Mistake<R, A>, detail: string): Found {
  return { code, title, fix, detail };
}
