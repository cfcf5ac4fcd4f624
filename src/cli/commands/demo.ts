import type { Command } from 'commander';
import { examples, type Act } from '../command.ts';
import type { Cli, Ending } from '../context.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

/** `wxnotify demo`. */
export function declareDemo(program: Command, act: Act): void {
  const command = program
    .command('demo')
    .summary('see it work, on the built-in merchant')
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
  const { runDemo } = await import('../demo.ts');
  return runDemo(cli, names, options);
}
