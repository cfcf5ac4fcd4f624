/** The suite runner for who calls it from a test: the same parts as `wxnotify run`, without a command line. */
import { setMaxListeners } from 'node:events';
import { Chalk } from 'chalk';
import type { Cli } from '../../cli/context.ts';
import { withoutSecrets } from '../../cli/mask.ts';
import type { Settings } from '../../cli/settings/settings.ts';
import { libraryOf } from '../../cli/work/load.ts';
import { toMembers, type Members } from '../../cli/work/run/members.ts';
import type { RunOptions as Flags } from '../../cli/work/run/options.ts';
import { selectScenarios } from '../../cli/work/run/select.ts';
import { createInProcess } from '../../delivery/in-process/in-process.ts';
import { noJournal } from '../../delivery/journal.ts';
import { jsonReporter } from '../../report/suite/json.ts';
import type { Credentials } from '../../run/credentials.ts';
import { freshSeed } from '../../run/source.ts';
import { runSuite, type SuiteInput } from '../../run/suite/suite.ts';
import { fail, succeed, type Result } from '../../scenario/problem.ts';
import type { SuiteDocument } from './document.ts';
import type { RunOptions } from './options.ts';
import { createSilentCli, settingsOf } from './settings.ts';

/** Selects, builds, runs, and tells everything at the end. */
export async function runSuiteOf(
  options: RunOptions,
  credentials: Credentials,
): Promise<Result<SuiteDocument>> {
  const wrong = wrongOptions(options);
  if (wrong) return wrong;
  const cli = createSilentCli(options);
  const settings = settingsOf(options, cli);
  const built = await build(cli, settings, { options, credentials });
  return built.ok ? succeed(await runBuilt(cli, built.value, options)) : built;
}

function wrongOptions({ scenarios, target, deliver }: RunOptions): Result<never> | undefined {
  if ([scenarios].flat().every((reference) => reference.trim() === '')) {
    const fix = "Name some, as on the command line: ['payment/paid', 'ci/*.yaml'].";
    return fail({ code: 'nothing-selected', message: '`scenarios` is empty', fix });
  }
  if (target !== undefined || deliver !== undefined) return undefined;
  const fix = 'Give `deliver`, a function that takes requests, or `target`, a URL.';
  return fail({ code: 'no-target', message: 'there is nothing to send to', fix });
}

interface Building {
  readonly options: RunOptions;
  readonly credentials: Credentials;
}

interface Built extends Members {
  readonly seed: string;
}

async function build(
  cli: Cli,
  settings: Settings,
  { options, credentials }: Building,
): Promise<Result<Built>> {
  const seed = options.seed ?? freshSeed(new Date());
  const flags = flagsOf(options);
  const selecting = { library: libraryOf(cli, cli.cwd), options: flags, seed, failedBefore: () => undefined };
  const scenarios = selectScenarios([options.scenarios].flat(), selecting);
  if (!scenarios.ok) return scenarios;
  const permission = { hosts: settings.hosts, yes: options.deliver !== undefined, hint: '' };
  const context = { settings, credentials, options: flags, seed, permission };
  const members = await toMembers(cli, scenarios.value, context);
  return members.ok ? succeed({ ...members.value, seed }) : members;
}

function flagsOf({ set = {}, seed, target, deliver, tags, timeout_ms, ...rest }: RunOptions): Flags {
  const { retries, workers } = rest;
  return {
    color: false,
    set: Object.fromEntries(Object.entries(set).map(([name, value]) => [name, String(value)])),
    ...(target !== undefined && !deliver && { target }), // for the command that runs it alone
    ...(seed !== undefined && { seed }), // what is repeatable is not signed of now
    ...(tags && { tag: tags }),
    ...(timeout_ms !== undefined && { timeout: timeout_ms }),
    retries: retries ?? 0,
    workers: workers ?? 8,
    repeat: 1,
  };
}

async function runBuilt(
  cli: Cli,
  { members, targets, warnings, seed }: Built,
  options: RunOptions,
): Promise<SuiteDocument> {
  const report = jsonReporter.create({
    chalk: new Chalk({ level: 0 }),
    quiet: false,
    verbose: false,
    version: WXNOTIFY_VERSION,
  });
  let text = '';
  const { client, ...reaching } = await reachOf(options, { targets, cli });
  const { retries, workers } = flagsOf(options);
  setMaxListeners(0, cli.signal); // every delivery in flight listens
  try {
    await runSuite({
      start: { seed, target: members[0]?.facts.target ?? '', insecure: false, workers, shard: null },
      members,
      warnings,
      retries,
      bail: undefined,
      ...reaching,
      client,
      journal: noJournal,
      mask: cli.mask,
      signal: cli.signal,
      env: withoutSecrets(cli, cli.env),
      cwd: cli.cwd,
      emit: (event) => (text += report(event)),
      live: { began: () => undefined, ended: () => undefined },
    });
  } finally {
    await client.close();
  }
  return JSON.parse(cli.mask(text)) as SuiteDocument;
}

type Reaching = Pick<SuiteInput, 'client' | 'targets' | 'reach'>;

/** A function is always there; the HTTP client loads when there is none. */
async function reachOf(
  { deliver }: RunOptions,
  { targets, cli }: { readonly targets: Members['targets']; readonly cli: Cli },
): Promise<Reaching> {
  if (deliver)
    return { client: createInProcess(deliver), targets: [], reach: async () => Promise.resolve(undefined) };
  const { createClient, reach } = await import('./network.ts');
  return {
    client: createClient(),
    targets,
    reach: async (target, when) =>
      reach({}, target, { forMs: when === 'before' ? 0 : GRACE, signal: cli.signal }),
  };
}

/** How long a target that went away has to come back, in milliseconds. */
const GRACE = 1000;
