/** Cases that are undecided for the same reason are told together. */
import type { Undecided } from '../../audit/result.ts';

/** Groups of one reason and one remedy, in the order of their first cases. */
export function groupsOf(undecided: readonly Undecided[]): readonly (readonly [Undecided, ...Undecided[]])[] {
  const groups = new Map<string, [Undecided, ...Undecided[]]>();
  for (const one of undecided) {
    const key = `${one.why}\n${one.fix}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}
