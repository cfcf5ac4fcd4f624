/** One notification of a scenario: its templates filled in, signed or encrypted, damaged where that is asked for. */
import { isV3, type SomeKind } from '../../protocol/all-kinds.ts';
import type { Fields, Notification } from '../../protocol/dialect.ts';
import { buildNotification, rowOf, type Wish } from '../../protocol/notification.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { resolveFields } from '../../scenario/fill/resolve.ts';
import type { Expectation, NotifyStep, Scenario } from '../../scenario/scenario.ts';
import type { Scope } from '../../scenario/fill/template.ts';
import { copiesOf } from './copies.ts';
import { repeatsOf, wrongRace } from './repeats.ts';
import {
  PLATFORM_TIMEOUT,
  type Overriding,
  type Preparation,
  type PreparedNotification,
} from './prepared.ts';
import type { ImpossibleDamage } from './damage.ts';
import type { Sealed, Sealer } from './version/sealer.ts';
import { v2Sealer } from './version/v2.ts';
import { v3Sealer } from './version/v3.ts';

/** What a step is filled in with. */
export interface StepContext {
  readonly scope: Scope;
  readonly target: string | undefined;
}

/** Builds, signs or encrypts, and damages one notification. */
export function prepareNotification(
  step: NotifyStep,
  input: Preparation,
  context: StepContext,
): Result<PreparedNotification> {
  const { kind } = step;
  const { scenario, credentials, clock } = input;
  const sealing = { step, scenario, scope: context.scope, credentials, clock };
  return isV3(kind)
    ? sealStep(v3Sealer(kind, sealing), { step, input, context })
    : sealStep(v2Sealer(kind, sealing), { step, input, context });
}

/** What is prepared, with what. */
interface Work {
  readonly step: NotifyStep;
  readonly input: Preparation;
  readonly context: StepContext;
}

function sealStep<K extends SomeKind>(made: Result<Sealer<K>>, work: Work): Result<PreparedNotification> {
  if (!made.ok) return made;
  const sealer = made.value;
  const { step, input, context } = work;
  const { scenario, overriding } = input;
  const wished = wishOf(sealer, work);
  if (!wished.ok) return wished;
  const wish = wished.value;
  const notification = buildNotification(wish);
  const repeats = repeatsOf(step, overriding);
  const unfit = wrongRace(repeats) ?? unsealable(notification, sealer, work);
  if (unfit) return fail(unfit);
  const impossible = sealer.impossible(notification);
  if (impossible) return fail(damageProblem(impossible, step, scenario));
  const sealed = { notification, request: sealer.seal(notification) };
  const wrong = wrongRequest(sealed, sealer, work);
  if (wrong) return fail(wrong);
  const { keeps, readAck } = sealer;
  const unique = overriding.unique ?? step.unique;
  const copies = copiesOf({
    ...{ step, scenario, scope: context.scope, wish, keeps, unique },
    ...copiersOf(sealed, sealer),
  });
  if (!copies.ok) return copies;
  return succeed({
    ...{ does: 'notify', step, ...sealed, target: context.target, repeats, copies: copies.value, readAck },
    sent: { ...notification.fields, ...sealer.changed },
    ...resignersOf(sealed, sealer),
    ...limitsOf(step, overriding),
  });
}

function copiersOf<K extends SomeKind>(sealed: Sealed<K>, { copier, copierLater }: Sealer<K>) {
  return {
    copier: (names: readonly string[]) => copier(sealed, names),
    copierLater: copierLater && ((names: readonly string[]) => copierLater(sealed, names)),
  };
}

function resignersOf<K extends SomeKind>({ request }: Sealed<K>, { resign, resignLater }: Sealer<K>) {
  return {
    resign: resign && (() => resign(request)),
    resignLater: resignLater && (async () => resignLater(request)),
  };
}

/** What is to be built. */
function wishOf<K extends SomeKind>(
  { kind, merchant }: Sealer<K>,
  { step, input: { scenario, overriding }, context: { scope } }: Work,
): Result<Wish<K>> {
  const fields = resolveFields(step, scenario, scope);
  if (!fields.ok) return fields;
  return succeed({
    kind,
    fields: { ...fields.value, ...setFields(step, overriding.set) },
    merchant,
    sign_type: step.sign_type,
    source: scope.source,
  });
}

function unsealable<K extends SomeKind>(
  notification: Notification<K>,
  sealer: Sealer<K>,
  { step, input }: Work,
): Problem | undefined {
  const reason = sealer.unsealable(notification);
  return reason && { ...reason, at: input.scenario.place([...step.path, 'notify']) };
}

/** Damage that does nothing, or a key where it must not be. */
function wrongRequest<K extends SomeKind>(
  sealed: Sealed<K>,
  sealer: Sealer<K>,
  { step, input, context: { target } }: Work,
): Problem | undefined {
  const { scenario, secrets } = input;
  const useless = sealer.useless(sealed);
  if (useless) return damageProblem(useless, step, scenario);
  const keys = [...sealer.keys.map((key) => key?.reveal() ?? ''), ...secrets];
  return carriesKey({ ...sealed, target }, keys) ? keyProblem(step, scenario) : undefined;
}

/** A request is journaled, printed and reported: a key has no place in it. */
function carriesKey(
  { notification, request, target }: Pick<PreparedNotification, 'notification' | 'request' | 'target'>,
  keys: readonly string[],
): boolean {
  const texts = [...Object.values(notification.fields), ...request.headers.flat(), target ?? ''];
  const body = Buffer.from(request.body);
  return keys.some(
    (key) => key.length >= 8 && (texts.some((text) => text.includes(key)) || body.includes(key)),
  );
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
