import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import type { Cli, Ending } from '../context.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

/** `wxnotify demo`. */
export const demoCommand: CommandFile = {
  name: 'demo',
  usage: '[options] [scenarios...]',
  summary: 'see it work, on the built-in merchant',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description('Starts the reference merchant on a free loopback port and sends it the built-in scenarios.')
    .argument('[scenarios...]', 'only these');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify demo', 'everything'],
        ['wxnotify demo forged-signature --verbose', 'one, with request and answer'],
      ),
    )
    .action((names: readonly string[], options: CommonOptions) => act((cli) => demo(cli, names, options)));
}

async function demo(cli: Cli, names: readonly string[], options: CommonOptions): Promise<Ending> {
  const { runDemo } = await import('../online.ts');
  return runDemo(cli, names, options);
}
