import { Option, type Command } from 'commander';
import { bugs } from '../../merchant/bugs.ts';
import { examples, explained, type Act, type CommandFile } from '../command.ts';
import type { Cli, Ending } from '../context.ts';
import {
  answerWord,
  httpStatus,
  nameList,
  port,
  share,
  time,
  withCommonOptions,
  type ListenOptions,
} from '../options.ts';

/** `wxnotify listen`. */
export const listenCommand: CommandFile = {
  name: 'listen',
  usage: '[options]',
  summary: 'a merchant that shows what arrives',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      'Starts the reference merchant on loopback: it verifies, prints and answers. It can misbehave on request.',
    )
    .option('--port <n>', 'where to listen; 0 takes a free one', port, 8080)
    .addOption(
      new Option('--answer <word>', 'answer this to everything: success or fail').argParser(answerWord),
    )
    .option('--delay <time>', 'wait before answering (6s is longer than the platform waits)', time)
    .option('--flaky <share>', 'cut the connection instead of answering, this often (0 to 1)', share)
    .option('--status <code>', 'the HTTP status of every answer', httpStatus)
    .option('--bug <name>', 'a mistake that real handlers make (below); repeat for more', nameList);
  withCommonOptions(command)
    .addHelpText(
      'after',
      explained('Bugs', bugs) +
        examples(
          ['wxnotify listen', 'a correct merchant; the demo one, unless yours is configured'],
          ['wxnotify listen --delay 6s', 'one that is too slow'],
          ['wxnotify listen --bug races,forgets-amount', 'one that your scenarios should find out'],
          ['wxnotify listen --flaky 0.3 --json', 'one that loses answers; one JSON line a notification'],
        ),
    )
    .action((options: ListenOptions) => act((cli) => listen(cli, options)));
}

async function listen(cli: Cli, options: ListenOptions): Promise<Ending> {
  const { runListen } = await import('../online.ts');
  return runListen(cli, options);
}
