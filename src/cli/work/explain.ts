/** `wxnotify explain`: a capture, the keys that are known here, and the story between them. */
import type { Capture } from '../../capture/capture.ts';
import type { V2Credentials } from '../../protocol/dialect.ts';
import { explain, type Explanation } from '../../protocol/v2/explain/explain.ts';
import { explainText, type ExplainFacts } from '../../report/explain-text.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { problemLines } from '../../report/problems.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import type { CommonOptions } from '../options.ts';
import { otherKeys } from '../settings/other-keys.ts';
import { unchosenText, unsetText } from '../settings/references.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { captureFrom, notXml } from './captured.ts';
import { explainV3, type V3Options } from './explain-v3.ts';
import { ownerOf } from './owner.ts';

/** What `explain` takes. */
export type ExplainOptions = CommonOptions & V3Options;

/** Explains a capture; ends with 1 when it does not verify. */
export async function runExplain(cli: Cli, file: string, options: ExplainOptions): Promise<Ending> {
  const settings = readSettings(cli, options);
  if (!settings.ok) return stopped(settings.problems);
  const capture = await captureFrom(cli, file);
  if (!capture.ok) return stopped(capture.problems);
  const known = { settings: settings.value, capture: capture.value };
  const explained =
    capture.value.version === 'v3' ? await explainV3(cli, known, options) : explainV2(cli, known, options);
  if (!explained.ok) return stopped(explained.problems);
  const { form, notes } = capture.value;
  const own = options.computed !== undefined || options.message !== undefined;
  cli.err(problemLines(settings.value.warnings, 'warning', await colours(cli, 'stderr', options.color)));
  return tell(cli, { ...explained.value, form, notes, own }, options);
}

interface Known {
  readonly settings: Settings;
  readonly capture: Capture;
}

function explainV2(
  cli: Cli,
  { settings, capture }: Known,
  { computed, message }: V3Options,
): Result<Explanation> {
  if (message !== undefined) return fail(NO_MESSAGE);
  const { body } = capture;
  const credentials = keysOf(settings, body);
  if (!credentials) return fail(noKey(settings));
  const others = otherKeys(settings, credentials);
  for (const { key } of others) cli.secrets.add(key);
  const explanation = explain({ text: body, credentials, otherKeys: others, computed });
  return 'why' in explanation ? fail(notXml(explanation.why)) : succeed(judged(explanation, computed));
}

const NO_MESSAGE: Problem = {
  code: 'usage',
  message: '--message is for API v3, and the capture is one of API v2',
  fix: 'Give --computed the signature that your code computes.',
};

/** With `--computed`, what counts is whether that signature is the right one, and of the right algorithm. */
function judged(explanation: Explanation, computed: string | undefined): Explanation {
  if (computed === undefined) return explanation;
  const { signatures, diagnoses } = explanation;
  return { ...explanation, ok: diagnoses.length === 0 && signatures.some(({ matches }) => matches) };
}

async function tell(cli: Cli, facts: ExplainFacts, options: CommonOptions): Promise<Ending> {
  if (options.json) {
    cli.json({ schema: 'wxnotify/1', command: 'explain', exit: facts.ok ? 0 : 1, ...facts });
  } else {
    cli.out(explainText(facts, await colours(cli, 'stdout', options.color)));
  }
  return facts.ok ? done : { as: 'ran', failed: true, undelivered: false, interrupted: false };
}

/** Only the key is needed: whose message it is, it says itself where nothing is configured. */
function keysOf(settings: Settings, body: string): V2Credentials | undefined {
  const { api_key, api_v3_key, appid, mch_id, sign_type } = settings;
  if (!api_key) return undefined;
  const own = ownerOf(body);
  return {
    appid: appid?.value ?? own.appid,
    mch_id: mch_id?.value ?? own.mch_id,
    api_key: api_key.value,
    api_v3_key: api_v3_key?.value,
    sign_type: sign_type.value,
  };
}

function noKey({ unset, unchosen }: Settings): Problem {
  const fix =
    'Set WXNOTIFY_API_KEY (or WXNOTIFY_API_KEY_FILE), or choose a profile: `--profile NAME`. No flag takes a key.';
  return {
    code: 'no-credentials',
    message: 'a signature cannot be explained without the API key',
    fix: `${unchosenText(unchosen)}${unsetText(unset.merchant)}${fix}`,
  };
}
