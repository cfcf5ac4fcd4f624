import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { done, type Cli, type Ending } from '../context.ts';
import { withCommonOptions } from '../options.ts';

/** `wxnotify schema`. */
export const schemaCommand: CommandFile = {
  name: 'schema',
  usage: '[options]',
  summary: 'the JSON Schema of scenario files',
  declare,
};

function declare(command: Command, act: Act): void {
  command.description('Prints the JSON Schema of scenario files, for editors that complete and check YAML.');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(['wxnotify schema > scenarios/scenario.schema.json', 'to point an editor at']),
    )
    .action(() => act(schema));
}

async function schema(cli: Cli): Promise<Ending> {
  const [{ readFile }, path] = await Promise.all([import('node:fs/promises'), import('node:path')]);
  cli.out(await readFile(path.join(cli.home, 'scenarios', 'scenario.schema.json')));
  return done;
}
