/** Rules over several fields that more than one kind has. */
import type { Rule } from '../../dialect.ts';

/** An amount must not be more than another, as far as both are there. */
export function moreThanTotal(part: string, total: string, source: string): Rule {
  return {
    name: part,
    broken: (fields) => {
      const [some, all] = [fields[part], fields[total]];
      if (some === undefined || all === undefined || !(Number(some) > Number(all))) return undefined;
      return `${part} is ${some}, more than ${total} (${all})`;
    },
    source,
  };
}
