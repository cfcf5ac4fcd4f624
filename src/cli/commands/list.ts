import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

interface ListOptions extends CommonOptions {
  readonly tag?: string;
}

interface Row {
  readonly name: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly origin: string;
  readonly file: string;
  /** The names of the scenarios that the file makes: its own, or one a row. */
  readonly variants: readonly string[];
}

/** `wxnotify list`. */
export const listCommand: CommandFile = {
  name: 'list',
  usage: '[options]',
  summary: 'the scenarios there are',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description('Lists your scenarios and the built-in ones.')
    .option('--tag <tag>', 'only those with this tag');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(['wxnotify list', 'all'], ['wxnotify list --tag hostile --json', 'some, for a script']),
    )
    .action((options: ListOptions) => act((cli) => list(cli, options)));
}

async function list(cli: Cli, options: ListOptions): Promise<Ending> {
  const { readSettings, libraryOf, loadEntry, listScenarios } = await import('../offline.ts');
  const settings = readSettings(cli, options);
  if (!settings.ok) return stopped(settings.problems);
  const library = libraryOf(cli, settings.value.root);
  const rows = listScenarios(library).map((entry): Row => {
    const scenarios = loadEntry(entry, library);
    const { name, origin, file } = entry;
    if (!scenarios.ok)
      return { name, summary: 'cannot be read: `wxnotify validate`', tags: [], origin, file, variants: [] };
    const [first, ...others] = scenarios.value;
    const summary = first?.summary ?? '';
    const tags = [...new Set([first, ...others].flatMap((scenario) => scenario?.tags ?? []))];
    return { name, summary, tags, origin, file, variants: scenarios.value.map((scenario) => scenario.name) };
  });
  const chosen = rows.filter(({ tags }) => options.tag === undefined || tags.includes(options.tag));
  if (chosen.length === 0 && options.tag !== undefined) {
    const tags = [...new Set(rows.flatMap((row) => row.tags))].sort();
    cli.err(`No scenario has the tag ${options.tag}. Tags: ${tags.join(', ')}.\n`);
  }
  if (options.json) cli.json({ schema: 'wxnotify/1', scenarios: chosen });
  else cli.out(await table(cli, chosen, options));
  return done;
}

async function table(cli: Cli, rows: readonly Row[], { color }: ListOptions): Promise<string> {
  const chalk = await colours(cli, 'stdout', color);
  const { printableLine } = await import('../offline.ts');
  const width = Math.max(0, ...rows.map(({ name }) => printableLine(name).length));
  const line = ({ name, summary, origin, variants: { length } }: Row): string => {
    const rows = length > 1 ? chalk.dim(`  (${length} variants)`) : '';
    const yours = origin === 'yours' ? chalk.dim('  (yours)') : '';
    return `${chalk.bold(printableLine(name).padEnd(width))}  ${printableLine(summary)}${rows}${yours}\n`;
  };
  return rows.map(line).join('');
}
