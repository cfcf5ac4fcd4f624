/** Reporters, and where their texts go. */
import path from 'node:path';
import { reporters } from '../../../report/reporters.gen.ts';
import type { Reporter, ReporterOptions } from '../../../report/suite/reporter.ts';
import type { SuiteEvent } from '../../../run/events.ts';
import { fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import { colours, type Cli } from '../../context.ts';
import type { ReporterChoice, RunOptions } from './options.ts';
import { openFile, removeReport, toStream, type FileTarget, type Sink } from './sinks.ts';

/** Everything that is told, wherever. */
export interface Outputs {
  readonly add: (event: SuiteEvent) => void;
  /** Puts the files in their places; what is wrong with one of them. */
  readonly close: () => readonly Problem[];
}

type Name = keyof typeof reporters;

/** Loads the reporters that were asked for, and opens their files: what cannot be written is known before anything is sent. */
export async function openOutputs(cli: Cli, options: RunOptions): Promise<Result<Outputs>> {
  const choices = choose(cli, options);
  const loaded = await Promise.all(
    choices.map(async ({ name, to }) => ({ name, to, reporter: await reporters[name as Name]() })),
  );
  const isAlone = loaded.some(({ to, reporter }) => to === 'stdout' && reporter.document);
  const mixed = mixedOnStdout(loaded) ?? sameFile(cli, choices);
  if (mixed) return fail(mixed);
  const add: ((event: SuiteEvent) => void)[] = [];
  const stdout = createStdout();
  const sinks: Sink[] = [];
  for (const { name, to, reporter } of loaded) {
    const place = isAlone && name === 'github' ? 'stderr' : to;
    const sink = openSink(cli, place);
    if (!sink.ok) {
      for (const open of sinks) open.discard();
      return sink;
    }
    sinks.push(sink.value);
    const { write } = sink.value;
    const tell = reporter.create(await flagsFor(cli, options, place));
    const put = place === 'stdout' ? stdout(name === 'github', write) : write;
    add.push((event) => put(tell(event)));
  }
  return succeed({
    add: (event) => add.forEach((tell) => tell(event)),
    close: () => sinks.flatMap((sink) => sink.close() ?? []),
  });
}

interface Loaded extends Chosen {
  readonly reporter: Reporter;
}

/** A document on stdout is alone there. */
function mixedOnStdout(loaded: readonly Loaded[]): Problem | undefined {
  const onStdout = loaded.filter(({ to }) => to === 'stdout');
  const document = onStdout.find(({ reporter }) => reporter.document);
  const other = onStdout.find((one) => one !== document && one.name !== 'github');
  return document && other && bothOnStdout(document.name, other.name);
}

function openSink(cli: Cli, to: Chosen['to']): Result<Sink> {
  if (typeof to !== 'string') return openFile(cli, to);
  return succeed(toStream(to === 'stdout' ? cli.out : cli.err));
}

async function flagsFor(cli: Cli, options: RunOptions, to: Chosen['to']): Promise<ReporterOptions> {
  return {
    chalk: await colours(cli, 'stdout', to === 'stdout' && options.color),
    quiet: options.quiet === true,
    verbose: options.verbose === true,
    version: WXNOTIFY_VERSION,
  };
}

/** What several write to stdout: a command to GitHub's runner is one only at the beginning of a line. */
function createStdout(): (isCommand: boolean, write: Sink['write']) => Sink['write'] {
  let isLineOpen = false;
  return (isCommand, write) => (text) => {
    if (text === '') return;
    write(isCommand && isLineOpen ? `\n${text}` : text);
    isLineOpen = !text.endsWith('\n');
  };
}

/** A reporter, and where it writes. */
interface Chosen {
  readonly name: string;
  readonly to: 'stdout' | 'stderr' | FileTarget;
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

/** Two reporters would write over each other. */
function sameFile(cli: Cli, choices: readonly Chosen[]): Problem | undefined {
  const seen = new Map<string, string>();
  for (const { name, to } of choices) {
    if (typeof to === 'string' || to.append) continue;
    const full = path.resolve(cli.cwd, to.file);
    const before = seen.get(full);
    seen.set(full, name);
    if (before === undefined) continue;
    const message = `${before} and ${name} cannot both write to ${to.file}`;
    return { code: 'usage', message, fix: 'Give each a file of its own.' };
  }
  return undefined;
}

/** Takes away what an earlier run reported in the same places. */
export function removeReports(cli: Cli, options: RunOptions): void {
  for (const { to } of choose(cli, options)) {
    if (typeof to !== 'string' && !to.append) removeReport(cli, to);
  }
}

/** Whether something draws on stdout line by line, so that a line below it would be in its way. */
export function drawsLines(cli: Cli, options: RunOptions): boolean {
  return choose(cli, options).some(({ name, to }) => to === 'stdout' && name === 'dot');
}
