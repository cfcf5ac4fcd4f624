import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import type { Cli, Ending } from '../context.ts';
import { ackWord, wholeNumber, withCommonOptions } from '../options.ts';
import type { NewOptions } from '../authoring/answers.ts';

/** `wxnotify new`. */
export const newCommand: CommandFile = {
  name: 'new',
  usage: '[options]',
  summary: 'write a scenario of your own',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      'Writes a scenario of one notification into scenarios/, beside wxnotify.yaml or else here. Asks on a terminal; in a pipe it takes flags.',
    )
    .option('--kind <kind>', 'what arrives, as v2/payment (`wxnotify fields` lists the kinds)')
    .option('--name <name>', 'its name, as payment/mine')
    .option('--summary <text>', 'one line on what it shows')
    .option(
      '--tamper <what>',
      'what a forger does: forged, changed-amount, sign=drop, …; repeat for more',
      list,
    )
    .option('--expect <word>', 'SUCCESS, FAIL, REJECTED (anything but SUCCESS) or NONE (no answer)', ackWord)
    .option('--times <n>', 'how many copies', wholeNumber)
    .option('--race', 'all copies at the same instant')
    .option('--force', 'overwrite what is there');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify new', 'with questions'],
        ['wxnotify new --kind v2/payment --name payment/mine --set total_fee=100', 'without'],
        ['wxnotify new --kind v2/payment --name payment/raced --times 5 --race', 'copies at once'],
        ['wxnotify new --kind v2/refund --name refund/forged --tamper forged', 'to be refused'],
      ),
    )
    .action((options: NewOptions) => act((cli) => create(cli, options)));
}

function list(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

async function create(cli: Cli, options: NewOptions): Promise<Ending> {
  const { createScenario } = await import('../authoring/create.ts');
  return createScenario(cli, options);
}
