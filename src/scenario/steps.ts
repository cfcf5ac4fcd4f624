/** The steps as they are written → as the program works with them. */
import { allKinds } from '../protocol/all-kinds.ts';
import { isForged } from './tampered.ts';
import { toExpectation } from './expect.ts';
import { RACERS } from './scenario.ts';
import type { CallStep, Capture, CommandStep, Group, NotifyStep, Payload, Step } from './scenario.ts';
import type {
  CallForm,
  GroupedForm,
  NotifyForm,
  OrderForm,
  ParallelForm,
  RunForm,
  StepForm,
} from './schema/schema.ts';
import { CALL, millis } from './schema/schema-parts.ts';
import type { Path } from './yaml/yaml.ts';

/** How long a call, and a command, may take unless they say, in milliseconds. */
const CALL_TIMEOUT = 10_000;
const RUN_TIMEOUT = 30_000;

/** A step as it is written, and where. */
export interface PlacedForm {
  readonly form: StepForm;
  readonly path: Path;
}

/** Reads the steps; those of a group stand one after the other, and share the group. */
export function toSteps(forms: readonly PlacedForm[]): readonly Step[] {
  const steps: Step[] = [];
  for (const { form, path } of forms) {
    const number = steps.length + 1;
    if ('parallel' in form || 'order' in form) steps.push(...toGroup(form, number, path));
    else steps.push(toStep(form, number, path));
  }
  return steps;
}

function toStep(form: NotifyForm | CallForm | RunForm, number: number, path: Path): Step {
  const base = {
    number,
    name: form.name,
    path,
    always: form.when === 'always',
    delay_ms: duration(form.delay, 0),
  };
  if ('notify' in form) return { ...base, ...toNotify(form, undefined) };
  return 'call' in form ? { ...base, ...toCall(form) } : { ...base, ...toCommand(form) };
}

function toGroup(form: OrderForm | ParallelForm, number: number, path: Path): readonly NotifyStep[] {
  const [order, key, members] =
    'parallel' in form
      ? (['parallel', 'parallel', form.parallel] as const)
      : ([form.order, 'steps', form.steps] as const);
  const group: Group = { order, delay_ms: duration(form.delay, 0) };
  return members.map((member, index) => ({
    number: number + index,
    name: form.name === undefined ? member.name : `${form.name}: ${member.name ?? member.notify}`,
    path: [...path, key, index],
    always: form.when === 'always',
    delay_ms: duration(member.delay, 0),
    ...toNotify(member, group),
  }));
}

type Own<T extends Step> = Omit<T, 'number' | 'name' | 'path' | 'always' | 'delay_ms'>;

function toNotify(form: GroupedForm, group: Group | undefined): Own<NotifyStep> {
  const race = form.race === true;
  return {
    does: 'notify',
    kind: allKinds[form.notify],
    fields: mapValues(form.fields ?? {}, (value) => (value === null ? null : String(value))),
    sign_type: form.sign_type,
    times: form.times ?? (race ? RACERS : 1),
    concurrency: form.concurrency ?? 1,
    every_ms: duration(form.every, 0),
    jitter_ms: duration(form.jitter, 0),
    race,
    vary: form.vary === undefined ? [] : [form.vary].flat(),
    unique: form.unique === true,
    schedule: form.schedule && { name: form.schedule, speed: form.speed ?? 1 },
    group,
    timeout_ms: form.timeout === undefined ? undefined : millis(form.timeout),
    tamper: form.tamper,
    expect: toExpectation(form.expect, isForged(form.tamper)),
  };
}

function toCall(form: CallForm): Own<CallStep> {
  const [, method = 'GET', url = ''] = CALL.exec(form.call) ?? [];
  const { status, headers = {}, json = {}, body } = form.expect ?? {};
  return {
    does: 'call',
    method,
    url: url.trim(),
    headers: mapValues(form.headers ?? {}, String),
    payload: payloadOf(form),
    timeout_ms: duration(form.timeout, CALL_TIMEOUT),
    captures: Object.entries(form.capture ?? {}).map(([name, from]) => toCapture(name, from)),
    expect: { status, headers, json, body },
    eventually_ms: duration(form.eventually, 0),
  };
}

function payloadOf({ json, form, body }: CallForm): Payload | undefined {
  if (json !== undefined) return { as: 'json', value: json };
  if (form !== undefined) return { as: 'form', value: mapValues(form, String) };
  return body === undefined ? undefined : { as: 'text', value: body };
}

/** A bare text is a JSONPath. */
function toCapture(name: string, from: NonNullable<CallForm['capture']>[string]): Capture {
  if (typeof from === 'string') return { name, from: 'json', what: from };
  const [entry] = Object.entries(from) as [Capture['from'], string][];
  const [kind, what] = entry ?? ['json', '$'];
  return { name, from: kind, what };
}

function toCommand(form: RunForm): Own<CommandStep> {
  const { exit = 0, stdout, stderr } = form.expect ?? {};
  return {
    does: 'run',
    argv: argvOf(form),
    shell: form.shell === true,
    env: mapValues(form.env ?? {}, String),
    stdin: form.stdin,
    timeout_ms: duration(form.timeout, RUN_TIMEOUT),
    captures: Object.entries(form.capture ?? {}).map(([name, what]): Capture => {
      return what === 'stdout' ? { name, from: 'stdout', what } : { name, from: 'regex', what };
    }),
    expect: { exit, stdout, stderr },
    eventually_ms: duration(form.eventually, 0),
  };
}

/** Words are split at blanks, but not in a template; a list says itself where an argument ends. */
function argvOf({ run, shell }: RunForm): readonly string[] {
  if (typeof run !== 'string') return run.map(String);
  return shell === true ? [run] : (run.match(/(?:\$\{[^}]*\}|\S)+/g) ?? []);
}

function duration(text: string | undefined, fallback: number): number {
  return text === undefined ? fallback : (millis(text) ?? fallback);
}

function mapValues<T, U>(object: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
