/** Variables that somebody else gives a scenario: the profile, so that built-in scenarios fit one's own API. */
import type { Scenario } from './scenario.ts';

/** The scenario with other values for those of its variables that are named; others mean nothing to it. */
export function withVars(
  scenario: Scenario,
  vars: Readonly<Record<string, string | number | boolean>>,
): Scenario {
  const known = Object.entries(vars).filter(([name]) => Object.hasOwn(scenario.vars, name));
  const typed = new Set(scenario.typed);
  for (const [name, value] of known) {
    if (typeof value === 'string') typed.delete(name);
    else typed.add(name);
  }
  const texts = Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
  return { ...scenario, vars: { ...scenario.vars, ...texts }, typed };
}
