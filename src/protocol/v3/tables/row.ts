/** Short ways to write a row of a field table: a function for each type. */
import type { Field } from '../../dialect.ts';

/** What a row says besides its name, its title and its type. */
export interface RowOptions extends Partial<Omit<Field, 'name' | 'title' | 'type' | 'doc'>> {
  readonly doc: string;
  /** The value that is generated, always this one. */
  readonly value?: string;
}

type Row = (name: string, title: string, options: RowOptions) => Field;

/** Text; required unless it says otherwise. */
export const text = rowOf('string', 32);
/** An amount in fen: a number in JSON. */
export const fen = rowOf('fen', 19);
/** A whole number. */
export const int = rowOf('int', 19);
/** `true` or `false`. */
export const boolean = rowOf('boolean', 5);
/** A moment as RFC 3339 has it. */
export const time = rowOf('time', 64);

function rowOf(type: Field['type'], max: number): Row {
  return (name, title, { value, ...options }) => {
    const make = value === undefined ? {} : { make: () => value };
    return { name, title, type, max, required: true, ...make, ...options };
  };
}

/** Rows that stand in something: it comes in front of their names, and not of those that they ask for. */
export function nested(parent: string, rows: readonly Field[]): readonly Field[] {
  return rows.map((row) => ({ ...row, name: `${parent}.${row.name}` }));
}
