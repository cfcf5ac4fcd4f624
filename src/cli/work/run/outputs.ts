/** Reporters, and where their texts go. */
import { appendFileSync, closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { reporters } from '../../../report/reporters.gen.ts';
import type { SuiteEvent } from '../../../run/events.ts';
import { fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import { colours, type Cli } from '../../context.ts';
import type { ReporterChoice, RunOptions } from './options.ts';

/** Everything that is told, wherever. */
export interface Outputs {
  readonly add: (event: SuiteEvent) => void;
  /** Puts the files in their places; what is wrong with one of them. */
  readonly close: () => readonly Problem[];
}

type Name = keyof typeof reporters;

/** Where the texts of a reporter go. */
interface Sink {
  readonly write: (text: string) => void;
  readonly close: () => Problem | undefined;
  /** Leaves no file. */
  readonly discard: () => void;
}

/** Loads the reporters that were asked for, and opens their files: what cannot be written is known before anything is sent. */
export async function openOutputs(cli: Cli, options: RunOptions): Promise<Result<Outputs>> {
  const choices = choose(cli, options);
  const loaded = await Promise.all(
    choices.map(async (choice) => ({ choice, reporter: await reporters[choice.name as Name]() })),
  );
  const onStdout = loaded.filter(({ choice }) => choice.to === 'stdout');
  const document = onStdout.find(({ reporter }) => reporter.document);
  const other = onStdout.find((one) => one !== document && one.choice.name !== 'github');
  if (document && other) return fail(bothOnStdout(document.choice.name, other.choice.name));
  const add: ((event: SuiteEvent) => void)[] = [];
  const sinks: Sink[] = [];
  for (const { choice, reporter } of loaded) {
    const stream = document && choice.name === 'github' ? 'stderr' : choice.to;
    const sink = openSink(cli, stream);
    if (!sink.ok) {
      for (const open of sinks) open.discard();
      return sink;
    }
    sinks.push(sink.value);
    const chalk = await colours(cli, 'stdout', stream === 'stdout' && options.color);
    const flags = { quiet: options.quiet === true, verbose: options.verbose === true };
    const tell = reporter.create({ chalk, ...flags, version: WXNOTIFY_VERSION });
    add.push((event) => sink.value.write(tell(event)));
  }
  return succeed({
    add: (event) => add.forEach((tell) => tell(event)),
    close: () => sinks.flatMap((sink) => sink.close() ?? []),
  });
}

/** A reporter, and where it writes. */
interface Chosen {
  readonly name: string;
  readonly to: 'stdout' | 'stderr' | { readonly file: string; readonly append: boolean };
}

/** What was asked for; something for people unless stdout is taken; GitHub's own where its runner runs. */
function choose({ env }: Cli, { reporter = [], json }: RunOptions): readonly Chosen[] {
  const asked = [...reporter, ...(json ? [{ name: 'json', file: undefined }] : [])].map(toChosen);
  const isStdoutTaken = asked.some(({ name, to }) => to === 'stdout' && name !== 'github');
  const pretty: readonly Chosen[] = isStdoutTaken ? [] : [{ name: 'pretty', to: 'stdout' }];
  return [...asked, ...pretty, ...githubOf(env, asked)];
}

function githubOf(env: Cli['env'], asked: readonly Chosen[]): readonly Chosen[] {
  const { GITHUB_ACTIONS = '', GITHUB_STEP_SUMMARY = '' } = env;
  const isAsked = asked.some(({ name }) => name === 'github');
  const isThere = !['', 'false', '0'].includes(GITHUB_ACTIONS);
  if (!isAsked && !isThere) return [];
  const annotations: readonly Chosen[] = isAsked ? [] : [{ name: 'github', to: 'stdout' }];
  if (GITHUB_STEP_SUMMARY === '') return annotations;
  return [...annotations, { name: 'github-summary', to: { file: GITHUB_STEP_SUMMARY, append: true } }];
}

function toChosen({ name, file }: ReporterChoice): Chosen {
  return { name, to: file === undefined ? 'stdout' : { file, append: false } };
}

function bothOnStdout(document: string, other: string): Problem {
  const fix = `Give one of them a file: --reporter ${document}=${document}.out`;
  return { code: 'usage', message: `${document} and ${other} cannot both write to stdout`, fix };
}

function openSink(cli: Cli, to: Chosen['to']): Result<Sink> {
  if (typeof to === 'string')
    return succeed({ write: to === 'stdout' ? cli.out : cli.err, close: nothing, discard: nothing });
  const file = path.resolve(cli.cwd, to.file);
  try {
    if (!to.append) mkdirSync(path.dirname(file), { recursive: true });
    return succeed(to.append ? appending(file, cli.mask) : replacing(file, to.file, cli.mask));
  } catch (error) {
    return fail(unwritable(to.file, error));
  }
}

/** A file that others write to as well. */
function appending(file: string, mask: Cli['mask']): Sink {
  let wrong: Problem | undefined;
  return {
    write: (text) => {
      try {
        if (text !== '') appendFileSync(file, mask(text));
      } catch (error) {
        wrong ??= unwritable(file, error);
      }
    },
    close: () => wrong,
    discard: nothing,
  };
}

/** A file that is there when it is whole: of two runs at once the later one counts, and neither is torn. */
function replacing(file: string, shown: string, mask: Cli['mask']): Sink {
  const part = `${file}.${process.pid}.part`;
  const handle = openSync(part, 'w');
  let wrong: Problem | undefined;
  const attempt = (work: () => unknown): void => {
    try {
      if (!wrong) work();
    } catch (error) {
      wrong = unwritable(shown, error);
    }
  };
  return {
    write: (text) => {
      if (text !== '') attempt(() => writeSync(handle, mask(text)));
    },
    close: () => {
      closeSync(handle);
      attempt(() => renameSync(part, file));
      if (wrong) rmSync(part, { force: true });
      return wrong;
    },
    discard: () => {
      closeSync(handle);
      rmSync(part, { force: true });
    },
  };
}

function nothing(): undefined {
  return undefined;
}

function unwritable(file: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'unreadable',
    message: `cannot write ${file}: ${reason}`,
    fix: 'Check the path and its permissions.',
  };
}
