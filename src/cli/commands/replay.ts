import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { stopped, type Cli, type Ending } from '../context.ts';
import { withCommonOptions, withSendingOptions, type SendingOptions } from '../options.ts';

interface ReplayOptions extends SendingOptions {
  readonly id?: string;
  readonly scenario?: string;
}

/** `wxnotify replay`. */
export const replayCommand: CommandFile = {
  name: 'replay',
  usage: '[options]',
  summary: 'send the last delivery again, byte for byte',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      'Sends the journal’s latest delivery again, the very same bytes to the same URL (or to --target): what the platform does when it is not sure.',
    )
    .option('--id <id>', 'another delivery, by its id or the beginning of it (`wxnotify history`)')
    .option('-s, --scenario <name>', 'build this scenario and send it, instead of the journal');
  withCommonOptions(withSendingOptions(command))
    .addHelpText(
      'after',
      examples(
        ['wxnotify replay --times 5', 'the last delivery, five times more'],
        ['wxnotify replay --id 3f9a1c --verbose', 'an earlier one, with request and answer'],
        ['wxnotify replay --scenario paid --times 100 --concurrency 10', 'a new one, a hundred times'],
      ),
    )
    .action((options: ReplayOptions) => act((cli) => replay(cli, options)));
}

async function replay(cli: Cli, options: ReplayOptions): Promise<Ending> {
  if (options.scenario !== undefined && options.id !== undefined) {
    const fix = 'Choose one: --id sends what was sent before, --scenario builds something new.';
    return stopped([{ code: 'usage', message: '--id and --scenario exclude each other', fix }]);
  }
  if (options.scenario === undefined) {
    const { replayJournaled } = await import('../online.ts');
    return replayJournaled(cli, options);
  }
  const { deliverNamed } = await import('../online.ts');
  return deliverNamed(cli, { command: 'replay', reference: options.scenario, options });
}
