/** The order in which the steps of a group are done. */
import type { Group } from '../scenario/scenario.ts';
import type { RunEvent } from './events.ts';
import { seededSource } from './source.ts';

/** Does one step, telling `emit`; whether all was as expected. */
export type Job = (emit: Emit) => Promise<boolean>;
type Emit = (event: RunEvent) => void;

export interface Order {
  /** `undefined`: as they stand. */
  readonly order: Group['order'] | undefined;
  readonly seed: string;
  /** The group’s first step: another group of as many is shuffled otherwise. */
  readonly first: number;
  readonly emit: Emit;
}

/** Does all jobs, whatever becomes of the others; whether all was as expected. */
export async function inOrder(jobs: readonly Job[], { order, seed, first, emit }: Order): Promise<boolean> {
  if (order === 'parallel') return atOnce(jobs, emit);
  let ok = true;
  for (const job of arranged(jobs, order, `${seed}\u0000group ${first}`)) ok = (await job(emit)) && ok;
  return ok;
}

/** What the jobs tell is told one job after the other, so that reports are not mixed. */
async function atOnce(jobs: readonly Job[], emit: Emit): Promise<boolean> {
  const outcomes = await Promise.all(
    jobs.map(async (job) => {
      const events: RunEvent[] = [];
      const ok = await job((event) => {
        if (event.type === 'progress' || event.type === 'waiting') emit(event);
        else events.push(event);
      });
      return { ok, events };
    }),
  );
  for (const event of outcomes.flatMap(({ events }) => events)) emit(event);
  return outcomes.every(({ ok }) => ok);
}

function arranged<T>(
  items: readonly T[],
  order: 'shuffled' | 'reversed' | undefined,
  seed: string,
): readonly T[] {
  if (order === undefined) return items;
  return order === 'reversed' ? items.toReversed() : shuffled(items, seed);
}

/** Every order is as likely as any other, and the seed decides which. */
function shuffled<T>(items: readonly T[], seed: string): readonly T[] {
  const bytes = Buffer.from(
    seededSource(seed)
      .fork('shuffled')
      .bytes(items.length * 4),
  );
  const ranked = items.map((item, index) => ({ item, rank: bytes.readUInt32LE(index * 4) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}
