/** `use`: steps that stand in files of their own, in place of the step that names the file. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { explainIssues } from '../check/issue.ts';
import { fail, succeed, type Problem, type Result } from '../problem.ts';
import { readText, shownPath } from '../read-file.ts';
import { stepsFile } from '../schema/schema-use.ts';
import { parseYaml, type Path, type YamlFile } from '../yaml/yaml.ts';
import { compose, isMapping, valueAt, type Part } from './compose.ts';

/** A file with all its steps, and the files that they came from. */
export interface Included {
  readonly yaml: YamlFile;
  readonly sources: readonly string[];
}

/** Files that use files twice, which do so too, would never end. */
const MOST = 1000;

/** Puts the steps of other files where they are used. */
export function withIncludes(yaml: YamlFile, file: { path: string; cwd: string }): Result<Included> {
  const steps = valueAt(yaml, ['steps']);
  if (!Array.isArray(steps) || !steps.some(isUse)) return succeed({ yaml, sources: [] });
  const reading: Reading = { cwd: file.cwd, problems: [], sources: new Set(), count: 0 };
  const placed = stepsOf(yaml, ['steps'], { reading, open: [file.path] });
  const [first, ...rest] = reading.problems;
  if (first) return fail(first, ...rest);
  const bare = { ...yaml, value: { ...(yaml.value as object), steps: [] } };
  const parts = placed.map((step, index): Part => ({ ...step, at: ['steps', index] }));
  return succeed({ yaml: compose(bare, parts), sources: [...reading.sources] });
}

interface Reading {
  readonly cwd: string;
  readonly problems: Problem[];
  readonly sources: Set<string>;
  count: number;
}

interface Here {
  readonly reading: Reading;
  /** The files that are being read, the innermost last. */
  readonly open: readonly string[];
}

type PlacedStep = Omit<Part, 'at'>;

function isUse(step: unknown): boolean {
  return isMapping(step) && Object.hasOwn(step, 'use');
}

function stepsOf(yaml: YamlFile, base: Path, here: Here): readonly PlacedStep[] {
  const steps = valueAt(yaml, base) as readonly unknown[];
  return steps.flatMap((step, index) => {
    const from = [...base, index];
    return isUse(step) ? usedSteps(yaml, from, here) : [{ yaml, from }];
  });
}

function usedSteps(yaml: YamlFile, from: Path, here: Here): readonly PlacedStep[] {
  const used = readUsed(yaml, from, here);
  if (used.ok) return stepsOf(used.value.yaml, used.value.base, used.value.here);
  const { problems } = here.reading;
  const told = new Set(problems.map((problem) => JSON.stringify(problem))); // a file that is used twice is wrong twice
  problems.push(...used.problems.filter((problem) => !told.has(JSON.stringify(problem))));
  return [];
}

interface Used {
  readonly yaml: YamlFile;
  readonly base: Path;
  readonly here: Here;
}

function readUsed(yaml: YamlFile, from: Path, { reading, open }: Here): Result<Used> {
  const name = nameIn(yaml, from);
  if (!name.ok) return name;
  const at = yaml.place([...from, 'use']);
  const full = path.resolve(path.dirname(open.at(-1) ?? ''), name.value);
  const file = shownPath(full, reading.cwd);
  if (open.map(realPath).includes(realPath(full))) return fail(circle([...open, full], reading.cwd, at));
  if (++reading.count > MOST) return fail(tooMany(at));
  const text = readText({ path: full, file, at });
  if (!text.ok) return text;
  reading.sources.add(full);
  const inner = parseYaml(text.value, file);
  if (!inner.ok) return inner;
  const base = baseOf(inner.value);
  return base.ok
    ? succeed({ yaml: inner.value, base: base.value, here: { reading, open: [...open, full] } })
    : base;
}

/** The file itself, whichever links lead to it. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file; // it is not there, which is told when it is read
  }
}

/** The file that a step names, and nothing else. */
function nameIn(yaml: YamlFile, from: Path): Result<string> {
  const step = valueAt(yaml, from) as Readonly<Record<string, unknown>>;
  const other = Object.keys(step).find((key) => key !== 'use');
  if (other !== undefined) {
    const message = `\`${other}\` means nothing beside \`use\``;
    const at = yaml.place([...from, other], 'key');
    return fail({ code: 'unknown-key', at, message, fix: 'Put it into a step of the file that is used.' });
  }
  if (typeof step['use'] === 'string' && step['use'] !== '') return succeed(step['use']);
  const message = '`use` names no file';
  const fix = 'Write the path of a file with a list of steps: `use: _steps/create-order.yaml`.';
  return fail({ code: 'bad-value', at: yaml.place([...from, 'use']), message, fix });
}

/** Where the list of steps stands: it is the file, or under `steps`. */
function baseOf(yaml: YamlFile): Result<Path> {
  const { value } = yaml;
  if (Array.isArray(value) && value.length > 0) return succeed([]);
  if (!isMapping(value)) return fail(noSteps(yaml));
  const parsed = v.safeParse(stepsFile, value);
  return parsed.success ? succeed(['steps']) : fail(...explainIssues(parsed.issues, stepsFile, yaml));
}

function noSteps(yaml: YamlFile): Problem {
  return {
    code: 'bad-value',
    at: yaml.place([]),
    message: 'a file to use is a list of steps, and this has none',
    fix: 'Write the steps one below the other: `- notify: v2/payment`.',
  };
}

function circle(files: readonly string[], cwd: string, at: Problem['at']): Problem {
  const names = files.map((file) => shownPath(file, cwd)).join(', which uses ');
  const message = `\`use\` leads in a circle: ${names}`;
  return { code: 'bad-value', ...(at && { at }), message, fix: 'Take this step out.' };
}

function tooMany(at: Problem['at']): Problem {
  const message = `\`use\` reads more than ${MOST} files`;
  return { code: 'bad-value', ...(at && { at }), message, fix: 'Use fewer files inside files.' };
}
