/** Which scenarios of many: by tag, by name, by share. Pure, and the same on every machine. */
import { hash } from 'node:crypto';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Source } from '../../protocol/dialect.ts';

/** `smoke`, `!slow`: has one of those that are named, when any is, and none of those with `!`. */
export function hasTags({ tags }: Pick<Scenario, 'tags'>, words: readonly string[]): boolean {
  const refused = words.filter((word) => word.startsWith('!')).map((word) => word.slice(1));
  const wanted = words.filter((word) => !word.startsWith('!'));
  const isIn = (tag: string): boolean => tags.includes(tag);
  return (wanted.length === 0 || wanted.some(isIn)) && !refused.some(isIn);
}

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** One of so many parts, of the same size but for one: together they are everything, and none has what another has. */
export function shardOf(scenarios: readonly Scenario[], { index, of }: Shard): readonly Scenario[] {
  const digest = new Map(scenarios.map(({ name }) => [name, hash('sha256', name)]));
  const ranked = [...digest].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([name]) => name);
  const mine = new Set(ranked.filter((_, position) => position % of === index - 1));
  return scenarios.filter(({ name }) => mine.has(name));
}

/** In another order; the same one for the same source. */
export function shuffled<T>(items: readonly T[], source: Source): readonly T[] {
  const keys = items.map((_, index) => Buffer.from(source.fork(String(index)).bytes(8)).readBigUInt64BE());
  return items
    .map((item, index) => ({ item, key: keys[index] ?? 0n }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ item }) => item);
}
