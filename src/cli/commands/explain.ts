import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import type { Cli, Ending } from '../context.ts';
import { headerLine, moment, withCommonOptions, type CommonOptions } from '../options.ts';

interface ExplainOptions extends CommonOptions {
  readonly computed?: string;
  readonly message?: string;
  readonly header?: readonly string[];
  readonly at?: Date;
  readonly platformKey?: string;
}

/** `wxnotify explain`. */
export const explainCommand: CommandFile = {
  name: 'explain',
  usage: '[options] <file>',
  summary: 'why a captured notification does not verify',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      'Takes a captured notification (XML or JSON, an HTTP request as text, a HAR file, a log line) and the keys in force; prints what was signed, and finds the mistake by trying the known ones. Status 0: it verifies; 1: it does not.',
    )
    .argument('<file>', 'the capture; - for standard input')
    .option(
      '--computed <sign>',
      'explain this signature instead, which your code computed for it (API v3: the SHA-256 of what it verifies)',
    )
    .optionsGroup('API v3:')
    .option('--message <file>', 'explain this message instead, which your code put together to verify')
    .option(
      '--platform-key <file>',
      'the platform’s certificate or public key (PEM), instead of the one in force',
    )
    .option(
      '--header <line>',
      'a header that the capture lacks: "Wechatpay-Nonce: …"; repeat for more',
      headerLine,
    )
    .option('--at <time>', 'when it came: a time with its zone, or seconds since 1970', moment);
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify explain captured.xml', 'with the key of the environment or the profile'],
        ['pbpaste | wxnotify explain - --profile staging', 'with another one'],
        ['wxnotify explain captured.xml --computed 0CC175B9…', 'what is your code doing differently?'],
        ['wxnotify explain captured.http --platform-key pub_key.pem', 'one of API v3'],
        [
          'wxnotify explain captured.http --message signed.txt',
          'what your code verifies, beside what it should',
        ],
      ),
    )
    .action((file: string, options: ExplainOptions) => act((cli) => explain(cli, file, options)));
}

async function explain(cli: Cli, file: string, options: ExplainOptions): Promise<Ending> {
  const { runExplain } = await import('../captured.ts');
  return runExplain(cli, file, options);
}
