import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { done, stopped, type Cli, type Ending } from '../context.ts';
import { withCommonOptions } from '../options.ts';

/** `wxnotify schema`. */
export const schemaCommand: CommandFile = {
  name: 'schema',
  usage: '[options] [schema]',
  summary: 'the JSON Schema of scenario files',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description('Prints the JSON Schema of scenario files, for editors that complete and check YAML.')
    .argument('[schema]', 'scenario, or folder: that of _folder.yaml', 'scenario');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(['wxnotify schema > scenarios/scenario.schema.json', 'to point an editor at']),
    )
    .action((name: string) => act((cli) => schema(cli, name)));
}

async function schema(cli: Cli, name: string): Promise<Ending> {
  const [{ readdir, readFile }, path] = await Promise.all([import('node:fs/promises'), import('node:path')]);
  const folder = path.join(cli.home, 'scenarios');
  const known = (await readdir(folder)).flatMap((file) => /^(.+)\.schema\.json$/.exec(file)?.[1] ?? []);
  if (!known.includes(name)) return unknown(name, known);
  cli.out(await readFile(path.join(folder, `${name}.schema.json`)));
  return done;
}

async function unknown(name: string, known: readonly string[]): Promise<Ending> {
  const { suggest } = await import('../../scenario/suggest.ts');
  return stopped([{ code: 'usage', message: `there is no schema \`${name}\``, fix: suggest(name, known) }]);
}
