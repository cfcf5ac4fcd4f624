/** The command line as commander sees it. */
import { Command, CommanderError } from 'commander';
import { commands } from './commands.gen.ts';
import { examples, type Act } from './command.ts';
import { done, stopped, type Cli, type Ending } from './context.ts';

/** Runs the command that the arguments name. */
export async function runProgram(cli: Cli, argv: readonly string[]): Promise<Ending> {
  let ending: Ending = done;
  const program = createProgram(cli, argv, async (work) => {
    ending = await work(cli);
  });
  if (argv.length === 0) {
    program.outputHelp();
    return done;
  }
  try {
    await program.parseAsync(unlessUnknown(argv), { from: 'user' });
    return ending;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? done : wrongUsage(error, argv);
  }
}

/** Help for a command that is not there is an error, and commander's own suggestion is the help that is needed. */
function unlessUnknown(argv: readonly string[]): string[] {
  const word = argv[0] === 'help' ? argv[1] : argv[0];
  if (word === undefined || word === 'help' || word.startsWith('-')) return [...argv];
  return commands.some(({ name }) => name === word) ? [...argv] : [word];
}

/** Commander has said what is wrong; a script that asked for JSON gets it as JSON as well. */
function wrongUsage({ message }: CommanderError, argv: readonly string[]): Ending {
  if (!argv.includes('--json')) return stopped([]);
  const fix = 'wxnotify --help shows what there is.';
  return stopped([{ code: 'usage', message: message.replace(/^error: /, ''), fix }]);
}

/** Declares every command, and the options of the one that is called; `act` runs its work. */
function createProgram(cli: Cli, argv: readonly string[], act: Act): Command {
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
        [
          'wxnotify send paid --profile demo --target http://127.0.0.1:8080/notify',
          'one signed payment, judged',
        ],
        ['wxnotify replay --times 5', 'the very same bytes, five times more'],
        ['wxnotify init', 'write a configuration and a first scenario'],
        ['wxnotify run --watch', 'all of yours, and again what changes'],
      ),
    )
    .addHelpText(
      'after',
      'Exit status: 0 as expected, 1 not as expected, 2 wrong usage (nothing was sent), 3 not delivered, 130 interrupted.',
    );
  for (const { name, usage, summary, hidden = false, declare } of commands) {
    const command = program.command(name, { hidden }).usage(usage).summary(summary);
    if (argv.includes(name)) declare(command, act); // declaring all options of all commands takes longer than the rest
  }
  return program;
}
