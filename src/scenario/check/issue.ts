/** A schema issue in the words of somebody who is writing a scenario. */
import type * as v from 'valibot';
import { hasTemplate } from '../fill/template.ts';
import type { Problem } from '../problem.ts';
import { suggest } from '../suggest.ts';
import type { Path, YamlFile } from '../yaml/yaml.ts';

type Issue = v.BaseIssue<unknown>;
type Schema = v.GenericSchema;

/** Says what is wrong at the places of schema issues, and what would be right. */
export function explainIssues(
  issues: readonly [Issue, ...Issue[]],
  schema: Schema,
  yaml: YamlFile,
): readonly [Problem, ...Problem[]] {
  const problems = issues.flatMap((issue) => [
    explainIssue(issue, schema, yaml),
    ...otherKeys(issue, schema, yaml),
  ]);
  const misspelt = problems.filter(({ code }) => code === 'unknown-key').map(({ fix }) => fix);
  const isSaid = ({ code, message }: Problem): boolean =>
    code === 'missing' &&
    misspelt.some((fix) => fix.startsWith('Did') && message.endsWith(/`.*`/.exec(fix)?.[0] ?? fix));
  const [first, ...rest] = problems.filter((problem) => !isSaid(problem)).sort(byPlace);
  return [first ?? explainIssue(issues[0], schema, yaml), ...rest];
}

/** In the order in which they stand in the file. */
export function byPlace(a: Problem, b: Problem): number {
  return (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.col ?? 0) - (b.at?.col ?? 0);
}

/** The validator tells of one unknown key in a mapping. */
function otherKeys(issue: Issue, schema: Schema, yaml: YamlFile): readonly Problem[] {
  const last = issue.path?.at(-1);
  if (issue.type !== 'strict_object' || issue.expected !== 'never' || !last) return [];
  const parent = (issue.path ?? []).slice(0, -1).map((item) => item.key as string | number);
  const known = keysOf(descend(schema, parent, yaml));
  return Object.keys(last.input as object)
    .filter((key) => key !== last.key && !known.includes(key))
    .map((key) => wrongKey({ ...issue, expected: 'never' }, { path: [...parent, key], schema, yaml }));
}

function explainIssue(issue: Issue, schema: Schema, yaml: YamlFile): Problem {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const last = issue.path?.at(-1);
  if (issue.type === 'strict_object') return wrongKey(issue, { path, schema, yaml });
  if (last?.origin === 'key') {
    const message = `${quoted(path)} is not ${issue.kind === 'validation' ? issue.message : 'a name'}`;
    return { code: 'bad-value', at: yaml.place(path, 'key'), message, fix: 'Use letters, digits and `_`.' };
  }
  const at = yaml.place(path);
  return {
    code: codeOf(issue),
    at,
    message: `${quoted(path)} ${says(issue, yaml)}`,
    fix: fixOf(issue, { schema, path, yaml }),
  };
}

/** A path as people count: the first step is step 1, the first row of a table row 1, the first entry of a list entry 1. */
function pathText(path: Path): string {
  const counted = (word: string) => (_: string, index: string) => `${word} ${Number(index) + 1}`;
  const text = path.join('.');
  return text
    .replace(/^steps\.(\d+)/, counted('step'))
    .replace(/^accepted\.(\d+)/, counted('entry'))
    .replace(/^(?:cases\.)?(\d+)/, counted('row'));
}

function quoted(path: Path): string {
  return path.length === 0 ? 'the file' : `\`${pathText(path)}\``;
}

interface Context {
  readonly path: Path;
  readonly schema: Schema;
  readonly yaml: YamlFile;
}

function wrongKey(issue: Issue, { path, schema, yaml }: Context): Problem {
  const key = String(path.at(-1) ?? '');
  const parent = path.slice(0, -1);
  const inside = quoted(parent);
  if (issue.expected === 'never') {
    const message = `\`${key}\` is no key of ${inside}`;
    const inStep = parent.length === 0 && keysOf(descend(schema, ['steps', 0], yaml)).includes(key);
    const fix = inStep
      ? 'This file has `steps`: move it into one of them.'
      : suggest(key, keysOf(descend(schema, parent, yaml)));
    return { code: 'unknown-key', at: yaml.place(path, 'key'), message, fix };
  }
  if (issue.expected === 'Object') {
    const message = `${quoted(path)} must be a mapping of keys to values, and is ${shown(issue.input, yaml)}`;
    return {
      code: 'bad-value',
      at: yaml.place(path),
      message,
      fix: `Keys: ${keysOf(descend(schema, path, yaml)).join(', ')}.`,
    };
  }
  const message = `${inside} has no \`${key}\``;
  const fix = missingFix(key, parent);
  return { code: 'missing', at: yaml.place(parent), message, fix };
}

