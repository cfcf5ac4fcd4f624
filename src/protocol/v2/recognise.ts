import type { Fields, Kind } from '../dialect.ts';
import { kinds } from '../kinds.gen.ts';
import { rowOf } from '../notification.ts';

const all: readonly Kind[] = Object.values(kinds);

/** The kind that a received message most likely is: the one with the most marks, all of them there. */
export function recogniseKind(fields: Fields): Kind | undefined {
  const fitting = all.filter((kind) => kind.marks.every((name) => isMarked(fields[name], kind, name)));
  return fitting.sort((a, b) => b.marks.length - a.marks.length)[0];
}

/** A mark is there, with a value that the table allows: two kinds may differ in nothing else. */
function isMarked(value: string | undefined, kind: Kind, name: string): boolean {
  if (value === undefined) return false;
  return rowOf(kind, name)?.values?.includes(value) ?? true;
}
