/** A capture of API v3, opened with the APIv3 key → what a scenario is written of. */
import type { Imported } from '../../capture/scenario-text.ts';
import type { Capture } from '../../capture/capture.ts';
import type { Fields, V3Kind } from '../../protocol/dialect.ts';
import { explain, type Explanation } from '../../protocol/v3/explain/explain.ts';
import { v3Kinds } from '../../protocol/v3/kinds.gen.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { otherV3Keys } from '../settings/other-keys.ts';
import type { Settings } from '../settings/settings.ts';
import { trustedKeys } from '../settings/v3/trusted.ts';

/** Opens a capture; says what is missing where it does not open. */
export function readV3Capture(capture: Capture, settings: Settings, cwd: string): Result<Imported<V3Kind>> {
  const { api_v3_key } = settings;
  if (!api_v3_key) return fail(NO_KEY);
  const keys = trustedKeys(settings, { cwd });
  const { platform, others } = keys.ok ? keys.value : { platform: undefined, others: [] };
  const explained = explain({
    ...capture,
    body: Buffer.from(capture.body, 'utf8'),
    clock: { arrived: capture.at, now: new Date() },
    owner: {},
    platform,
    otherPlatforms: others,
    api_v3_key: api_v3_key.value,
    otherKeys: otherV3Keys(settings),
  });
  if (explained.checks.some(({ step, ok }) => !ok && (step === 'decrypt' || step === 'form')))
    return fail(NOT_OPENED);
  const kind = Object.values<V3Kind>(v3Kinds).find(({ id }) => id === explained.kind);
  if (!kind) return fail(unknownKind(explained.fields));
  return succeed({
    kind,
    fields: explained.fields,
    sign_type: undefined,
    remarks: [signatureRemark(explained)],
  });
}

/** What the signature was worth. */
function signatureRemark({ checks, unchecked }: Explanation): string {
  if (unchecked.includes('sign')) return 'Its signature was not checked: there was no key of the platform.';
  const isRight = checks.some(({ step, ok }) => step === 'sign' && ok);
  return isRight
    ? 'Its signature was right.'
    : 'Its signature was not right, or not there: `wxnotify explain` says why. This scenario is signed anew.';
}

const NO_KEY: Problem = {
  code: 'no-credentials',
  message: 'the resource is encrypted, and there is no APIv3 key to open it',
  fix: 'Set WXNOTIFY_API_V3_KEY, or choose a profile: `--profile NAME`.',
};

const NOT_OPENED: Problem = {
  code: 'bad-value',
  message: 'the resource does not open with the APIv3 key in force',
  fix: '`wxnotify explain` with the same file says why.',
};

function unknownKind(fields: Fields): Problem {
  const type = fields['envelope.event_type'] ?? '';
  const message = `this is no kind of notification that is known: its event_type is ${JSON.stringify(type)}`;
  return { code: 'unknown-kind', message, fix: '`wxnotify fields` lists the kinds.' };
}
