/** Variables of several files in one order: each after those that it refers to. */
import { namesIn } from './template.ts';

type Vars = Readonly<Record<string, string>>;

/** Sorts variables. Those that refer to each other in a circle stay as they are, and are told of as unknown. */
export function inOrder(vars: Vars): Vars {
  const sorted = new Map<string, string>();
  const open = new Set<string>();
  const add = (name: string, value: string): void => {
    if (sorted.has(name) || open.has(name)) return;
    open.add(name);
    for (const other of namesIn(value)) {
      const needed = vars[other];
      if (Object.hasOwn(vars, other) && needed !== undefined) add(other, needed);
    }
    sorted.set(name, value);
  };
  for (const [name, value] of Object.entries(vars)) add(name, value);
  return Object.fromEntries(sorted);
}
