import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';
import type { Meant } from '../work/run/references.ts';
import type { Library } from '../../scenario/library.ts';
import type { Problem, Result } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/scenario.ts';

interface ValidateOptions extends CommonOptions {
  readonly strict?: true;
}

/** `wxnotify validate`. */
export const validateCommand: CommandFile = {
  name: 'validate',
  usage: '[options] [scenarios...]',
  summary: 'check scenarios without sending',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      'Checks scenarios: YAML, keys, kinds, fields, variables. Without names, all of yours, or else the built-in ones.',
    )
    .argument('[scenarios...]', 'as `run` takes them: names, groups, files, folders, globs')
    .option('--strict', 'fields that the platform would not send so are errors');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify validate', 'all'],
        ['wxnotify validate scenarios/mine.yaml --strict', 'one, strictly'],
      ),
    )
    .action((names: readonly string[], options: ValidateOptions) =>
      act((cli) => validate(cli, names, options)),
    );
}

async function validate(cli: Cli, names: readonly string[], options: ValidateOptions): Promise<Ending> {
  const { readSettings, libraryOf, loadEntry, toldOnce } = await import('../offline.ts');
  const settings = readSettings(cli, options);
  if (!settings.ok) return stopped(settings.problems);
  const library = libraryOf(cli, settings.value.root);
  const { entries, problems } = await meant(names, library);
  const read = [
    ...problems.map((problem) => ({ ok: false as const, problems: [problem] as const })),
    ...entries.map((entry) => loadEntry(entry, library)),
  ];
  const results = await Promise.all(read.map((scenarios) => check(scenarios, options)));
  const everywhere = 'all files'; // what is wrong in a file that several share is told once
  const errors = toldOnce([{ scenario: everywhere, problems: results.flatMap((result) => result.errors) }]);
  const warnings = toldOnce([
    { scenario: everywhere, problems: results.flatMap((result) => result.warnings) },
  ]);
  return report(cli, {
    count: sum(results.map(({ count }) => count)),
    broken: sum(results.map(({ broken }) => broken)),
    errors,
    warnings,
    options,
  });
}

/** What was named; without names, all that is the user’s own, or else what is built in. */
async function meant(names: readonly string[], library: Library): Promise<Meant> {
  if (names.length > 0) {
    const { entriesOf } = await import('../work/run/references.ts');
    return entriesOf(names, library);
  }
  const { listScenarios } = await import('../offline.ts');
  const all = listScenarios(library);
  const own = all.filter(({ origin }) => origin === 'yours');
  return { entries: own.length > 0 ? own : all, problems: [] };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

interface Found {
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** The same of a whole file. */
interface FoundInFile extends Found {
  /** How many scenarios it makes; one, when that cannot be known. */
  readonly count: number;
  readonly broken: number;
}

/** Checks all scenarios of a file; what is wrong with several of them is told once. */
async function check(scenarios: Result<readonly Scenario[]>, options: ValidateOptions): Promise<FoundInFile> {
  const { toldOnce } = await import('../offline.ts');
  if (!scenarios.ok) return { errors: scenarios.problems, warnings: [], count: 1, broken: 1 };
  const all = await Promise.all(
    scenarios.value.map(async (scenario) => ({
      scenario: scenario.name,
      found: await checkOne(scenario, options),
    })),
  );
  return {
    count: all.length,
    broken: all.filter(({ found }) => isBroken(found, options)).length,
    errors: toldOnce(all.map(({ scenario, found }) => ({ scenario, problems: found.errors }))),
    warnings: toldOnce(all.map(({ scenario, found }) => ({ scenario, problems: found.warnings }))),
  };
}

async function checkOne(scenario: Scenario, options: ValidateOptions): Promise<Found> {
  const { rehearse } = await import('../offline.ts');
  const prepared = rehearse(scenario, options);
  if (!prepared.ok) return { errors: prepared.problems, warnings: [] };
  const calls = scenario.steps.some(({ does }) => does === 'call');
  const { wrongPaths } = calls ? await import('../../run/prepare/paths.ts') : { wrongPaths: () => undefined };
  return { errors: wrongPaths(prepared.value) ?? [], warnings: prepared.value.warnings };
}

/** Whether a scenario is not valid: warnings count when they are asked to. */
function isBroken({ errors, warnings }: Found, { strict }: ValidateOptions): boolean {
  return errors.length > 0 || (strict === true && warnings.length > 0);
}

interface Report extends Found {
  readonly count: number;
  readonly broken: number;
  readonly options: ValidateOptions;
}

async function report(cli: Cli, { count, broken, errors, warnings, options }: Report): Promise<Ending> {
  const { problemLines } = await import('../offline.ts');
  const chalk = await colours(cli, 'stderr', options.color);
  const [fatal, harmless] = options.strict ? [[...errors, ...warnings], []] : [errors, warnings];
  const ok = broken === 0;
  if (options.json) {
    const document = { schema: 'wxnotify/1', command: 'validate', ok, exit: ok ? 0 : 2, checked: count };
    cli.json({ ...document, ...(!ok && { problems: fatal }), warnings: harmless });
  }
  cli.err(problemLines(harmless, 'warning', chalk));
  cli.err(problemLines(fatal, 'error', chalk));
  if (!options.json && (!ok || !options.quiet))
    cli[ok ? 'out' : 'err'](summary({ count, broken, warnings: harmless }));
  return ok ? done : stopped([]); // everything has been told
}

interface Counts {
  readonly count: number;
  readonly broken: number;
  readonly warnings: readonly Problem[];
}

function summary({ count, broken, warnings }: Counts): string {
  const good = count - broken;
  const valid = `${good} ${good === 1 ? 'scenario is' : 'scenarios are'} valid`;
  const with_ =
    warnings.length === 0
      ? ''
      : `, with ${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`;
  return `${valid}${with_}${broken === 0 ? '' : `, ${broken} ${broken === 1 ? 'is' : 'are'} not`}\n`;
}
