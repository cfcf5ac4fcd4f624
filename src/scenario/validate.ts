/** Parsed YAML + schema → Scenario; every problem has a place and a fix. */
import * as v from 'valibot';
import { explainIssues } from './issue.ts';
import { collect, fail, type Problem, type Result } from './problem.ts';
import type { NotifyStep, Scenario } from './scenario.ts';
import { longForm, shortForm, type LongForm, type ShortForm, type StepForm } from './schema.ts';
import { repeatProblems } from './repeats.ts';
import { toSteps } from './steps.ts';
import { parseYaml, type YamlFile } from './yaml.ts';

/**
 * Reads a scenario from YAML text.
 *
 * @param file as it is named in messages
 * @param name the scenario's name
 */
export function readScenario(text: string, file: string, name: string): Result<Scenario> {
  const yaml = parseYaml(text, file);
  if (!yaml.ok) return yaml;
  const { value } = yaml.value;
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return fail(notAScenario(yaml.value));
  const flow = Object.hasOwn(value, 'steps');
  const schema = flow ? longForm : shortForm;
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) return fail(...explainIssues(parsed.issues, schema, yaml.value));
  const scenario = toScenario(parsed.output, yaml.value, name);
  const problems = scenario.steps.flatMap((step) =>
    step.does === 'notify' ? [...computedFields(step, yaml.value), ...repeatProblems(step, yaml.value)] : [],
  );
  return collect(problems, () => scenario);
}

function notAScenario(yaml: YamlFile): Problem {
  return {
    code: 'bad-value',
    at: yaml.place([]),
    message: yaml.value === null ? 'the file is empty' : 'a scenario is a mapping of keys to values',
    fix: 'Begin with `notify: v2/payment`, or with `steps:`.',
  };
}

function toScenario(form: ShortForm | LongForm, yaml: YamlFile, name: string): Scenario {
  const vars = Object.entries(form.vars ?? {});
  const steps: readonly StepForm[] = 'steps' in form ? form.steps : [form];
  return {
    name,
    file: yaml.file,
    summary: form.summary ?? '',
    tags: form.tags ?? [],
    vars: Object.fromEntries(vars.map(([key, value]) => [key, String(value)])),
    typed: new Set(vars.filter(([, value]) => typeof value !== 'string').map(([key]) => key)),
    steps: toSteps(steps, (index) => ('steps' in form ? ['steps', index] : [])),
    place: (path, key) => yaml.place(path, key),
  };
}

/** What wxnotify computes cannot be set: a scenario without `tamper` is always authentic. */
function computedFields(step: NotifyStep, yaml: YamlFile): readonly Problem[] {
  const computed = ['sign', step.kind.envelope?.into].find(
    (name) => name !== undefined && Object.hasOwn(step.fields, name),
  );
  if (computed === undefined) return [];
  return [
    {
      code: 'bad-value',
      at: yaml.place([...step.path, 'fields', computed], 'key'),
      message: `${computed} is computed, and cannot be a field`,
      fix: `To send a wrong one: \`tamper: { change: { ${computed}: … } }\`.`,
    },
  ];
}
