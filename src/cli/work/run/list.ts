/** `run --list`: what would run. */
import { SCHEMA } from '../../../report/json-text.ts';
import { printableLine } from '../../../report/printable.ts';
import type { Scenario } from '../../../scenario/scenario.ts';
import { colours, done, type Cli, type Ending } from '../../context.ts';
import type { RunOptions } from './options.ts';

/** Prints the scenarios that are selected, one a line, and sends nothing. */
export async function listSelected(
  cli: Cli,
  scenarios: readonly Scenario[],
  options: RunOptions,
): Promise<Ending> {
  if (options.json) {
    const selected = scenarios.map(({ name, summary, tags, file, place, serial }) => ({
      name,
      summary,
      tags,
      file,
      line: place([]).line,
      serial,
    }));
    cli.json({ schema: SCHEMA, command: 'run', scenarios: selected });
    return done;
  }
  const chalk = await colours(cli, 'stdout', options.color);
  const width = Math.max(0, ...scenarios.map(({ name }) => name.length));
  const line = ({ name, summary, tags }: Scenario): string =>
    `${chalk.bold(printableLine(name).padEnd(width))}  ${printableLine(summary)}${tags.length > 0 ? chalk.dim(`  [${tags.join(', ')}]`) : ''}`;
  cli.out(scenarios.map((scenario) => `${line(scenario).trimEnd()}\n`).join(''));
  return done;
}
