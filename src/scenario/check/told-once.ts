/** What is wrong with many scenarios of one file, each thing told once. */
import type { Problem } from '../problem.ts';

/** What was found in a scenario. */
export interface Finding {
  readonly scenario: string;
  readonly problems: readonly Problem[];
  /** Whether a value of its row is where the problem is. */
  readonly isOfRow?: (problem: Problem) => boolean;
}

/** Leaves out what was told before, and names the scenario where it is not the same for all. */
export function toldOnce(findings: readonly Finding[]): readonly Problem[] {
  const told = new Map<string, { problem: Problem; in: string[]; ofRow: boolean }>();
  for (const { scenario, problems, isOfRow } of findings) {
    for (const problem of problems) {
      const { at, message, fix } = problem;
      const key = JSON.stringify([at?.file, at?.line, at?.col, message, fix]);
      const known = told.get(key) ?? { problem, in: [], ofRow: isOfRow?.(problem) ?? false };
      if (known.in.at(-1) !== scenario) known.in.push(scenario);
      told.set(key, known);
    }
  }
  return [...told.values()].map(({ problem, in: scenarios, ofRow }) => {
    const [first = ''] = scenarios;
    if (!ofRow && scenarios.length === findings.length) return problem;
    const more = scenarios.length > 1 ? ` and ${scenarios.length - 1} more` : '';
    return { ...problem, message: `${problem.message}, in ${first}${more}` };
  });
}
