/** `keys new`: a stand-in platform key for the profile in force. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { NewKey } from '../../platform/make-keys.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { done, stopped, type Cli, type Ending } from '../context.ts';
import { askYesNo } from '../prompt.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { apiV3KeyFile, beforeFolder, KEY_FILES, platformFolder } from '../settings/v3/folder.ts';
import { DEMO_PROFILE } from '../settings/valued.ts';
import type { MakeOptions } from './options.ts';
import { writeFile, writeFolder } from './write.ts';

/** Makes what is asked for and not there yet, and says where it is. */
export async function makeKeys(cli: Cli, options: MakeOptions): Promise<Ending> {
  const read = readSettings(cli, options);
  if (!read.ok) return stopped(read.problems);
  const settings = read.value;
  const refused = refusal(settings, options);
  if (refused) return stopped([refused]);
  const plan = await planFor(cli, settings, options);
  if (plan === 'aborted') {
    cli.err('Nothing was written.\n');
    return { as: 'ran', failed: false, undelivered: false, interrupted: true };
  }
  if (plan === 'taken') return stopped([taken(cli, settings)]);
  const made = await make(settings, options, plan);
  if (!made.ok) return stopped(made.problems);
  tell(cli, settings, { options, made: made.value });
  return done;
}

/** What the key would not be in force for. */
function refusal(
  { profile, v3, api_v3_key }: Settings,
  { apiV3Key, force, rotate }: MakeOptions,
): Problem | undefined {
  if (force && rotate)
    return usage('--force and --rotate exclude each other', '--rotate keeps the key that is there.');
  if (profile?.value === DEMO_PROFILE && v3.demo)
    return usage('the demo merchant has a platform key, which is built in', 'Choose a profile of your own.');
  const own = v3.key_file ?? v3.certificate_file;
  if (own)
    return usage(
      `another platform key is in force already: ${own.from}`,
      'What is made here would not be used. Take it out there first.',
    );
  if (apiV3Key && api_v3_key)
    return usage(
      `there is an APIv3 key already: ${api_v3_key.from}`,
      'Leave --api-v3-key out: one that is set stays as it is.',
    );
  return undefined;
}

function usage(message: string, fix: string): Problem {
  return { code: 'usage', message, fix };
}

/** `keep`: only the APIv3 key is missing. */
type Plan = 'new' | 'replace' | 'rotate' | 'keep';

async function planFor(
  cli: Cli,
  settings: Settings,
  { force, rotate, apiV3Key, ...answers }: MakeOptions,
): Promise<Plan | 'taken' | 'aborted'> {
  if (!existsSync(platformFolder(settings.root, settings.profile?.value))) return 'new';
  if (rotate) return 'rotate';
  if (force) return 'replace';
  return apiV3Key ? 'keep' : askPlan(cli, answers);
}

async function askPlan(cli: Cli, { yes, json }: MakeOptions): Promise<Plan | 'taken' | 'aborted'> {
  if (!cli.interactive || yes || json) return 'taken';
  const question =
    'There is a platform key. Replace it? Every server that trusts it must be told the new one.';
  const answer = await askYesNo(cli, question);
  if (answer === undefined) return 'aborted';
  return answer ? 'replace' : 'taken';
}

function taken(cli: Cli, settings: Settings): Problem {
  const message = `there is a platform key in ${shown(cli, settings).platform}, and nothing was written`;
  return {
    code: 'unreadable',
    message,
    fix: 'See it with `wxnotify keys show`, or replace it with --force (with --rotate both are trusted).',
  };
}

/** What was made; `undefined`: was there, or was not asked for. */
interface Made {
  readonly key: NewKey | undefined;
  readonly apiV3Key: boolean;
  /** Whether the key before was kept. */
  readonly rotated: boolean;
}

async function make(settings: Settings, { apiV3Key }: MakeOptions, plan: Plan): Promise<Result<Made>> {
  const { root, profile, mch_id } = settings;
  const { makeApiV3Key, makePlatformKey } = await import('../../platform/make-keys.ts');
  let key: NewKey | undefined;
  if (plan !== 'keep') {
    key = await makePlatformKey(mch_id?.value ?? '', new Date());
    const folder = platformFolder(root, profile?.value);
    const before = beforeFolder(root, profile?.value);
    const how = { replace: plan !== 'new', keep: plan === 'rotate' };
    const written = writeFolder({ root, folder, before, files: filesOf(key), ...how });
    if (!written.ok) return fail(...written.problems);
  }
  if (apiV3Key) {
    const written = writeFile(root, apiV3KeyFile(root, profile?.value), `${makeApiV3Key()}\n`);
    if (!written.ok) return fail(...written.problems);
  }
  return succeed({ key, apiV3Key: apiV3Key === true, rotated: plan === 'rotate' });
}

function filesOf({
  privateKeyPem,
  certificatePem,
  publicKeyPem,
  publicKeyId,
}: NewKey): ReadonlyMap<string, string> {
  return new Map([
    [KEY_FILES.privateKey, privateKeyPem],
    [KEY_FILES.certificate, certificatePem],
    [KEY_FILES.publicKey, publicKeyPem],
    [KEY_FILES.publicKeyId, `${publicKeyId}\n`],
  ]);
}

interface Told {
  readonly options: MakeOptions;
  readonly made: Made;
}

function tell(cli: Cli, settings: Settings, { options, made }: Told): void {
  const { key, apiV3Key, rotated } = made;
  const places = shown(cli, settings);
  const names = key ? Object.values(KEY_FILES).map((name) => path.join(places.platform, name)) : [];
  const written = [...names, ...(apiV3Key ? [places.apiV3Key] : [])];
  if (options.json) {
    const { serial = null, publicKeyId: public_key_id = null } = key ?? {};
    cli.json({ schema: 'wxnotify/1', command: 'keys', ok: true, exit: 0, written, serial, public_key_id });
    return;
  }
  cli.out(`Wrote ${written.join(', ')}.\n`);
  if (key) cli.out(`serial         ${key.serial}\npublic key id  ${key.publicKeyId}\n`);
  else cli.out(`The platform key in ${places.platform} stays as it is.\n`);
  if (rotated) cli.out(`The key before is kept in ${places.before}; remove it when nobody signs with it.\n`);
  if (!options.quiet) cli.out(nextSteps(settings, made, places));
}

function nextSteps({ api_v3_key }: Settings, { apiV3Key }: Made, places: Places): string {
  const v3Key = apiV3Key
    ? [`give your server the APIv3 key that is in ${places.apiV3Key}`]
    : api_v3_key
      ? []
      : [
          'set WXNOTIFY_API_V3_KEY to your server’s APIv3 key (or let `wxnotify keys new --api-v3-key` make one)',
        ];
  const trust = 'make your server trust the key, in staging only: `wxnotify keys show` has what it needs';
  return `Next:\n${[trust, ...v3Key].map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`;
}

interface Places {
  readonly platform: string;
  readonly before: string;
  readonly apiV3Key: string;
}

/** The places as seen from here. */
function shown({ cwd }: Cli, { root, profile }: Settings): Places {
  const from = (file: string): string => path.relative(cwd, file);
  const name = profile?.value;
  return {
    platform: from(platformFolder(root, name)),
    before: from(beforeFolder(root, name)),
    apiV3Key: from(apiV3KeyFile(root, name)),
  };
}
