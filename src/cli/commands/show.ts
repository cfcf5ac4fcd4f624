import type { Command } from 'commander';
import type { Entry } from '../../scenario/library.ts';
import type { Result } from '../../scenario/problem.ts';
import type { NotifyStep, Scenario } from '../../scenario/scenario.ts';
import { examples, type Act, type CommandFile } from '../command.ts';
import { done, stopped, type Cli, type Ending } from '../context.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

/** `wxnotify show`. */
export const showCommand: CommandFile = {
  name: 'show',
  usage: '[options] <scenario>',
  summary: 'a scenario’s YAML',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description('Prints a scenario as it is written: something to learn from, or to begin with.')
    .argument('<scenario>', 'a name (payment/paid, or paid) or a path');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify show paid', 'to read'],
        ['mkdir -p scenarios && wxnotify show paid > scenarios/mine.yaml', 'to begin with'],
      ),
    )
    .action((reference: string, options: CommonOptions) => act((cli) => show(cli, reference, options)));
}

async function show(cli: Cli, reference: string, options: CommonOptions): Promise<Ending> {
  const { readSettings, libraryOf, loadEntry, loadScenario, findScenario, readEntry } =
    await import('../offline.ts');
  const settings = readSettings(cli, options);
  if (!settings.ok) return stopped(settings.problems);
  const library = libraryOf(cli, settings.value.root);
  const entry = findScenario(reference, library);
  if (!entry.ok) return stopped(entry.problems);
  const text = readEntry(entry.value);
  if (!text.ok) return stopped(text.problems);
  if (!options.json)
    return showText(cli, text.value, { entry: entry.value, read: loadEntry(entry.value, library) });
  const scenario = loadScenario(reference, library);
  if (!scenario.ok) return stopped(scenario.problems);
  const { name, file, summary, tags, serial, vars, steps, sources } = scenario.value;
  const shown = steps.map(({ number, path: _, ...step }) =>
    step.does === 'notify'
      ? {
          step: number,
          notify: step.kind.id,
          fields: step.fields,
          ...repeatsShown(step),
          tamper: step.tamper ?? null,
          expect: step.expect,
        }
      : { step: number, ...step },
  );
  const document = {
    schema: 'wxnotify/1',
    ...{ name, file, summary, tags, vars },
    ...(serial && { serial }),
    ...(sources.length > 1 && { sources }),
    steps: shown,
    yaml: text.value,
  };
  cli.json(document);
  return done;
}

interface Read {
  readonly entry: Entry;
  readonly read: Result<readonly Scenario[]>;
}

/** The text as it is, right or wrong; but a row that was named must be there. */
function showText(cli: Cli, text: string, { entry, read }: Read): Ending {
  if (!read.ok && entry.row !== undefined) return stopped(read.problems);
  cli.out(text);
  if (read.ok) cli.err(othersNote(read.value));
  return done;
}

/** The text is not all when other files have a say in it: somebody who copies it needs them too. */
function othersNote([first]: readonly Scenario[]): string {
  const [, ...others] = first?.sources ?? [];
  return others.length === 0 ? '' : `It is read together with ${others.join(' and ')}: copy that as well.\n`;
}

/** How often, and when: only what the step says. */
function repeatsShown(step: Omit<NotifyStep, 'number' | 'path'>): object {
  const { times, concurrency, every_ms, jitter_ms, race, vary, unique, schedule, group } = step;
  return {
    times,
    ...(concurrency > 1 && { concurrency }),
    ...(every_ms > 0 && { every_ms }),
    ...(jitter_ms > 0 && { jitter_ms }),
    ...(race && { race }),
    ...(vary.length > 0 && { vary }),
    ...(unique && { unique }),
    ...(schedule && { schedule }),
    ...(group && { group: group.order }),
  };
}
