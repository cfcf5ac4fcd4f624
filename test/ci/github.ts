/** Does what GitHub does with a job and with a composite action, as far as ours need it. What it does not know is an error. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { merchantEnv, root } from '../support/cli.ts';
import { shells, type Machine } from './machine.ts';

type Texts = Readonly<Record<string, string>>;

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string | number>>;
  readonly env?: Texts;
  readonly id?: string;
  readonly 'working-directory'?: string;
}

/** A job of a workflow. */
export interface Job {
  readonly env?: Texts;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly Step[];
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** `action.yml`. */
export const action = parse(readFileSync(path.join(root, 'action.yml'), 'utf8')) as Action;

/** What stands between `${{` and `}}`, and its value. */
type Context = Texts;

const ACCOUNT: Context = Object.fromEntries(
  Object.entries(merchantEnv).flatMap(([name, value]) => [
    [`vars.${name}`, value],
    [`secrets.${name}`, value],
  ]),
);

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Runs one job to its end. A step that fails ends it; files that must be uploaded and are not there are an error. */
export async function runJob(machine: Machine, job: Job, matrix: Context): Promise<Ended> {
  const context = { ...ACCOUNT, ...matrix };
  const env = filledIn(job.env ?? {}, context);
  let ended: Ended = { status: 0, output: '' };
  for (const step of job.steps) {
    const given = { ...env, ...filledIn(step.env ?? {}, context) };
    if (step.run !== undefined) {
      const script = fill(step.run, context);
      ended = await machine.run({ shell: shells.githubDefault, script, env: { ...githubEnv, ...given } });
    } else {
      ended = await use(machine, step, given);
    }
    if (ended.status !== 0) return ended;
  }
  return ended;
}

const githubEnv = { GITHUB_ACTIONS: 'true' };

async function use(machine: Machine, step: Step, env: Texts): Promise<Ended> {
  const [name = ''] = (step.uses ?? '').split('@');
  const given = Object.fromEntries(
    Object.entries(step.with ?? {}).map(([key, value]) => [key, String(value)]),
  );
  const nothing = { status: 0, output: '' };
  if (['actions/checkout', 'actions/setup-node'].includes(name)) return nothing;
  if (name === 'wxnotify/wxnotify') return runAction(machine, given, env);
  if (name !== 'actions/upload-artifact') throw new Error(`an unknown action: ${name}`);
  if (step.if !== '${{ !cancelled() }}') throw new Error('reports are needed most when the run failed');
  if (!machine.has(given['path'] ?? '')) throw new Error(`nothing to upload: ${given['path']}`);
  return nothing;
}

/** Runs our action as `uses:` does. */
export async function runAction(
  machine: Machine,
  given: Texts,
  env: Texts = {},
): Promise<Ended & { readonly outputs: Texts }> {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(action.inputs, name));
  if (unknown.length > 0) throw new Error(`no inputs: ${unknown.join(', ')}`);
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [`inputs.${name}`, given[name] ?? input.default]),
  );
  const [step, ...others] = action.runs.steps;
  if (step?.run === undefined || step.shell !== 'bash' || others.length > 0)
    throw new Error('not one script');
  const files = { GITHUB_OUTPUT: '.github-output', GITHUB_STEP_SUMMARY: '.github-summary' };
  for (const file of Object.values(files)) writeFileSync(path.join(machine.folder, file), '');
  const ended = await machine.run({
    shell: shells.githubBash,
    script: step.run,
    folder: fill(step['working-directory'] ?? '', inputs),
    env: {
      ...githubEnv,
      ...env,
      ...filledIn(step.env ?? {}, inputs),
      ...mapped(files, (file) => path.join(machine.folder, file)),
    },
  });
  const written = machine.read(files.GITHUB_OUTPUT).matchAll(/^(\w+)=(.*)$/gm);
  const results = Object.fromEntries(
    Array.from(written, ([, name = '', value = '']) => [`steps.${step.id}.outputs.${name}`, value]),
  );
  return { ...ended, outputs: mapped(action.outputs, ({ value }) => fill(value, results, '')) };
}

function filledIn(env: Texts, context: Context): Texts {
  return mapped(env, (text) => fill(text, context));
}

/** Without `otherwise`, what is not known is an error. */
function fill(text: string, context: Context, otherwise?: string): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = context[expression] ?? otherwise;
    if (value === undefined) throw new Error(`an unknown expression: ${expression}`);
    return value;
  });
}

function mapped<Value>(
  object: Readonly<Record<string, Value>>,
  change: (value: Value) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
