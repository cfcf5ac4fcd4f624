/** Parsed YAML + schema → Scenario; every problem has a place and a fix. */
import * as v from 'valibot';
import { kinds } from '../protocol/kinds.gen.ts';
import { toExpectation } from './expect.ts';
import { explainIssues } from './issue.ts';
import { collect, fail, type Problem, type Result } from './problem.ts';
import type { NotifyStep, Scenario } from './scenario.ts';
import { longForm, millis, shortForm, type LongForm, type ShortForm, type StepForm } from './schema.ts';
import { parseYaml, type Path, type YamlFile } from './yaml.ts';

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
  const problems = scenario.steps.flatMap((step) => computedFields(step, yaml.value));
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
  const steps = 'steps' in form ? form.steps : [form];
  return {
    name,
    file: yaml.file,
    summary: form.summary ?? '',
    tags: form.tags ?? [],
    vars: mapValues(form.vars ?? {}, String),
    steps: steps.map((step, index) => toStep(step, index, 'steps' in form ? ['steps', index] : [])),
    place: (path, key) => yaml.place(path, key),
  };
}

function toStep(form: StepForm, index: number, path: Path): NotifyStep {
  return {
    number: index + 1,
    name: form.name,
    path,
    kind: kinds[form.notify],
    fields: mapValues(form.fields ?? {}, (value) => (value === null ? null : String(value))),
    sign_type: form.sign_type,
    times: form.times ?? 1,
    concurrency: form.concurrency ?? 1,
    every_ms: millis(form.every ?? '0ms') ?? 0,
    timeout_ms: form.timeout === undefined ? undefined : millis(form.timeout),
    tamper: form.tamper,
    expect: toExpectation(form.expect, form.tamper !== undefined),
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

function mapValues<T, U>(object: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
