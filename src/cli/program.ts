/** The command line as commander sees it: declarations only. */
import { Command } from 'commander';
import { commands } from './commands.gen.ts';
import { examples, type Act } from './command.ts';
import type { Cli } from './context.ts';

/** Declares everything; `act` runs a command's work. */
export function createProgram(cli: Cli, act: Act): Command {
  const program = new Command('wxnotify');
  program
    .description(
      'Sends real signed WeChat Pay notifications to your payment callback, and judges what it answers.',
    )
    .version(WXNOTIFY_VERSION, '-V, --version', 'the version')
    .helpOption('-h, --help', 'help, also for each command')
    .helpCommand('help [command]', 'help for a command')
    .showHelpAfterError('(--help shows what there is)')
    .configureOutput({ writeOut: (text) => cli.out(text), writeErr: (text) => cli.err(text) })
    .exitOverride()
    .addHelpText(
      'after',
      examples(
        ['wxnotify demo', 'see it work, without any configuration'],
        ['wxnotify send paid --target http://127.0.0.1:8080/notify', 'one signed payment, judged'],
        ['wxnotify replay --times 5', 'the very same bytes, five times more'],
        ['wxnotify init', 'write a configuration and a first scenario'],
      ),
    )
    .addHelpText(
      'after',
      'Exit status: 0 as expected, 1 not as expected, 2 wrong usage (nothing was sent), 3 not delivered, 130 interrupted.',
    );
  for (const declare of commands) declare(program, act);
  return program;
}
