/** The reports of an audit, and where their texts go. */
import path from 'node:path';
import type { AuditResult } from '../../../audit/result.ts';
import { auditReports } from '../../../report/audit/reports.ts';
import type { AuditPlace, AuditReport } from '../../../report/audit/report.ts';
import { fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import { colours, type Cli, type Ending } from '../../context.ts';
import { exitStatus } from '../../exit.ts';
import { openFile, removeReport, toStream, type Sink } from '../run/sinks.ts';
import type { ReporterChoice } from '../run/options.ts';
import type { AuditOptions } from './options.ts';

/** Open files, and what is written into them. */
export interface Reports {
  /** Writes them all; what could not be written. */
  readonly write: (result: AuditResult, ending: Ending) => readonly Problem[];
}

interface Open {
  readonly report: AuditReport;
  readonly sink: Sink;
  readonly isScreen: boolean;
}

/** Opens what was asked for; something for people unless stdout is taken. */
export async function openReports(
  cli: Cli,
  options: AuditOptions,
  place: AuditPlace,
): Promise<Result<Reports>> {
  const choices = choose(options);
  const wrong = mixed(cli, choices);
  if (wrong) return fail(wrong);
  const open: Open[] = [];
  for (const choice of choices) {
    const sink = openSink(cli, choice);
    if (!sink.ok) {
      for (const one of open) one.sink.discard();
      return sink;
    }
    const report = await auditReports[choice.name as keyof typeof auditReports]();
    open.push({ report, sink: sink.value, isScreen: choice.file === undefined });
  }
  return succeed(await writing(cli, open, { ...options, place }));
}

function choose({ report = [], json }: AuditOptions): readonly ReporterChoice[] {
  const asked = [...report, ...(json ? [{ name: 'json', file: undefined }] : [])];
  const isTaken = asked.some(({ file }) => file === undefined);
  return isTaken ? asked : [...asked, { name: 'text', file: undefined }];
}

function openSink(cli: Cli, { file }: ReporterChoice): Result<Sink> {
  if (file === undefined) return succeed(toStream(cli.out));
  removeReport(cli, { file, append: false });
  return openFile(cli, { file, append: false });
}

async function writing(
  cli: Cli,
  open: readonly Open[],
  options: AuditOptions & { readonly place: AuditPlace },
): Promise<Reports> {
  const chalk = await colours(cli, 'stdout', options.color);
  const plain = await colours(cli, 'stdout', false);
  const flags = {
    quiet: options.quiet === true,
    verbose: options.verbose === true,
    version: WXNOTIFY_VERSION,
    place: options.place,
  };
  return {
    write: (result, ending) =>
      open.flatMap(({ report, sink, isScreen }) => {
        const told = { ...flags, exit: exitStatus(ending), chalk: isScreen ? chalk : plain };
        sink.write(cli.mask(report(result, told)));
        return sink.close() ?? [];
      }),
  };
}

/** Two texts in one place are none. */
function mixed(cli: Cli, choices: readonly ReporterChoice[]): Problem | undefined {
  const [first, second] = choices.filter(({ file }) => file === undefined);
  if (first && second) return twice(first.name, second.name);
  return sameFile(
    cli,
    choices.flatMap(({ file }) => (file === undefined ? [] : [file])),
  );
}

function twice(first: string, second: string): Problem {
  const fix = `Give one of them a file: --report ${second}=${second}.out`;
  return { code: 'usage', message: `${first} and ${second} cannot both write to stdout`, fix };
}

function sameFile({ cwd }: Cli, files: readonly string[]): Problem | undefined {
  const full = files.map((file) => path.resolve(cwd, file));
  const index = full.findIndex((file, at) => full.indexOf(file) !== at);
  if (index < 0) return undefined;
  return {
    code: 'usage',
    message: `two reports cannot both write to ${files[index] ?? ''}`,
    fix: 'Give each a file of its own.',
  };
}
