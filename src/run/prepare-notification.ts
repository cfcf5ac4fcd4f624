/** One notification of a scenario: its templates filled in, signed or encrypted, damaged where that is asked for. */
import type { Fields, Notification, SignedRequest, V2Credentials } from '../protocol/dialect.ts';
import { buildNotification, rowOf } from '../protocol/notification.ts';
import type { Damage } from '../protocol/v2/damage.ts';
import { seal } from '../protocol/v2/seal.ts';
import { fail, succeed, type Problem, type Result } from '../scenario/problem.ts';
import { resolveFields, resolveTamper } from '../scenario/resolve.ts';
import type { Expectation, NotifyStep, Scenario } from '../scenario/scenario.ts';
import type { Scope } from '../scenario/template.ts';
import { impossibleDamage, type ImpossibleDamage } from './damage.ts';
import {
  PLATFORM_TIMEOUT,
  type Overriding,
  type Preparation,
  type PreparedNotification,
} from './prepared.ts';

/** What a step is filled in with. */
export interface StepContext {
  readonly scope: Scope;
  readonly target: string | undefined;
}

/** Builds, signs or encrypts, and damages one notification. */
export function prepareNotification(
  step: NotifyStep,
  input: Preparation,
  { scope, target }: StepContext,
): Result<PreparedNotification> {
  const { scenario, credentials, overriding } = input;
  const fields = resolveFields(step, scenario, scope);
  if (!fields.ok) return fields;
  const damage = resolveTamper(step, scenario, scope);
  if (!damage.ok) return damage;
  const notification = buildNotification({
    kind: step.kind,
    fields: { ...fields.value, ...setFields(step, overriding.set) },
    merchant: credentials,
    sign_type: step.sign_type,
    source: scope.source,
  });
  const wrong = unsealable(notification, step, input);
  if (wrong) return fail(wrong);
  const request = seal(notification, credentials, damage.value);
  const useless = damage.value && uselessDamage(damage.value, { notification, request, credentials });
  if (useless) return fail(damageProblem(useless, step, scenario));
  if (carriesKey({ notification, request, target }, input)) return fail(keyProblem(step, scenario));
  const sent = { ...notification.fields, ...damage.value?.change };
  return succeed({
    does: 'notify',
    step,
    notification,
    sent,
    request,
    target,
    ...repeatsOf(step, overriding),
  });
}

/** Some kinds are encrypted with the APIv3 key, which most v2 merchants have not set, and with a nonce. */
function unsealable(
  { kind, fields }: Notification,
  { path }: NotifyStep,
  { scenario, credentials }: Preparation,
): Problem | undefined {
  if (kind.envelope?.cipher !== 'aes-256-gcm') return undefined;
  const at = scenario.place([...path, 'notify']);
  const length = Buffer.byteLength(credentials.api_v3_key?.reveal() ?? '');
  if (length !== V3_KEY_LENGTH) {
    const has =
      length === 0 ? 'there is none' : `the one that is set has ${length} bytes and not ${V3_KEY_LENGTH}`;
    const message = `${kind.id} is encrypted with the APIv3 key, and ${has}`;
    const fix =
      'Set WXNOTIFY_API_V3_KEY, in the environment or in .env, or api_v3_key in a profile. It is another key than the API key.';
    return { code: 'no-credentials', at, message, fix };
  }
  const nonce = Buffer.byteLength(fields['event_nonce'] ?? '');
  if (nonce > 0 && nonce <= LONGEST_NONCE) return undefined;
  const message = `${kind.id} is encrypted with event_nonce, which has ${nonce} bytes`;
  return { code: 'bad-value', at, message, fix: 'Give it 12 characters, or leave it to be generated.' };
}

const V3_KEY_LENGTH = 32;
/** What AES-256-GCM takes, in bytes. */
const LONGEST_NONCE = 64;

interface Damaged {
  readonly notification: Notification;
  readonly request: SignedRequest;
  readonly credentials: V2Credentials;
}

/** Damage that has nothing to damage, or after which the request is the same. */
function uselessDamage(
  damage: Damage,
  { notification, request, credentials }: Damaged,
): ImpossibleDamage | undefined {
  const impossible = impossibleDamage(damage, notification);
  return impossible ?? (isSame(seal(notification, credentials), request) ? NO_DAMAGE : undefined);
}

const NO_DAMAGE: ImpossibleDamage = {
  part: undefined,
  message: '`tamper` changes nothing here, so nothing would be proven',
  fix: 'Say what is damaged, or leave `tamper` out.',
};

function isSame(a: SignedRequest, b: SignedRequest): boolean {
  const head = ({ method, headers }: SignedRequest): string => JSON.stringify([method, headers]);
  return head(a) === head(b) && Buffer.compare(a.body, b.body) === 0;
}

/** A request is journaled, printed and reported: a key has no place in it. */
function carriesKey(
  { notification, request, target }: Pick<PreparedNotification, 'notification' | 'request' | 'target'>,
  { credentials, secrets }: Preparation,
): boolean {
  const texts = [...Object.values(notification.fields), ...request.headers.flat(), target ?? ''];
  const body = Buffer.from(request.body);
  const carries = (key: string): boolean =>
    key.length >= 8 && (texts.some((text) => text.includes(key)) || body.includes(key));
  const own = [credentials.api_key, credentials.api_v3_key].map((key) => key?.reveal() ?? '');
  return [...own, ...secrets].some(carries);
}

function keyProblem(step: NotifyStep, scenario: Scenario): Problem {
  return {
    code: 'unsafe-target',
    at: scenario.place(step.path),
    message: 'the request would carry an API key itself, in a field, a header or the URL',
    fix: 'Requests are journaled and reported: take it out.',
  };
}

function repeatsOf(step: NotifyStep, overriding: Overriding) {
  const { times, concurrency, every_ms, timeout_ms, ack } = overriding;
  const expect: Expectation = ack === undefined ? step.expect : { each: { ack } };
  return {
    times: times ?? step.times,
    concurrency: concurrency ?? step.concurrency,
    every_ms: every_ms ?? step.every_ms,
    timeout_ms: timeout_ms ?? step.timeout_ms ?? PLATFORM_TIMEOUT,
    expect,
  };
}

function setFields(step: NotifyStep, set: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(set).filter(([name]) => rowOf(step.kind, name)));
}

function damageProblem(
  { part, message, fix }: ImpossibleDamage,
  step: NotifyStep,
  scenario: Scenario,
): Problem {
  return {
    code: 'bad-value',
    at: scenario.place([...step.path, 'tamper', ...(part ? [part] : [])], 'key'),
    message,
    fix,
  };
}
