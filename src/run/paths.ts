/** JSONPaths that are none, told before anything is sent. */
import { query } from 'jsonpath-rfc9535';
import type { Problem } from '../scenario/problem.ts';
import type { CallStep, Scenario } from '../scenario/scenario.ts';
import type { Path } from '../scenario/yaml.ts';

/** The paths of a scenario that RFC 9535 does not know; nothing when all are well. */
export function wrongPaths(scenario: Scenario): readonly [Problem, ...Problem[]] | undefined {
  const problems = scenario.steps.flatMap((step) =>
    step.does === 'call' ? pathsOf(step).flatMap(([path, at]) => problemOf(path, scenario, at)) : [],
  );
  const [first, ...rest] = problems;
  return first && [first, ...rest];
}

function pathsOf({ path, captures, expect }: CallStep): readonly (readonly [string, Path])[] {
  const captured = captures.filter(({ from }) => from === 'json');
  return [
    ...captured.map(({ name, what }) => [what, [...path, 'capture', name]] as const),
    ...Object.keys(expect.json).map((what) => [what, [...path, 'expect', 'json', what]] as const),
  ];
}

function problemOf(path: string, scenario: Scenario, at: Path): readonly Problem[] {
  try {
    query(null, path);
    return [];
  } catch {
    const message = `${JSON.stringify(path)} is no JSONPath`;
    const fix = 'It begins with $: `$.id`, `$.items[0].name`, `$..price` (RFC 9535).';
    return [{ code: 'bad-value', at: scenario.place(at, 'key'), message, fix }];
  }
}
