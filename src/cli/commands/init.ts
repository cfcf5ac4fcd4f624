import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';
import type { TextQuestion } from '../prompt.ts';
import type { Answers } from '../settings/starter.ts';

interface InitOptions extends CommonOptions {
  readonly appid?: string;
  readonly mchId?: string;
  readonly keyEnv?: string;
  readonly keyFile?: string;
  readonly force?: true;
}

/** `wxnotify init`. */
export const initCommand: CommandFile = {
  name: 'init',
  usage: '[options]',
  summary: 'write a configuration and a first scenario',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      'Writes wxnotify.yaml, .env.example and scenarios/first.yaml. Asks on a terminal; in a pipe it takes flags.',
    )
    .option('--appid <appid>', 'the app')
    .option('--mch-id <number>', 'the merchant')
    .option('--key-env <name>', 'the environment variable that holds the API key')
    .option('--key-file <file>', 'the file that holds the API key')
    .option('--force', 'overwrite what is there');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify init', 'with questions'],
        ['wxnotify init --target http://127.0.0.1:8080/notify --yes', 'without'],
      ),
    )
    .action((options: InitOptions) => act((cli) => init(cli, options)));
}

async function init(cli: Cli, options: InitOptions): Promise<Ending> {
  const { alreadyThere, oddAnswers, starterFiles, writeStarter, wrongAnswers } =
    await import('../settings/starter.ts');
  const there = options.force ? [] : alreadyThere(cli.cwd);
  if (there.length > 0) return stopped(there);
  if (options.keyEnv !== undefined && options.keyFile !== undefined) return stopped([twoKeys]);
  const answers = await answersFor(cli, options);
  if (!answers) {
    cli.err('Nothing was written.\n');
    return { as: 'ran', failed: false, undelivered: false, interrupted: true };
  }
  const wrong = wrongAnswers(answers, cli.env['WXNOTIFY_API_KEY']);
  if (wrong.length > 0) return stopped(wrong);
  const written = writeStarter(cli, starterFiles(answers));
  if (written.problems.length > 0) return stopped(written.problems);
  const { problemLines } = await import('../offline.ts');
  cli.err(problemLines(oddAnswers(answers), 'warning', await colours(cli, 'stderr', options.color)));
  if (options.json) {
    const document = { schema: 'wxnotify/1', command: 'init', ok: true, exit: 0, written: written.names };
    cli.json(document);
    return done;
  }
  cli.out(`Wrote ${written.names.join(', ')}.\n`);
  if (!options.quiet) cli.out(nextSteps(answers));
  return done;
}

const twoKeys = {
  code: 'usage',
  message: '--key-env and --key-file exclude each other',
  fix: 'The key comes from one place.',
} as const;

/** Flags answer; what is left is asked where somebody can, and has a default where nobody can. */
async function answersFor(cli: Cli, options: InitOptions): Promise<Answers | undefined> {
  const { defaultAnswers } = await import('../settings/starter.ts');
  const flags = withoutAbsent({
    target: options.target,
    appid: options.appid,
    mch_id: options.mchId,
    key_env: options.keyEnv,
    key_file: options.keyFile,
  });
  const target = cli.env['WXNOTIFY_TARGET'] ?? '';
  const given = { ...defaultAnswers, ...(target !== '' && { target }), ...flags };
  const asked = Object.keys(flags).length > 0 || options.yes === true || options.json === true;
  return asked || !cli.interactive ? given : ask(cli, given);
}

function withoutAbsent(flags: Readonly<Record<keyof Answers, string | undefined>>): Partial<Answers> {
  return Object.fromEntries(Object.entries(flags).filter(([, text]) => text !== undefined));
}

async function ask(cli: Cli, given: Answers): Promise<Answers | undefined> {
  const [{ askTexts }, { wrongAnswers }] = await Promise.all([
    import('../prompt.ts'),
    import('../settings/starter.ts'),
  ]);
  const check = (name: string, text: string): string | undefined => {
    const [wrong] = wrongAnswers({ ...given, [name]: text }, cli.env['WXNOTIFY_API_KEY']);
    return wrong && `${wrong.message}. ${wrong.fix}`;
  };
  const answers = await askTexts(cli, questionsAbout(given), check);
  if (!answers) return undefined;
  const { source: _source, ...rest } = answers;
  return { ...given, ...rest };
}

function questionsAbout({ target, appid, mch_id, key_env }: Answers): readonly TextQuestion[] {
  return [
    { name: 'target', message: 'Your notify_url on this machine or in staging', default: target },
    { name: 'appid', message: 'appid (empty: from WXNOTIFY_APPID)', default: appid },
    { name: 'mch_id', message: 'Merchant number, mch_id (empty: from WXNOTIFY_MCH_ID)', default: mch_id },
    {
      name: 'source',
      message: 'Where does the API key come from? It is never written into a file here.',
      choices: [
        { name: 'an environment variable, or .env', value: 'env' },
        { name: 'a file', value: 'file' },
      ],
    },
    {
      name: 'key_env',
      message: 'Which variable?',
      default: key_env,
      when: ({ source }) => source === 'env',
    },
    {
      name: 'key_file',
      message: 'Which file?',
      default: 'api-key.txt',
      when: ({ source }) => source === 'file',
    },
  ];
}

function nextSteps({ appid, mch_id, key_file, key_env }: Answers): string {
  const variables = [
    ...(appid === '' ? ['WXNOTIFY_APPID'] : []),
    ...(mch_id === '' ? ['WXNOTIFY_MCH_ID'] : []),
    ...(key_file === '' ? [key_env] : []),
  ];
  const steps = [
    ...(variables.length > 0
      ? [`set ${variables.join(', ')}: copy .env.example to .env, and add .env to .gitignore`]
      : []),
    ...(key_file === '' ? [] : [`put the API key into ${key_file}, and add it to .gitignore`]),
    'start your server',
    'wxnotify send first',
  ];
  return `Next:\n${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`;
}
