import { closest, distance } from 'fastest-levenshtein';

/** “Did you mean `x`?”, or else the full list of what there is. */
export function suggest(wrong: string, known: readonly string[]): string {
  const near = nearest(wrong, known);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  if (known.length === 0) return 'There is none to choose from.';
  const listed = alikeFirst(wrong, known).slice(0, 24);
  const more = known.length > listed.length ? `, and ${known.length - listed.length} more` : '';
  return `Known: ${listed.join(', ')}${more}.`;
}

/** Names in the same folder, or kinds of the same version, come first. */
function alikeFirst(wrong: string, known: readonly string[]): readonly string[] {
  const folder = /^[^/]+\//.exec(wrong)?.[0];
  if (folder === undefined) return known;
  const isAlike = (name: string): boolean => name.startsWith(folder);
  return [...known.filter(isAlike), ...known.filter((name) => !isAlike(name))];
}

/** The known name that was most likely meant, or none when nothing is near. */
export function nearest(wrong: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = wrong.toLowerCase();
  // of two that are as near, the one of the same length: letters are swapped more often than lost
  const ranked = [...known].sort((a, b) => rank(a, lower) - rank(b, lower));
  const near = closest(
    lower,
    ranked.map((name) => name.toLowerCase()),
  );
  const found = known.find((name) => name.toLowerCase() === near);
  const length = Math.max(wrong.length, near.length);
  const limit = length <= 3 ? 1 : Math.max(2, Math.floor(length / 3));
  const swapped = sorted(lower) === sorted(near);
  return distance(lower, near) <= limit || swapped ? found : undefined;
}

function rank(name: string, wrong: string): number {
  return Math.abs(name.length - wrong.length);
}

/** The letters of a word, for words in which some are swapped. */
function sorted(word: string): string {
  return Array.from(word).sort().join('');
}
