import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

/** `wxnotify fields`. */
export const fieldsCommand: CommandFile = {
  name: 'fields',
  usage: '[options] [kind]',
  summary: 'the fields of a kind of notification',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description('Prints the field table of a kind: what it means, what is allowed, and who says so.')
    .argument('[kind]', 'a kind, as v2/payment; without one, the kinds there are');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify fields', 'the kinds there are'],
        ['wxnotify fields v2/refund', 'the fields of a refund notification'],
        ['wxnotify fields v2/payment --json', 'for a script'],
      ),
    )
    .action((kind: string | undefined, options: CommonOptions) => act((cli) => fields(cli, kind, options)));
}

async function fields(cli: Cli, kind: string | undefined, options: CommonOptions): Promise<Ending> {
  const { fieldsText, findKind, kindFacts, kindList } = await import('../offline.ts');
  const chalk = await colours(cli, 'stdout', options.color);
  if (kind === undefined) {
    const kinds = kindList();
    if (options.json) cli.json({ schema: 'wxnotify/1', kinds });
    else cli.out(kinds.map(({ kind: id, summary }) => `${chalk.bold(id.padEnd(20))}  ${summary}\n`).join(''));
    return done;
  }
  const found = findKind(kind);
  if (!found.ok) return stopped(found.problems);
  const facts = kindFacts(found.value);
  if (options.json) cli.json({ schema: 'wxnotify/1', ...facts });
  else cli.out(fieldsText(facts, chalk));
  return done;
}
