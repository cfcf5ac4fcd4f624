/** `--set name=value` against a scenario. */
import { allRows, rowOf } from '../../protocol/notification.ts';
import { computedNames } from '../../protocol/all-kinds.ts';
import { unwritable } from '../../protocol/v2/write-xml.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { suggest } from '../../scenario/suggest.ts';

/** What is wrong with `--set`: a name that is neither variable nor field, or a value that cannot be written. */
export function wrongSetting(scenario: Scenario, set: Readonly<Record<string, string>>): Problem | undefined {
  const notifications = scenario.steps.filter((step) => step.does === 'notify');
  const fields = notifications.flatMap((step) => allRows(step.kind).map((row) => row.name));
  const variables = [...Object.keys(scenario.vars), ...capturedNames(scenario)];
  const known = [...new Set([...variables, ...fields])];
  for (const [name, value] of Object.entries(set)) {
    if (scenario.rows.has(name)) return ofRow(name, scenario);
    const found = variables.includes(name) || notifications.some((step) => rowOf(step.kind, name));
    const character = unwritable(value);
    if (character !== undefined) return unwritableValue(name, character);
    if (found) continue;
    if (isComputed(name, scenario)) return computed(name);
    const message = `--set ${name}: ${scenario.name} has no such variable, and its notifications no such field`;
    return { code: 'unknown-field', message, fix: suggest(name, known) };
  }
  return undefined;
}

/** What steps capture when they run. */
export function capturedNames({ steps }: Scenario): readonly string[] {
  return steps.flatMap((step) => (step.does === 'notify' ? [] : step.captures.map(({ name }) => name)));
}

function isComputed(name: string, { steps }: Scenario): boolean {
  return steps.some((step) => step.does === 'notify' && computedNames(step.kind).includes(name));
}

function ofRow(name: string, { name: scenario, family }: Scenario): Problem {
  const message = `--set ${name}: ${scenario} has its value from its row`;
  const fix = `Choose another row: \`wxnotify list --json\` names those of ${family}. Or add one.`;
  return { code: 'usage', message, fix };
}

function unwritableValue(name: string, character: string): Problem {
  const message = `--set ${name}: the value has the character ${character}, which XML cannot carry`;
  return { code: 'bad-value', message, fix: 'Take it out.' };
}

function computed(name: string): Problem {
  const fix = `To send a wrong one, write a scenario with \`tamper: { change: { ${name}: … } }\`.`;
  return { code: 'bad-value', message: `--set ${name}: it is computed, and cannot be set`, fix };
}
