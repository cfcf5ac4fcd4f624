/** What happens at once is told one after the other: in the order of the scenarios, unmixed. */
import type { SuiteEvent } from '../events.ts';

export interface Lane {
  readonly emit: (event: SuiteEvent) => void;
  /** Nothing more comes; the next one's turn. */
  readonly end: () => void;
}

/** Makes lanes, one for each scenario in their order: the first that has not ended is told at once, the others wait. */
export function createLanes(count: number, emit: (event: SuiteEvent) => void): readonly Lane[] {
  const waiting = Array.from({ length: count }, (): SuiteEvent[] => []);
  const ended = new Set<number>();
  let turn = 0;
  const advance = (): void => {
    while (turn < count && ended.has(turn)) {
      turn++;
      for (const event of waiting[turn]?.splice(0) ?? []) emit(event);
    }
  };
  return waiting.map((events, index) => ({
    emit: (event) => {
      if (index === turn) emit(event);
      else events.push(event);
    },
    end: () => {
      ended.add(index);
      advance();
    },
  }));
}
