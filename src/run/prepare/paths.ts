/** JSONPaths that are none, told before anything is sent. */
import { query } from 'jsonpath-rfc9535';
import type { Problem } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { onlyName } from '../../scenario/fill/template.ts';
import type { Path } from '../../scenario/yaml/yaml.ts';
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
  const written = Object.keys(step.expect.json);
  return [
    ...captures.flatMap(({ name, from, what }, index) => {
      const at = placeOf(step.captures[index]?.what ?? '', [...step.path, 'capture', name]);
      return from === 'json' ? [[what, at] as const] : [];
    }),
    ...Object.keys(expect.json).map((what, index) => {
      const text = written[index] ?? what;
      return [what, placeOf(text, [...step.path, 'expect', 'json', text])] as const;
    }),
  ];
}

/** A path that is a variable stands where the variable does. */
function placeOf(written: string, at: Path): Path {
  const name = onlyName(written);
  return name === undefined ? at : ['vars', name];
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
