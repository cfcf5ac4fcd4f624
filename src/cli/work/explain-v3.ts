/** Explaining a capture of API v3: the keys that are known here, and what else was given. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Capture } from '../../capture/capture.ts';
import { explain, type Explanation, type Question } from '../../protocol/v3/explain/explain.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import type { Cli } from '../context.ts';
import { otherV3Keys } from '../settings/other-keys.ts';
import { unchosenText, unsetText } from '../settings/references.ts';
import type { Settings } from '../settings/settings.ts';
import { trustedKeys } from '../settings/v3/trusted.ts';

/** What only captures of API v3 need. */
export interface V3Options {
  readonly message?: string;
  readonly computed?: string;
  /** `Wechatpay-Nonce: …`, where the capture has none. */
  readonly header?: readonly string[];
  readonly at?: Date;
  readonly platformKey?: string;
}

/** Explains a capture of API v3. */
export async function explainV3(
  cli: Cli,
  { settings, capture }: { readonly settings: Settings; readonly capture: Capture },
  options: V3Options,
): Promise<Result<Explanation>> {
  const keys = trustedKeys(settings, { platformKey: options.platformKey, cwd: cli.cwd });
  if (!keys.ok) return keys;
  if (!keys.value.platform && !settings.api_v3_key) return fail(noKeys(settings));
  const own = await ownMessage(cli, options);
  if (!own.ok) return own;
  const others = otherV3Keys(settings);
  for (const { key } of others) cli.secrets.add(key);
  return succeed(
    explain({
      method: capture.method,
      url: capture.url,
      headers: headersOf(capture, options.header ?? []),
      body: Buffer.from(capture.body, 'utf8'),
      clock: { arrived: options.at ?? capture.at, now: new Date() },
      owner: ownerIn(settings),
      platform: keys.value.platform,
      otherPlatforms: keys.value.others,
      api_v3_key: settings.api_v3_key?.value,
      otherKeys: others,
      own: own.value,
    }),
  );
}

function ownerIn({ appid, mch_id }: Settings): Question['owner'] {
  return { appid: appid?.value, mch_id: mch_id?.value };
}

/** Those that were given stand in the place of those that were captured. */
function headersOf({ headers }: Capture, given: readonly string[]): Capture['headers'] {
  const own = given.map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
  });
  const names = own.map(([name]) => name.toLowerCase());
  return [...headers.filter(([name]) => !names.includes(name.toLowerCase())), ...own];
}

async function ownMessage(cli: Cli, { message, computed }: V3Options): Promise<Result<Question['own']>> {
  if (message === undefined) return computed === undefined ? succeed(undefined) : digestIn(computed);
  try {
    return succeed({ message: await readFile(path.resolve(cli.cwd, message), { signal: cli.signal }) });
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return fail({
      code: 'unreadable',
      message: `the file of --message cannot be read (${code})`,
      fix: 'Check the path.',
    });
  }
}

function digestIn(computed: string): Result<Question['own']> {
  if (/^[0-9a-f]{64}$/i.test(computed)) return succeed({ digest: computed });
  const fix =
    'For API v3, give --computed the SHA-256 of the message that your code verifies, as 64 digits of hex; or the message itself: --message FILE.';
  return fail({ code: 'usage', message: '--computed is no SHA-256', fix });
}

function noKeys({ unset, unchosen }: Settings): Problem {
  const fix =
    'For the signature: --platform-key FILE (the platform’s certificate or public key), WXNOTIFY_V3_CERTIFICATE_FILE, or `wxnotify keys new`. For the resource: WXNOTIFY_API_V3_KEY. Or choose a profile: `--profile NAME`.';
  return {
    code: 'no-credentials',
    message:
      'an API v3 notification cannot be explained without a key: neither the platform’s nor the APIv3 key is known',
    fix: `${unchosenText(unchosen)}${unsetText(unset.merchant)}${fix}`,
  };
}
