import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import type { Problem } from '../../scenario/problem.ts';
import { stopped, type Cli, type Ending } from '../context.ts';
import { withCommonOptions, withBuildingOptions, type BuildingOptions } from '../options.ts';

interface ReplayOptions extends BuildingOptions {
  readonly id?: string;
  readonly scenario?: string;
  readonly resume?: true;
  readonly exact?: true;
}

/** `wxnotify replay`. */
export const replayCommand: CommandFile = {
  name: 'replay',
  usage: '[options]',
  summary: 'send the last delivery again',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      'Sends the journal’s latest delivery again, to the same URL (or to --target), as the platform does when it is not sure: API v2 the very same bytes, API v3 the same body, signed of now.',
    )
    .option('--id <id>', 'another delivery, by its id or the beginning of it (`wxnotify history`)')
    .option('-s, --scenario <name>', 'build this scenario and send it, instead of the journal')
    .option('--exact', 'the very same bytes also of API v3, as somebody who has recorded them')
    .option('--resume', 'go on with a schedule that was interrupted, where it was');
  withCommonOptions(withBuildingOptions(command))
    .addHelpText(
      'after',
      examples(
        ['wxnotify replay --times 5', 'the last delivery, five times more'],
        ['wxnotify replay --id 3f9a1c --verbose', 'an earlier one, with request and answer'],
        ['wxnotify replay --scenario paid --times 100000 --concurrency 50', 'a load, every answer judged'],
        ['wxnotify replay --schedule wechat --speed 60', 'until acknowledged, an hour in a minute'],
        ['wxnotify replay --resume', 'go on with a schedule that was interrupted'],
      ),
    )
    .action((options: ReplayOptions) => act((cli) => replay(cli, options)));
}

async function replay(cli: Cli, options: ReplayOptions): Promise<Ending> {
  if (options.scenario !== undefined && options.id !== undefined) {
    const fix = 'Choose one: --id sends what was sent before, --scenario builds something new.';
    return stopped([{ code: 'usage', message: '--id and --scenario exclude each other', fix }]);
  }
  if (options.scenario !== undefined && options.exact) {
    const fix = 'Choose one: --exact sends what the journal has, --scenario builds something new.';
    return stopped([{ code: 'usage', message: '--exact and --scenario exclude each other', fix }]);
  }
  const wrong = wrongResume(options);
  if (wrong !== undefined) return stopped([wrong]);
  if (options.scenario === undefined) {
    const { replayJournaled } = await import('../online.ts');
    return replayJournaled(cli, options);
  }
  const { deliverNamed } = await import('../online.ts');
  return deliverNamed(cli, { command: 'replay', reference: options.scenario, options });
}

/** What `--resume` and the journal leave no room for. */
function wrongResume({ resume, ...flags }: ReplayOptions): Problem | undefined {
  if (flags.scenario === undefined && flags.unique) {
    const fix = 'Name what is to be built: --scenario paid.';
    return { code: 'usage', message: '--unique makes new orders, and the journal has the old one', fix };
  }
  if (!resume) return undefined;
  const other = (['scenario', 'times', 'concurrency', 'every', 'race', 'schedule'] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (other === undefined) return undefined;
  const fix = 'Take it out: what is resumed goes on as it began. --speed may change.';
  return { code: 'usage', message: `--resume and --${other} exclude each other`, fix };
}