function missingFix(key: string, parent: Path): string {
  if (key !== 'notify') return `Add \`${key}:\`.`;
  if (parent.length > 2) return 'A group holds notifications only: put other steps before or after it.';
  return parent.length > 0
    ? 'Add `notify: v2/payment`.'
    : 'Add `notify: v2/payment`, or several under `steps:`.';
}

function codeOf(issue: Issue): Problem['code'] {
  return issue.type === 'picklist' && issue.path?.at(-1)?.key === 'notify' ? 'unknown-kind' : 'bad-value';
}

function says(issue: Issue, yaml: YamlFile): string {
  const got = shown(issue.input, yaml);
  if (yaml.hidden === true) return `must be ${wanted(issue)}`;
  if (issue.type === 'picklist') return `is ${got}, which is not known here`;
  return `is ${got}, and must be ${wanted(issue)}`;
}

function wanted(issue: Issue): string {
  if (issue.type === 'picklist') return optionsOf(issue).join(' or ');
  if (issue.kind === 'validation' || !issue.message.startsWith('Invalid')) return issue.message;
  return article(issue.expected ?? 'something else');
}

function optionsOf({ expected }: Issue): readonly string[] {
  return (expected ?? '').replace(/[()"]/g, '').split(' | ');
}

function fixOf(issue: Issue, { schema, path, yaml }: Context): string {
  if (typeof issue.input === 'string' && hasTemplate(issue.input) && yaml.hidden !== true) return ONLY_ROWS;
  if (issue.type !== 'picklist') return example(descend(schema, path, yaml), yaml);
  return suggest(typeof issue.input === 'string' ? issue.input : '', optionsOf(issue));
}

const ONLY_ROWS =
  'What stands for a value here is a name of `matrix` or `cases`, with a plain value in every row.';

function example(schema: Schema | undefined, { hidden }: YamlFile): string {
  const doc = (
    schema as { pipe?: readonly { type: string; description?: string }[] } | undefined
  )?.pipe?.find((item) => item.type === 'description')?.description;
  if (doc) return `It means: ${doc}.`;
  return hidden === true ? 'See docs/configuration.md.' : 'See docs/scenarios.md.';
}

function article(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'text (in quotes when it looks like a number)',
    number: 'a number',
    boolean: 'true or false',
    Array: 'a list',
    Object: 'a mapping',
    '(string | number | boolean)': 'text or a number',
    '(string | Object)': 'a JSONPath, or one of `json`, `header`, `xml` and `regex` with its value',
    '(string | Array)': 'a name, or a list of names',
    '(string | Array | Object)': 'a name, a list of names, or names with values',
    '(string | Object | Array)': 'text, `{ repeat: text, times: n }`, or a list of these',
    '(string | number | boolean | null)': 'text, a number, or null to leave the field out',
  };
  return words[expected] ?? expected;
}

function shown(input: unknown, { hidden }: YamlFile): string {
  if (Array.isArray(input)) return 'a list';
  if (input !== null && typeof input === 'object') return 'a mapping';
  if (hidden === true && input !== undefined) return 'another value';
  if (typeof input === 'function') return 'a function';
  if (typeof input === 'number' || typeof input === 'bigint') return String(input);
  const text = JSON.stringify(input) as string | undefined;
  return text === undefined ? 'missing' : text.slice(0, 60);
}

/** The schema of what stands at a path. A step's depends on what is in it. */
function descend(schema: Schema, path: Path, { value }: YamlFile): Schema | undefined {
  let at: Shape | undefined = unwrap(schema, value);
  let here: unknown = value;
  for (const step of path) {
    here = (here as Readonly<Record<string | number, unknown>> | null | undefined)?.[step];
    const next: unknown = at?.entries?.[step] ?? at?.item ?? at?.value;
    at = next === undefined ? undefined : unwrap(next as Schema, here);
  }
  return at as Schema | undefined;
}

interface Shape {
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly item?: unknown;
  readonly value?: unknown;
  readonly wrapped?: Schema;
  /** Of a schema that depends on the value. */
  readonly getter?: (value: unknown) => Schema;
}

function unwrap(schema: Schema, value: unknown): Shape {
  const shape = schema as Shape;
  if (shape.wrapped) return unwrap(shape.wrapped, value);
  return shape.getter ? unwrap(shape.getter(value), value) : shape;
}

function keysOf(schema: Schema | undefined): readonly string[] {
  return Object.keys((schema as Shape | undefined)?.entries ?? {});
}
