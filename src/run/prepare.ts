/** A scenario becomes requests, all of them, before anything is sent: what is wrong shows up while nothing has happened. */
import type { Fields, Notification, SignedRequest, Source, V2Credentials } from '../protocol/dialect.ts';
import { allRows, buildNotification, rowOf } from '../protocol/notification.ts';
import { seal } from '../protocol/v2/seal.ts';
import { validateNotification, type FieldProblem } from '../protocol/validate.ts';
import { fail, succeed, type Place, type Problem, type Result } from '../scenario/problem.ts';
import { resolveFields, resolveTamper, resolveVars } from '../scenario/resolve.ts';
import type { AckWord, Expectation, NotifyStep, Scenario } from '../scenario/scenario.ts';
import { nearest, suggest } from '../scenario/suggest.ts';
import type { Scope } from '../scenario/template.ts';
import { impossibleDamage, type ImpossibleDamage } from './damage.ts';
import { seededSource } from './source.ts';

/** What the command line overrides in every step. */
export interface Overriding {
  readonly set: Readonly<Record<string, string>>;
  readonly times?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly every_ms?: number | undefined;
  readonly timeout_ms?: number | undefined;
  readonly ack?: AckWord | undefined;
}

export interface Preparation {
  readonly scenario: Scenario;
  readonly credentials: V2Credentials;
  readonly seed: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The URL for a kind, as text; `undefined` when nothing will be sent. */
  readonly targetFor: (kind: string) => string | undefined;
  readonly overriding: Overriding;
}

/** A step that is ready to be sent. */
export interface PreparedStep {
  readonly step: NotifyStep;
  /** The authentic notification, before any damage. */
  readonly notification: Notification;
  readonly request: SignedRequest;
  readonly target: string | undefined;
  readonly times: number;
  readonly concurrency: number;
  readonly every_ms: number;
  readonly timeout_ms: number;
  readonly expect: Expectation;
}

export interface Prepared {
  readonly scenario: Scenario;
  readonly seed: string;
  readonly steps: readonly PreparedStep[];
  readonly warnings: readonly Problem[];
}

/** How long the platform waits for an answer, in milliseconds. */
export const PLATFORM_TIMEOUT = 5000;

/** Builds and seals every step of a scenario. */
export function prepare(input: Preparation): Result<Prepared> {
  const wrong = wrongSettings(input);
  if (wrong) return fail(wrong);
  const source = seededSource(input.seed).fork(input.scenario.name);
  const scope = createScope(input, source);
  const own = resolveVars(input.scenario, scope);
  if (!own.ok) return own;
  const vars = new Map(own.value);
  const steps: PreparedStep[] = [];
  const warnings: Problem[] = [];
  for (const step of input.scenario.steps) {
    const target = input.targetFor(step.kind.id);
    const stepScope = {
      ...scope,
      vars,
      origin: originOf(target),
      source: source.fork(`step ${step.number}`),
    };
    const built = prepareStep(step, input, { scope: stepScope, target });
    if (!built.ok) return built;
    steps.push(built.value);
    warnings.push(...rulesBroken(built.value, input));
    for (const [name, value] of shared(built.value.notification)) vars.set(name, value);
  }
  return succeed({ scenario: input.scenario, seed: input.seed, steps, warnings });
}

function createScope({ env, overriding, scenario }: Preparation, source: Source): Scope {
  const set = Object.entries(overriding.set).filter(([name]) => Object.hasOwn(scenario.vars, name));
  return { vars: new Map(set), env, origin: undefined, source: source.fork('vars') };
}

interface StepContext {
  readonly scope: Scope;
  readonly target: string | undefined;
}

