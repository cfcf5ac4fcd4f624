import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { Settings } from '../settings/settings.ts';

/** `wxnotify config`. */
export const configCommand: CommandFile = {
  name: 'config',
  usage: '[options]',
  summary: 'what is in force, and where it came from',
  declare,
};

function declare(command: Command, act: Act): void {
  command.description(
    'Prints every setting with its origin: flag, environment, .env, profile or default. Keys are masked.',
  );
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(['wxnotify config', 'as it is'], ['wxnotify config --profile staging', 'as it would be']),
    )
    .action((options: CommonOptions) => act((cli) => config(cli, options)));
}

interface Row {
  readonly value: string | null;
  readonly from: string | null;
}

async function config(cli: Cli, options: CommonOptions): Promise<Ending> {
  const [{ readSettings, problemLines }, { stateFolder }] = await Promise.all([
    import('../offline.ts'),
    import('../settings/state.ts'),
  ]);
  const settings = readSettings(cli, options);
  if (!settings.ok) return stopped(settings.problems);
  const v3 = settings.value.v3.load();
  const rows = rowsOf(settings.value, await stateFolder(cli, settings.value));
  if (options.json) {
    cli.json({ schema: 'wxnotify/1', config: settings.value.config ?? null, settings: rows });
    return done;
  }
  const warnings = [...settings.value.warnings, ...(v3.ok ? [] : v3Problems(settings.value, v3.problems))];
  cli.err(problemLines(warnings, 'warning', await colours(cli, 'stderr', options.color)));
  const chalk = await colours(cli, 'stdout', options.color);
  const names = Object.keys(rows);
  const width = Math.max(...names.map((name) => name.length));
  const long = Math.max(...Object.values(rows).map(({ value }) => (value ?? '(not set)').length));
  cli.out(`${chalk.dim(`configuration: ${settings.value.config ?? 'none found'}`)}\n`);
  for (const [name, { value, from }] of Object.entries(rows)) {
    cli.out(
      `${name.padEnd(width)}  ${(value ?? '(not set)').padEnd(long)}  ${chalk.dim(from ?? '')}`.trimEnd() +
        '\n',
    );
  }
  return done;
}

function rowsOf(settings: Settings, folder: string): Readonly<Record<string, Row>> {
  const { profile, target, targets, appid, mch_id, api_key, api_v3_key, sign_type, hosts, cacert, state } =
    settings;
  const row = (valued: { value: unknown; from: string } | undefined): Row =>
    valued ? { value: String(valued.value), from: valued.from } : { value: null, from: null };
  const byKind = Object.entries(targets).map(([kind, valued]) => [`target ${kind}`, row(valued)] as const);
  return {
    profile: row(profile),
    target: row(target),
    ...Object.fromEntries(byKind),
    appid: row(appid),
    mch_id: row(mch_id),
    api_key: row(api_key),
    api_v3_key: row(api_v3_key),
    ...v3Rows(settings),
    sign_type: row(sign_type),
    hosts: {
      value: hosts.length > 0 ? hosts.join(', ') : null,
      from: hosts.length > 0 ? `profile ${profile?.value ?? ''}` : null,
    },
    cacert: row(cacert),
    ...varRows(settings),
    state: { value: folder, from: state?.from ?? 'default' },
  };
}

/** What is public of the platform key. */
function v3Rows({ v3 }: Settings): Readonly<Record<string, Row>> {
  const loaded = v3.load();
  if (!loaded.ok) return { 'v3 key': { value: null, from: null } };
  const { mode, serial, publicKeyId, fingerprint } = loaded.value;
  const row = (value: string | undefined, said = v3.from): Row =>
    value === undefined ? { value: null, from: null } : { value, from: said ?? null };
  return {
    'v3 key': row(`SHA-256 ${fingerprint}`),
    'v3 mode': row(mode, v3.mode?.from ?? 'default'),
    'v3 serial': row(serial, v3.serial?.from ?? v3.certificate_file?.from),
    'v3 public_key_id': row(publicKeyId, v3.public_key_id?.from),
  };
}

/** That there is no key at all is no news. */
function v3Problems({ v3 }: Settings, problems: readonly Problem[]): readonly Problem[] {
  const asked = v3.key_file ?? v3.certificate_file ?? v3.made ?? v3.mode ?? v3.unset[0];
  return asked === undefined ? [] : problems;
}

function varRows({ vars, profile }: Settings): Readonly<Record<string, Row>> {
  const from = `profile ${profile?.value ?? ''}`;
  return Object.fromEntries(
    Object.entries(vars).map(([name, value]) => [`vars ${name}`, { value: String(value), from }]),
  );
}
