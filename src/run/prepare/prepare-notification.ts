/** One notification of a scenario: its templates filled in, signed or encrypted, damaged where that is asked for. */
import type { Fields, Notification, SignedRequest } from '../../protocol/dialect.ts';
import { buildNotification, rowOf, type Wish } from '../../protocol/notification.ts';
import type { Damage } from '../../protocol/v2/damage.ts';
import { seal } from '../../protocol/v2/seal.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { resolveFields, resolveTamper } from '../../scenario/fill/resolve.ts';
import type { Expectation, NotifyStep, Scenario } from '../../scenario/scenario.ts';
import type { Scope } from '../../scenario/fill/template.ts';
import { copiesOf } from './copies.ts';
import { repeatsOf, wrongRace } from './repeats.ts';
import { uselessDamage, type ImpossibleDamage } from './damage.ts';
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
  const wished = wishOf(step, input, scope);
  if (!wished.ok) return wished;
  const { wish, damage } = wished.value;
  const notification = buildNotification(wish);
  const repeats = repeatsOf(step, overriding);
  const unfit = wrongRace(repeats) ?? unsealable(notification, step, input);
  if (unfit) return fail(unfit);
  const request = seal(notification, credentials, damage);
  const wrong = wrongRequest({ notification, request, damage, target }, step, input);
  if (wrong) return fail(wrong);
  const unique = overriding.unique ?? step.unique;
  const copies = copiesOf({ step, scenario, scope, wish, credentials, damage, unique });
  if (!copies.ok) return copies;
  const sent = { ...notification.fields, ...damage?.change };
  const built = { does: 'notify', step, notification, sent, request, target } as const;
  return succeed({ ...built, repeats, copies: copies.value, ...limitsOf(step, overriding) });
}

interface Wished {
  readonly wish: Wish;
  readonly damage: Damage | undefined;
}

/** What is to be built, and what is done to it afterwards. */
function wishOf(step: NotifyStep, input: Preparation, scope: Scope): Result<Wished> {
  const { scenario, credentials, overriding } = input;
  const fields = resolveFields(step, scenario, scope);
  if (!fields.ok) return fields;
  const damage = resolveTamper(step, scenario, scope);
  if (!damage.ok) return damage;
  const wish: Wish = {
    kind: step.kind,
    fields: { ...fields.value, ...setFields(step, overriding.set) },
    merchant: credentials,
    sign_type: step.sign_type,
    source: scope.source,
  };
  return succeed({ wish, damage: damage.value });
}

interface BuiltRequest {
  readonly notification: Notification;
  readonly request: SignedRequest;
  readonly damage: Damage | undefined;
  readonly target: string | undefined;
}

/** Damage that does nothing, or a key where it must not be. */
function wrongRequest(
  { damage, ...built }: BuiltRequest,
  step: NotifyStep,
  input: Preparation,
): Problem | undefined {
  const { scenario, credentials } = input;
  const useless = damage && uselessDamage(damage, { ...built, credentials });
  if (useless) return damageProblem(useless, step, scenario);
  return carriesKey(built, input) ? keyProblem(step, scenario) : undefined;
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

function limitsOf(
  step: NotifyStep,
  overriding: Overriding,
): Pick<PreparedNotification, 'timeout_ms' | 'expect'> {
  const timeout_ms = overriding.timeout_ms ?? step.timeout_ms ?? PLATFORM_TIMEOUT;
  return { timeout_ms, expect: expectOf(step, overriding) };
}

/** What is expected of a schedule from the command line is that it is acknowledged. */
function expectOf({ expect }: NotifyStep, { ack, schedule }: Overriding): Expectation {
  if (ack !== undefined) return { each: { ack } };
  return schedule && !expect.acknowledged_by ? { each: expect.each } : expect;
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
