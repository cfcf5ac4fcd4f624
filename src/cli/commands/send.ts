import type { Command } from 'commander';
import type { Prepared, PreparedNotification, PreparedStep } from '../../run/prepare/prepared.ts';
import type { Problem } from '../../scenario/problem.ts';
import { examples, type Act, type CommandFile } from '../command.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import { withCommonOptions, withBuildingOptions, type BuildingOptions } from '../options.ts';

interface SendOptions extends BuildingOptions {
  readonly scenario?: string;
  readonly dryRun?: true;
  readonly strict?: true;
}

/** `wxnotify send`. */
export const sendCommand: CommandFile = {
  name: 'send',
  usage: '[options] [scenario]',
  summary: 'send a scenario and judge the answer',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description('Builds, signs and POSTs one scenario, and judges what the merchant answers.')
    .argument('[scenario]', 'a name (payment/paid, or paid) or a path')
    .option('-s, --scenario <name>', 'the same as an option')
    .option('--dry-run', 'show what would be sent, and send nothing')
    .option('--strict', 'fields that the platform would not send so are errors');
  withCommonOptions(withBuildingOptions(command))
    .addHelpText(
      'after',
      examples(
        ['wxnotify send paid --target http://127.0.0.1:8080/notify', 'one payment'],
        ['wxnotify send paid --set out_trade_no=A1 --set total_fee=990', 'for an order that exists'],
        ['wxnotify send paid --race --times 20', 'twenty copies that arrive at the same instant'],
        ['wxnotify send paid --schedule wechat --speed 3600', 'until acknowledged, a day in 24 s'],
        ['wxnotify send hostile/signature/forged-signature --json', 'for a script'],
      ),
    )
    .action((positional: string | undefined, options: SendOptions) =>
      act((cli) => send(cli, positional, options)),
    );
}

async function send(cli: Cli, positional: string | undefined, options: SendOptions): Promise<Ending> {
  const reference = options.scenario ?? positional;
  if (reference === undefined) return stopped([nothingNamed]);
  if (options.dryRun) return dryRun(cli, reference, options);
  const { deliverNamed } = await import('../online.ts');
  return deliverNamed(cli, { command: 'send', reference, options });
}

const nothingNamed = {
  code: 'usage',
  message: 'which scenario?',
  fix: 'Name one: `wxnotify send paid`. `wxnotify list` shows what there is.',
} as const;

async function dryRun(cli: Cli, reference: string, options: SendOptions): Promise<Ending> {
  const { prepareNamed, dryRunText, dryRunDocument, problemLines, standInNote } =
    await import('../offline.ts');
  const named = prepareNamed(cli, reference, options);
  if (!named.ok) return stopped(named.problems);
  const { prepared, settings } = named.value;
  const paths = await wrongPathsOf(prepared);
  if (paths) return stopped(paths);
  const requests = prepared.steps.flatMap((prepared) => {
    if (prepared.does !== 'notify') return [];
    const { step, request, target, repeats } = prepared;
    const { method, headers, body } = request;
    const told = { method, url: target ?? null, headers, body: Buffer.from(body).toString('utf8') };
    return [
      { step: step.number, kind: step.kind.id, times: repeats.times, how: howText(prepared), request: told },
    ];
  });
  const warnings = [...settings.warnings, ...prepared.warnings];
  const facts = {
    command: 'send',
    scenario: prepared.scenario.name,
    seed: prepared.seed,
    requests,
    others: prepared.steps.flatMap(otherStep),
    warnings,
  };
  cli.err(problemLines(warnings, 'warning', await colours(cli, 'stderr', options.color)));
  if (options.json) {
    cli.json(dryRunDocument(facts));
    return done;
  }
  cli.out(dryRunText(facts));
  cli.err(standInNote(prepared, options.set));
  cli.err(`Nothing was sent (--dry-run). Seed ${prepared.seed}.\n`);
  return done;
}

/** How a notification is repeated, in words. */
function howText({ repeats, copies, step }: PreparedNotification): string {
  const { times, race, schedule, every_ms, jitter_ms, concurrency } = repeats;
  const parts = [
    times > 1 ? `${times} times` : '',
    race ? 'as a race' : '',
    concurrency > 1 ? `${concurrency} at once` : '',
    every_ms > 0 ? `every ${every_ms} ms` : '',
    jitter_ms > 0 ? `up to ${jitter_ms} ms later` : '',
    copies ? `${copies.isOrders ? 'other orders' : 'fresh'}: ${copies.names.join(', ')}` : '',
    schedule ? `until acknowledged, on the timetable at ${schedule.speed}× speed` : '',
    step.group ? `in a group, ${step.group.order}` : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function otherStep(prepared: PreparedStep): readonly { step: number; kind: string; does: string }[] {
  if (prepared.does === 'notify') return [];
  const { number: step } = prepared.step;
  const does = prepared.does === 'call' ? `${prepared.step.method} ${prepared.url}` : prepared.argv.join(' ');
  return [{ step, kind: prepared.does, does }];
}

/** Only flows with calls have paths: the library that knows them loads with those. */
async function wrongPathsOf(prepared: Prepared): Promise<readonly Problem[] | undefined> {
  if (!prepared.steps.some(({ does }) => does === 'call')) return undefined;
  const { wrongPaths } = await import('../../run/prepare/paths.ts');
  return wrongPaths(prepared);
}
