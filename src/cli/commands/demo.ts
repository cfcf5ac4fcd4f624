import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { stopped, type Cli, type Ending } from '../context.ts';
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
  if (options.target !== undefined || options.profile !== undefined) {
    const fix = 'For your own server: `wxnotify send paid --target URL`.';
    return stopped([
      { code: 'usage', message: 'demo brings its own merchant: --target and --profile mean nothing', fix },
    ]);
  }
  const { runDemo } = await import('../online.ts');
  return runDemo(cli, names, options);
}
