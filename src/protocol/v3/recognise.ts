import type { Fields, V3Kind } from '../dialect.ts';
import { ENVELOPE } from './envelope.ts';
import { v3Kinds } from './kinds.gen.ts';

const all: readonly V3Kind[] = Object.values(v3Kinds);

/**
 * The kind that a received notification most likely is: of those with its event type, the one with the most marks, all
 * of them there. Several kinds share an event type, and only the resource tells them apart.
 */
export function recogniseKind(fields: Fields): V3Kind | undefined {
  const type = fields[`${ENVELOPE}event_type`];
  const fitting = all.filter(
    ({ events, marks }) =>
      Object.hasOwn(events, type ?? '') && marks.every((name) => fields[name] !== undefined),
  );
  return fitting.sort((a, b) => b.marks.length - a.marks.length)[0];
}