function prepareStep(
  step: NotifyStep,
  input: Preparation,
  { scope, target }: StepContext,
): Result<PreparedStep> {
  const { scenario, credentials, overriding } = input;
  const fields = resolveFields(step, scenario, scope);
  if (!fields.ok) return fields;
  const damage = resolveTamper(step, scenario, scope);
  if (!damage.ok) return damage;
  const notification = buildNotification({
    kind: step.kind,
    fields: { ...fields.value, ...setFields(step, overriding.set) },
    merchant: credentials,
    sign_type: step.sign_type ?? credentials.sign_type,
    source: scope.source,
  });
  const impossible = damage.value && impossibleDamage(damage.value, notification);
  if (impossible) return fail(damageProblem(impossible, step, scenario));
  const request = seal(notification, credentials, damage.value);
  return succeed({ step, notification, request, target, ...repeatsOf(step, overriding) });
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

/** What later steps take over from a notification. */
function shared({ kind, fields }: Notification): readonly (readonly [string, string])[] {
  return kind.shares.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]] as const]));
}

function originOf(target: string | undefined): string | undefined {
  return target !== undefined && URL.canParse(target) ? new URL(target).origin : undefined;
}

function wrongSettings({ scenario, overriding }: Preparation): Problem | undefined {
  const fields = scenario.steps.flatMap((step) => allRows(step.kind).map((row) => row.name));
  const known = [...new Set([...Object.keys(scenario.vars), ...fields])];
  for (const name of Object.keys(overriding.set)) {
    const found = Object.hasOwn(scenario.vars, name) || scenario.steps.some((step) => rowOf(step.kind, name));
    if (found) continue;
    if (name === 'sign' || name === 'req_info') return computed(name);
    const message = `--set ${name}: ${scenario.name} has no such variable, and its notifications no such field`;
    return { code: 'unknown-field', message, fix: suggest(name, known) };
  }
  return undefined;
}

function computed(name: string): Problem {
  const fix = `To send a wrong one, write a scenario with \`tamper: { change: { ${name}: … } }\`.`;
  return { code: 'bad-value', message: `--set ${name}: it is computed, and cannot be set`, fix };
}

function damageProblem(
  { part, message, fix }: ImpossibleDamage,
  step: NotifyStep,
  scenario: Scenario,
): Problem {
  return { code: 'bad-value', at: scenario.place([...step.path, 'tamper', part], 'key'), message, fix };
}

/** What the platform would not send so. Values that were only derived from a wrong one are not told again. */
function rulesBroken(prepared: PreparedStep, { scenario, overriding }: Preparation): readonly Problem[] {
  const { notification, step } = prepared;
  return validateNotification(notification).flatMap((found): readonly Problem[] => {
    const place = placeOf(found, step, { scenario, overriding });
    return place ? [{ code: 'field-rule', ...place, ...words(found, notification, place.prefix) }] : [];
  });
}

interface RulePlace {
  readonly at?: Place;
  readonly prefix: string;
}

function placeOf(
  { field, rule }: FieldProblem,
  step: NotifyStep,
  { scenario, overriding }: Pick<Preparation, 'scenario' | 'overriding'>,
): RulePlace | undefined {
  if (Object.hasOwn(overriding.set, field)) return { prefix: `--set ${field}: ` };
  if (Object.hasOwn(step.fields, field))
    return { at: scenario.place([...step.path, 'fields', field], 'key'), prefix: '' };
  if (Object.hasOwn(scenario.vars, field)) return { at: scenario.place(['vars', field], 'key'), prefix: '' };
  if (field === 'appid' || field === 'mch_id') return { prefix: 'the merchant’s ' };
  return rule === 'sum' || rule === 'required' ? { at: scenario.place(step.path), prefix: '' } : undefined;
}

function words(
  found: FieldProblem,
  { kind }: Notification,
  prefix: string,
): Pick<Problem, 'message' | 'fix'> {
  const names = allRows(kind).map((row) => row.name);
  const near = found.rule === 'unknown' ? nearest(found.field, names) : undefined;
  const fix = near ? `Did you mean \`${near}\`?` : `It is sent all the same. The rule: ${found.source}`;
  return { message: `${prefix}${found.message}`, fix };
}
