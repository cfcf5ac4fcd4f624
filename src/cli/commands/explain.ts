import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import type { Cli, Ending } from '../context.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

interface ExplainOptions extends CommonOptions {
  readonly computed?: string;
}

/** `wxnotify explain`. */
export const explainCommand: CommandFile = {
  name: 'explain',
  usage: '[options] <file>',
  summary: 'why a captured notification does not verify',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      'Takes a captured notification (XML, an HTTP request as text, a HAR file, a log line) and the key in force; prints what was signed, and finds the mistake by trying the known ones. Status 0: it verifies; 1: it does not.',
    )
    .argument('<file>', 'the capture; - for standard input')
    .option('--computed <sign>', 'explain this signature instead, which your code computed for it');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify explain captured.xml', 'with the key of the environment or the profile'],
        ['pbpaste | wxnotify explain - --profile staging', 'with another one'],
        ['wxnotify explain captured.xml --computed 0CC175B9…', 'what is your code doing differently?'],
      ),
    )
    .action((file: string, options: ExplainOptions) => act((cli) => explain(cli, file, options)));
}

async function explain(cli: Cli, file: string, options: ExplainOptions): Promise<Ending> {
  const { runExplain } = await import('../captured.ts');
  return runExplain(cli, file, options);
}
