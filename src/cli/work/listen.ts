/** The reference merchant on its own. */
import type { V2Credentials } from '../../protocol/dialect.ts';
import { demoCredentials } from '../../merchant/demo.ts';
import {
  startMerchant,
  type Merchant,
  type MerchantOptions,
  type Seen,
  type Stray,
} from '../../merchant/server.ts';
import { seenJson, seenText, strayText } from '../../report/seen.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import type { ListenOptions } from '../options.ts';
import { credentialsOf } from '../settings/credentials.ts';
import { readSettings } from '../settings/settings.ts';

/** Listens until Ctrl-C, which is its ordinary end. */
export async function runListen(cli: Cli, options: ListenOptions): Promise<Ending> {
  const settings = readSettings(cli, options);
  if (!settings.ok) return stopped(settings.problems);
  const own = credentialsOf(settings.value);
  const partly = settings.value.appid ?? settings.value.mch_id ?? settings.value.api_key;
  if (!own.ok && partly) return stopped(own.problems);
  const credentials = own.ok ? own.value : demoCredentials;
  const chalk = await colours(cli, 'stdout', options.color);
  cli.secrets.add(credentials.api_key.reveal());
  const onNotification = (seen: Seen): void => {
    cli.out(options.json ? seenJson(seen) : seenText(seen, chalk, options.verbose === true));
  };
  const onStray = (stray: Stray): void => {
    if (!options.json) cli.out(strayText(stray, chalk));
  };
  const started = await start(options, credentials, { onNotification, onStray });
  if (typeof started === 'string') {
    const fix = 'Choose another: --port 0 takes a free one.';
    return stopped([{ code: 'usage', message: `cannot listen on port ${options.port}: ${started}`, fix }]);
  }
  cli.err(greeting(started.url, credentials, own.ok));
  await aborted(cli.signal);
  await started.close();
  return done;
}

async function start(
  options: ListenOptions,
  credentials: V2Credentials,
  listeners: Pick<MerchantOptions, 'onNotification' | 'onStray'>,
): Promise<Merchant | string> {
  const { answer, delay, flaky, status, port } = options;
  try {
    const misbehaviour = { answer, delayMs: delay, flaky, status };
    return await startMerchant({ credentials, port, adopt: true, misbehaviour, ...listeners });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function greeting(url: string, { appid, mch_id }: V2Credentials, own: boolean): string {
  const who = own
    ? `merchant ${mch_id}, ${appid}`
    : `the demo merchant (${mch_id}, ${appid}); send with --profile demo`;
  return `Listening on ${url} as ${who}.\nUnknown orders are taken for new ones. Ctrl-C ends.\n`;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
