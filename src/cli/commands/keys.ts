import { Argument, Option, type Command } from 'commander';
import { examples, explained, type Act, type CommandFile } from '../command.ts';
import { stopped, type Cli, type Ending } from '../context.ts';
import type { MakeOptions, ServeOptions, ShowOptions } from '../keys/options.ts';
import { KEY_ACTIONS, PEM_NAMES } from '../option-values.ts';
import { port, withCommonOptions } from '../options.ts';

type Action = keyof typeof KEY_ACTIONS;

type KeysOptions = MakeOptions & ShowOptions & ServeOptions;

/** `wxnotify keys`. */
export const keysCommand: CommandFile = {
  name: 'keys',
  usage: '[options] <action>',
  summary: 'a stand-in for the platform’s key (API v3)',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      'API v3 is signed with the platform’s private key, which nobody else has. A stand-in key, trusted in staging, takes its place.',
    )
    .addArgument(new Argument('<action>', 'below').choices(Object.keys(KEY_ACTIONS)))
    .option('--force', 'new: replace the key that is there')
    .option('--rotate', 'new: also keep the one that is there: both are trusted and served')
    .option('--api-v3-key', 'new: also make an APIv3 key, where none is set')
    .addOption(new Option('--pem <name>', 'show: this alone, as PEM').choices(PEM_NAMES))
    .option('--port <n>', 'serve: where to listen; 0 takes a free one (8081)', port);
  withCommonOptions(command)
    .addHelpText(
      'after',
      explained('Actions', KEY_ACTIONS) +
        examples(
          ['wxnotify keys new', 'in .wxnotify/ beside wxnotify.yaml, for the profile in force'],
          ['wxnotify keys show', 'certificate, serial number, public key and its id'],
          [
            'wxnotify keys show --profile demo --pem certificate > platform.pem',
            'for a server’s configuration',
          ],
          ['wxnotify keys serve', 'for SDKs that download certificates'],
        ),
    )
    .action((action: Action, options: KeysOptions) => act((cli) => keys(cli, action, options)));
}

async function keys(cli: Cli, action: Action, options: KeysOptions): Promise<Ending> {
  const stray = Object.entries(OWN).find(([name, { of }]) => name in options && of !== action);
  if (stray) {
    const [, { flag, of }] = stray;
    const fix = `It belongs to \`wxnotify keys ${of}\`.`;
    return stopped([{ code: 'usage', message: `${flag} means nothing to \`keys ${action}\``, fix }]);
  }
  const { makeKeys, serveKeys, showKeys } = await import('../keys/index.ts');
  return { new: makeKeys, show: showKeys, serve: serveKeys }[action](cli, options);
}

/** Which action takes an option. */
const OWN: Readonly<Record<string, { readonly flag: string; readonly of: Action }>> = {
  force: { flag: '--force', of: 'new' },
  rotate: { flag: '--rotate', of: 'new' },
  apiV3Key: { flag: '--api-v3-key', of: 'new' },
  pem: { flag: '--pem', of: 'show' },
  port: { flag: '--port', of: 'serve' },
};
