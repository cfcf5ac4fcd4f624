/** Variables that somebody else gives a scenario: the profile, so that built-in scenarios fit one's own API. */
import type { Place, Problem } from '../problem.ts';
import type { Scenario } from '../scenario.ts';
import { nearest } from '../suggest.ts';

/** Values for variables, and where each of them stands. */
export interface GivenVars {
  readonly vars: Readonly<Record<string, string | number | boolean>>;
  readonly varPlace: (name: string) => Place | undefined;
}

/** The scenario with other values for those of its variables that are named, but not for those of its row. */
export function withVars(scenario: Scenario, { vars, varPlace }: GivenVars): Scenario {
  const isOpen = (name: string): boolean => Object.hasOwn(scenario.vars, name) && !scenario.rows.has(name);
  const known = Object.entries(vars).filter(([name]) => isOpen(name));
  const typed = new Set(scenario.typed);
  for (const [name, value] of known) {
    if (typeof value === 'string') typed.delete(name);
    else typed.add(name);
  }
  const texts = Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
  return {
    ...scenario,
    vars: { ...scenario.vars, ...texts },
    typed,
    place: (path, key) => {
      const [first, name] = path;
      const given = first === 'vars' && typeof name === 'string' && Object.hasOwn(texts, name);
      return (given ? varPlace(name) : undefined) ?? scenario.place(path, key);
    },
  };
}

/** Names that are almost those of the scenario's variables: a slip would change nothing, and say nothing. */
export function misspeltVars({ vars: own }: Scenario, { vars, varPlace }: GivenVars): readonly Problem[] {
  const names = Object.keys(own);
  return Object.keys(vars).flatMap((name): readonly Problem[] => {
    const near = names.includes(name) ? undefined : nearest(name, names);
    if (near === undefined || Object.hasOwn(vars, near)) return [];
    const at = varPlace(name);
    const message = `this scenario has no variable ${name}`;
    return [{ code: 'unknown-variable', ...(at && { at }), message, fix: `Did you mean \`${near}\`?` }];
  });
}
