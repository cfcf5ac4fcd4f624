/** Parsed YAML + schema → Scenario; every problem has a place and a fix. */
import * as v from 'valibot';
import { computedNames } from '../../protocol/all-kinds.ts';
import { callProblems, misplacedStep } from './call-problems.ts';
import { explainIssues } from './issue.ts';
import { collect, fail, type Problem, type Result } from '../problem.ts';
import type { NotifyStep, Scenario } from '../scenario.ts';
import { longForm, shortForm, type CallForm, type LongForm, type ShortForm } from '../schema/schema.ts';
import { repeatProblems } from './repeats.ts';
import { versionProblems } from './version.ts';
import { toSteps, type PlacedForm } from '../steps.ts';
import { parseYaml, type Path, type YamlFile } from '../yaml/yaml.ts';

/**
 * Reads a scenario from YAML text that stands alone.
 *
 * @param file as it is named in messages
 * @param name the scenario's name
 */
export function readScenario(text: string, file: string, name: string): Result<Scenario> {
  const yaml = parseYaml(text, file);
  return yaml.ok ? toScenario(yaml.value, name) : yaml;
}

/** Checks a file that has all its parts. */
export function toScenario(yaml: YamlFile, name: string): Result<Scenario> {
  const { value } = yaml;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return fail(notAScenario(yaml));
  const misplaced = misplacedStep(value, yaml);
  if (misplaced) return fail(misplaced);
  const flow = Object.hasOwn(value, 'steps');
  const schema = flow ? longForm : shortForm;
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) return fail(...explainIssues(parsed.issues, schema, yaml));
  const forms = stepsOf(parsed.output, yaml);
  const scenario = scenarioOf(parsed.output, forms, { yaml, name });
  const problems = [
    ...scenario.steps.flatMap((step) => (step.does === 'notify' ? notifyProblems(step, yaml) : [])),
    ...forms.flatMap(({ form, path }) => callProblems(form, path, yaml)),
  ];
  return collect(problems, () => scenario);
}

/** What is said of a file that is no mapping. */
export function notAScenario(yaml: YamlFile): Problem {
  return {
    code: 'bad-value',
    at: yaml.place([]),
    message: yaml.value === null ? 'the file is empty' : 'a scenario is a mapping of keys to values',
    fix: 'Begin with `notify: v2/payment`, or with `steps:`.',
  };
}

function stepsOf(form: ShortForm | LongForm, yaml: YamlFile): readonly PlacedForm[] {
  if (!('steps' in form)) return [{ form, path: [] }];
  return form.steps.map((step, index) => {
    const path = ['steps', index];
    return { form: 'call' in step ? withExactJson(step, path, yaml) : step, path };
  });
}

/** XML fields are texts; in JSON a number is sent, and compared, as it is written. */
function withExactJson(form: CallForm, path: Path, yaml: YamlFile): CallForm {
  const { json, expect } = form;
  const expected = yaml.exact([...path, 'expect', 'json']) as Readonly<Record<string, unknown>>;
  return {
    ...form,
    ...(json !== undefined && { json: yaml.exact([...path, 'json']) }),
    ...(expect?.json && { expect: { ...expect, json: expected } }),
  };
}

interface Origin {
  readonly yaml: YamlFile;
  readonly name: string;
}

function scenarioOf(
  form: ShortForm | LongForm,
  steps: readonly PlacedForm[],
  { yaml, name }: Origin,
): Scenario {
  const vars = Object.entries(form.vars ?? {});
  return {
    name,
    family: name,
    file: yaml.file,
    reference: name,
    summary: (form.summary ?? '').replaceAll('$${', () => '${'),
    tags: form.tags ?? [],
    vars: Object.fromEntries(vars.map(([key, value]) => [key, String(value)])),
    typed: new Set(vars.filter(([key]) => typeof yaml.exact(['vars', key]) !== 'string').map(([key]) => key)),
    rows: new Set(),
    serial: form.serial ?? false,
    audit: form.audit,
    steps: toSteps(steps),
    sources: [],
    place: (path, key) => yaml.place(path, key),
    isDefault: () => false,
  };
}

function notifyProblems(step: NotifyStep, yaml: YamlFile): readonly Problem[] {
  return [...computedFields(step, yaml), ...versionProblems(step, yaml), ...repeatProblems(step, yaml)];
}

/** What wxnotify computes cannot be set: a scenario without `tamper` is always authentic. */
function computedFields(step: NotifyStep, yaml: YamlFile): readonly Problem[] {
  const computed = computedNames(step.kind).find((name) => Object.hasOwn(step.fields, name));
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
