import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import { wholeNumber, withCommonOptions, type CommonOptions } from '../options.ts';
import type { JournalRecord } from '../../delivery/journal.ts';

interface HistoryOptions extends CommonOptions {
  readonly limit: number;
}

/** `wxnotify history`. */
export const historyCommand: CommandFile = {
  name: 'history',
  usage: '[options]',
  summary: 'what was sent',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description('Lists the journal’s deliveries, the latest last, with the ids that `replay --id` takes.')
    .option('--limit <n>', 'how many at most', wholeNumber, 20);
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify history', 'the last 20'],
        ['wxnotify history --limit 100 --json', 'more, for a script'],
      ),
    )
    .action((options: HistoryOptions) => act((cli) => history(cli, options)));
}

async function history(cli: Cli, options: HistoryOptions): Promise<Ending> {
  const [{ readSettings, problemLines, printable }, { stateFolder, readJournal, journalNotices }] =
    await Promise.all([import('../offline.ts'), import('../settings/state.ts')]);
  const settings = readSettings(cli, options);
  if (!settings.ok) return stopped(settings.problems);
  const folder = await stateFolder(cli, settings.value);
  const contents = readJournal(folder);
  const { records, torn } = contents;
  cli.err(problemLines(journalNotices(contents), 'warning', await colours(cli, 'stderr', options.color)));
  const latest = [...records].sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-options.limit);
  if (options.json) {
    cli.json({ schema: 'wxnotify/1', torn, deliveries: latest.map(toJson) });
  } else if (latest.length === 0) {
    cli.err(`Nothing was sent yet (the journal is in ${folder}).\n`);
  } else {
    cli.out(latest.map((record) => printable(line(record))).join(''));
  }
  return done;
}

function line({ id, at, scenario, kind, out_trade_no, outcome, target }: JournalRecord): string {
  const came = outcome ? (outcome.ack ?? outcome.error ?? '') : 'not known';
  return `${id}  ${at.slice(0, 19)}Z  ${scenario}  ${kind}  ${out_trade_no ?? ''}  ${came}  ${target}\n`;
}

function toJson({ request, ...record }: JournalRecord): object {
  const { method, headers, body } = request;
  return {
    ...record,
    request: { method, headers: Object.fromEntries(headers), body: Buffer.from(body).toString('utf8') },
  };
}
