/** JSONPaths that are none, told before anything is sent. */
import { query } from 'jsonpath-rfc9535';
import type { Problem } from '../scenario/problem.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Path } from '../scenario/yaml.ts';
import type { Prepared, PreparedCall } from './prepared.ts';

/** The paths of a scenario that RFC 9535 does not know; nothing when all are well. */
export function wrongPaths({ scenario, steps }: Prepared): readonly [Problem, ...Problem[]] | undefined {
  const problems = steps.flatMap((step) =>
    step.does === 'call' ? pathsOf(step).flatMap(([path, at]) => problemOf(path, scenario, at)) : [],
  );
  const [first, ...rest] = problems;
  return first && [first, ...rest];
}

/** The paths, and where they are written. */
function pathsOf({ step, captures, expect }: PreparedCall): readonly (readonly [string, Path])[] {
  const captured = captures.filter(({ from }) => from === 'json');
  const written = Object.keys(step.expect.json);
  return [
    ...captured.map(({ name, what }) => [what, [...step.path, 'capture', name]] as const),
    ...Object.keys(expect.json).map(
      (what, index) => [what, [...step.path, 'expect', 'json', written[index] ?? what]] as const,
    ),
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
