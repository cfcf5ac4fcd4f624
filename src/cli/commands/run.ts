import { InvalidArgumentError, type Command } from 'commander';
import { reporters } from '../../report/reporters.gen.ts';
import { examples, type Act, type CommandFile } from '../command.ts';
import type { Cli, Ending } from '../context.ts';
import {
  countFromZero,
  expression,
  nameList,
  positiveTime,
  shard,
  time,
  wholeNumber,
  withCommonOptions,
} from '../options.ts';
import type { ReporterChoice, RunOptions } from '../work/run/options.ts';

/** `wxnotify run`. */
export const runCommand: CommandFile = {
  name: 'run',
  usage: '[options] [scenarios...]',
  summary: 'run a suite of scenarios, in parallel, with reports: what CI calls',
  declare,
};

/** As commander reads them: a value that may be left out may be somebody's path. */
type RawOptions = Omit<RunOptions, 'bail'> & { readonly bail?: string | true };

function declare(command: Command, act: Act): void {
  command
    .description('Runs many scenarios, several at once, and judges them. Without names, all of yours.')
    .argument('[scenarios...]', 'folders, files, globs, names, or groups of names (payment)');
  withSelection(command);
  withRunning(command);
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify run', 'everything in scenarios/'],
        ['wxnotify run payment "flow/*" --target http://127.0.0.1:8080/notify', 'built-in groups'],
        ['wxnotify run --tag smoke,!slow --bail', 'some; stop at the first failure'],
        ['wxnotify run --wait 30s --reporter junit=out/junit.xml --reporter html=out/report.html', 'in CI'],
        ['wxnotify run --shard 2/5 --retries 1', 'the second of five machines'],
        ['wxnotify run --only-failed --watch', 'while repairing'],
      ),
    )
    .action((paths: readonly string[], raw: RawOptions) => act((cli) => runSuite(cli, paths, raw)));
}

function withSelection(command: Command): void {
  command
    .optionsGroup('Selection:')
    .option(
      '--tag <tags>',
      'those with one of these tags, and with none that has a `!`: smoke,!slow',
      nameList,
    )
    .option('--grep <expression>', 'those whose name or summary matches', expression)
    .option('--only-failed', 'those that failed the last time')
    .option('--shard <part>', 'one part of so many: 2/5', shard)
    .option('--list', 'show what would run, and send nothing')
    .option('--pass-with-no-scenarios', 'it is no error when nothing is selected');
}

function withRunning(command: Command): void {
  command
    .optionsGroup('Running:')
    .option('--workers <n>', 'how many scenarios at once', wholeNumber, 8)
    .option('--bail [n]', 'start nothing more after so many failures (1)')
    .option('--retries <n>', 'run what failed again; what passes then is flaky', countFromZero, 0)
    .option('--repeat <n>', 'run each so many times, with other orders', wholeNumber, 1)
    .option('--shuffle', 'in an order of chance, which --seed repeats')
    .option('--watch', 'run again what changes')
    .option('--wait <time>', 'wait until the target accepts connections: 30s', time)
    .option(
      '--reporter <name[=file]>',
      `${Object.keys(reporters).join(', ')}; to stdout or a file; repeat for more`,
      reporter,
    )
    .option(
      '--timeout <time>',
      'how long a complete answer may take (default: 5s, as the platform)',
      positiveTime,
    )
    .option('--strict', 'fields that the platform would not send so are errors')
    .option('--cacert <file>', 'trust this certificate authority (PEM)')
    .option('--insecure', 'do not verify TLS (loud, and recorded)');
}

async function runSuite(cli: Cli, paths: readonly string[], { bail, ...raw }: RawOptions): Promise<Ending> {
  const { runScenarios } = await import('../work/run/run.ts');
  const isNumber = typeof bail === 'string' && /^[1-9]\d{0,8}$/.test(bail);
  const references = typeof bail === 'string' && !isNumber ? [bail, ...paths] : paths; // `--bail scenarios/`
  return runScenarios(cli, references, {
    ...raw,
    ...(bail !== undefined && { bail: isNumber ? Number(bail) : 1 }),
  });
}

/** `junit=out/junit.xml`. */
function reporter(text: string, before: readonly ReporterChoice[] = []): readonly ReporterChoice[] {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? undefined : text.slice(at + 1);
  if (!Object.hasOwn(reporters, name))
    throw new InvalidArgumentError(`Known: ${Object.keys(reporters).join(', ')}.`);
  if (file === '') throw new InvalidArgumentError(`Give a file after =, as ${name}=out/${name}.txt.`);
  return [...before, { name, file }];
}
