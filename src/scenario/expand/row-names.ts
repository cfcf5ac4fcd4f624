/** What rows are called: `paid[zero]`, or by their values, `paid[amount=1,sign_type=MD5]`. */
import { valueAt } from './compose.ts';
import type { Row } from './rows.ts';

/** No value is longer in a name. */
const LONGEST = 40;

/** A name for each row, no two alike, none with brackets in it. */
export function rowNames(rows: readonly Row[]): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return rows.map((row) => {
    const name = nameOf(row);
    let count = counts.get(name) ?? 1;
    let unique = name;
    while (taken.has(unique)) unique = `${name}#${++count}`;
    counts.set(name, count);
    taken.add(unique);
    return unique;
  });
}

/** The row's own name stands for the values of its case; those of the matrix are added. */
function nameOf({ name, cells, combined }: Row): string {
  const told = [...cells].filter(([key]) => name === undefined || combined.has(key));
  const pairs = told.map(([key, { yaml, from }]) => `${key}=${written(String(valueAt(yaml, from)))}`);
  return [...(name === undefined ? [] : [written(name)]), ...pairs].join(',');
}

/** A value as a part of a name: without what a name, a terminal or a shell reads as something else. */
function written(value: string): string {
  const characters = Array.from(value.replace(/[,[\]\p{C}\p{Zl}\p{Zp}]/gu, '_'));
  return characters.length <= LONGEST ? characters.join('') : `${characters.slice(0, LONGEST - 1).join('')}…`;
}
