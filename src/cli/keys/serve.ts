/** `keys serve`: the certificate as SDKs download it. */
import { startEndpoint, type Asked, type Endpoint } from '../../platform/endpoint.ts';
import type { Owner } from '../../platform/certificates.ts';
import type { PlatformKeys } from '../../platform/keys.ts';
import { jsonLine } from '../../report/json-text.ts';
import { printable } from '../../report/printable.ts';
import { collect, fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { done, stopped, type Cli, type Ending } from '../context.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import type { ServeOptions } from './options.ts';

const DEFAULT_PORT = 8081;

/** Serves until Ctrl-C, which is its ordinary end. */
export async function serveKeys(cli: Cli, options: ServeOptions): Promise<Ending> {
  const read = readSettings(cli, options);
  if (!read.ok) return stopped(read.problems);
  const owner = ownerOf(read.value);
  if (!owner.ok) return stopped(owner.problems);
  const { port = DEFAULT_PORT } = options;
  const started = await start(owner.value, port, (asked) =>
    cli.out(options.json ? jsonLine(asked) : lineOf(asked)),
  );
  if (!started.ok) return stopped(started.problems);
  cli.err(greeting(started.value.url, owner.value));
  await aborted(cli.signal);
  await started.value.close();
  return done;
}

function ownerOf({ v3, api_v3_key }: Settings): Result<Owner> {
  const [loaded, before] = [v3.load(), v3.loadBefore()];
  const read = [loaded, before].flatMap((result) => (result.ok ? [] : result.problems));
  const problems = [...read, ...keyProblems(api_v3_key), ...(loaded.ok ? listProblems(loaded.value) : [])];
  if (!loaded.ok || !before.ok || !api_v3_key) return fail(...(problems as [Problem, ...Problem[]]));
  return collect(problems, () => ({
    keys: loaded.value,
    before: before.value,
    apiV3Key: api_v3_key.value,
  }));
}

function keyProblems(key: Settings['api_v3_key']): readonly Problem[] {
  return key && Buffer.byteLength(key.value.reveal()) === 32 ? [] : [NO_V3_KEY];
}

function listProblems({ mode, certificatePem }: PlatformKeys): readonly Problem[] {
  return mode === 'certificate' && certificatePem === undefined ? [NO_CERTIFICATE] : [];
}

const NO_V3_KEY: Problem = {
  code: 'no-credentials',
  message: 'missing: an APIv3 key of 32 bytes, with which the certificate is sealed',
  fix: 'Set WXNOTIFY_API_V3_KEY to the one that your server has. `wxnotify keys new --api-v3-key` makes one.',
};

const NO_CERTIFICATE: Problem = {
  code: 'no-credentials',
  message: 'missing: the platform’s certificate; only its serial number is known',
  fix: 'Set WXNOTIFY_V3_CERTIFICATE_FILE, or certificate_file in the profile’s v3.',
};

async function start(
  owner: Owner,
  port: number,
  onRequest: (asked: Asked) => void,
): Promise<Result<Endpoint>> {
  try {
    return succeed(await startEndpoint({ ...owner, port, now: () => new Date(), onRequest }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const fix = 'Choose another: --port 0 takes a free one.';
    return fail({ code: 'usage', message: `cannot listen on port ${port}: ${reason}`, fix });
  }
}

function lineOf({ method, path, status, mchid }: Asked): string {
  const who = mchid === undefined ? 'not signed' : `merchant ${mchid}`;
  return `${status} ${printable(`${method} ${path}`.slice(0, 200))}  ${who}\n`;
}

function greeting(url: string, { keys: { mode, signer }, before }: Owner): string {
  const old = before?.serial === undefined ? '' : ` and ${before.serial}, the one before`;
  const what =
    mode === 'certificate'
      ? `the certificate ${signer}${old}`
      : 'the platform’s error for merchants without a certificate: the mode is public-key';
  return `Serving ${url}/v3/certificates: ${what}.\nSignatures of requests are not verified. Ctrl-C ends.\n`;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
