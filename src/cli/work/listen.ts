/** The reference merchant on its own. */
import type { ChalkInstance } from 'chalk';
import type { V2Credentials } from '../../protocol/dialect.ts';
import type { V3Credentials } from '../../protocol/platform-key.ts';
import { bugs, isBug, type BugName } from '../../merchant/bugs.ts';
import { demoCredentials } from '../../merchant/demo.ts';
import { startMerchant, type Merchant, type MerchantOptions } from '../../merchant/server.ts';
import { seenJson, seenText, strayText } from '../../report/seen.ts';
import { collect, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { nearest } from '../../scenario/suggest.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import type { ListenOptions } from '../options.ts';
import { v2CredentialsOf } from '../settings/credentials.ts';
import { v3CredentialsOf } from '../settings/v3/credentials.ts';
import { demoV3Credentials } from './demo-merchant.ts';
import { readSettings } from '../settings/settings.ts';

/** Listens until Ctrl-C, which is its ordinary end. */
export async function runListen(cli: Cli, options: ListenOptions): Promise<Ending> {
  const named = bugsNamed(options.bug ?? []);
  if (!named.ok) return stopped(named.problems);
  const who = identity(cli, options);
  if (!who.ok) return stopped(who.problems);
  const { credentials, v3 } = who.value;
  for (const key of [credentials?.api_key, v3?.api_v3_key]) if (key) cli.secrets.add(key.reveal());
  const listeners = listenersOf(cli, options, await colours(cli, 'stdout', options.color));
  const started = await start(options, who.value, { bugs: named.value, ...listeners });
  if (typeof started === 'string') {
    const fix = 'Choose another: --port 0 takes a free one.';
    return stopped([{ code: 'usage', message: `cannot listen on port ${options.port}: ${started}`, fix }]);
  }
  cli.err(greeting(started.url, who.value));
  if (named.value.size > 0) cli.err(bugWarning(named.value, await colours(cli, 'stderr', options.color)));
  await aborted(cli.signal);
  await started.close();
  return done;
}

interface Identity {
  readonly credentials: V2Credentials | undefined;
  readonly v3: V3Credentials | undefined;
  /** Whether they are the user's, and not the demo merchant's. */
  readonly own: boolean;
}

function identity(cli: Cli, options: ListenOptions): Result<Identity> {
  const settings = readSettings(cli, options);
  if (!settings.ok) return settings;
  const own = v2CredentialsOf(settings.value);
  const v3 = v3CredentialsOf(settings.value);
  const keys = { credentials: own.ok ? own.value : undefined, v3: v3.ok ? v3.value : undefined };
  if (own.ok || v3.ok) return succeed({ ...keys, own: true });
  const partly = settings.value.appid ?? settings.value.mch_id ?? settings.value.api_key;
  return partly ? own : succeed({ credentials: demoCredentials, v3: demoV3Credentials(), own: false });
}

function listenersOf(
  cli: Cli,
  { json, verbose }: ListenOptions,
  chalk: ChalkInstance,
): Pick<MerchantOptions, 'onNotification' | 'onStray'> {
  return {
    onNotification: (seen) => cli.out(json ? seenJson(seen) : seenText(seen, chalk, verbose === true)),
    onStray: (stray) => {
      if (!json) cli.out(strayText(stray, chalk));
    },
  };
}

function bugsNamed(names: readonly string[]): Result<ReadonlySet<BugName>> {
  const problems = names.filter((name) => !isBug(name)).map(unknownBug);
  return collect(problems, () => new Set(names.filter(isBug)));
}

function unknownBug(name: string): Problem {
  const known = Object.keys(bugs);
  const near = nearest(name, known);
  const fix = `${near === undefined ? '' : `Did you mean \`${near}\`? `}Known: ${known.join(', ')}.`;
  return { code: 'usage', message: `there is no bug \`${name}\` for --bug`, fix };
}

async function start(
  options: ListenOptions,
  { credentials, v3 }: Identity,
  more: Pick<MerchantOptions, 'bugs' | 'onNotification' | 'onStray'>,
): Promise<Merchant | string> {
  const { answer, delay, flaky, status, port } = options;
  try {
    const misbehaviour = { answer, delayMs: delay, flaky, status };
    return await startMerchant({ credentials, v3, port, adopt: true, misbehaviour, ...more });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function greeting(url: string, { credentials, v3, own }: Identity): string {
  const { appid, mch_id } = credentials ?? v3 ?? demoCredentials;
  const who = own
    ? `merchant ${mch_id}, ${appid}`
    : `the demo merchant (${mch_id}, ${appid}); send with --profile demo`;
  return `Listening on ${url} as ${who}.\nUnknown orders are taken for new ones. Ctrl-C ends.\n`;
}

function bugWarning(on: ReadonlySet<BugName>, chalk: ChalkInstance): string {
  const lines = [...on].map((bug) => `  ${bug}: ${bugs[bug]}\n`);
  return `${chalk.red.bold('WRONG ON PURPOSE: this merchant has bugs.')}\n${lines.join('')}`;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
