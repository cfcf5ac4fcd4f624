import type { Command } from 'commander';
import type { Act, CommandFile } from '../command.ts';
import { done, type Cli, type Ending } from '../context.ts';

/** `wxnotify __complete`: what the scripts of `wxnotify completion` ask. */
export const completeCommand: CommandFile = {
  name: '__complete',
  usage: '--word=TEXT -- [words...]',
  summary: 'what can stand at the cursor of a command line',
  hidden: true,
  declare,
};

interface CompleteOptions {
  readonly word: string;
}

function declare(command: Command, act: Act): void {
  command
    .description(
      'Prints what can stand at the cursor, one a line, and a tab and what it is; `:files` when that is a file.',
    )
    .argument('[words...]', 'the words before, without the program')
    .option('--word <text>', 'the word at the cursor', '') // a word by itself would be lost in PowerShell when it is empty
    .action((before: readonly string[], { word }: CompleteOptions) =>
      act((cli) => answer(cli, command.parent ?? command, { before, word })),
    );
}

async function answer(
  cli: Cli,
  program: Command,
  line: { readonly before: readonly string[]; readonly word: string },
): Promise<Ending> {
  const { complete } = await import('../completion/complete.ts');
  cli.out(await complete(cli, program, line));
  return done;
}
