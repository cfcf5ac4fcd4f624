import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import type { Cli, Ending } from '../context.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

interface ImportOptions extends CommonOptions {
  readonly out?: string;
  readonly force?: true;
}

/** `wxnotify import`. */
export const importCommand: CommandFile = {
  name: 'import',
  usage: '[options] <file>',
  summary: 'a captured notification becomes a scenario',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      'Takes a captured notification (XML or JSON, an HTTP request as text, a HAR file, a log line) and writes a scenario that builds to the same fields. A refund needs the key in force, to be opened, and API v3 the APIv3 key.',
    )
    .argument('<file>', 'the capture; - for standard input')
    .option('-o, --out <file>', 'write it there instead of to stdout')
    .option('--force', 'overwrite what is there');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify import captured.xml -o scenarios/incident.yaml', 'a scenario of what happened'],
        ['grep notify app.log | wxnotify import - > first.yaml', 'out of a log'],
      ),
    )
    .action((file: string, options: ImportOptions) => act((cli) => importCapture(cli, file, options)));
}

async function importCapture(cli: Cli, file: string, options: ImportOptions): Promise<Ending> {
  const { runImport } = await import('../captured.ts');
  return runImport(cli, file, options);
}
