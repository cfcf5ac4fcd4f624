/** A case → the flow that tries it: an order, the hostile notification, a look at the order, and an authentic one. */
import type { SomeKind } from '../protocol/all-kinds.ts';
import { rowOf } from '../protocol/notification.ts';
import type { CallStep, CommandStep, NotifyStep, Scenario, Step, Until } from '../scenario/scenario.ts';
import type { Place } from '../scenario/problem.ts';
import type { Path } from '../scenario/yaml/yaml.ts';
import { amountOf, setupKind, versionOf, type AuditCase } from './case.ts';
import { createWatch, type Watch } from './watch.ts';

/** A step of the configuration, with the places of its parts. */
export interface Probe {
  readonly step: CallStep | CommandStep;
  readonly place: (path: Path, key?: 'key') => Place;
}

/** How the merchant's own API is asked. */
export interface Probes {
  readonly create_order?: Probe | undefined;
  readonly order_state?: Probe | undefined;
  readonly close_order?: Probe | undefined;
}

/** What a step of the flow is for. */
export type Role =
  | 'create'
  | 'setup'
  | 'setup-look'
  | 'before'
  | 'other-before'
  | 'hostile'
  | 'after'
  | 'other-after'
  | 'control'
  | 'settled';

export interface Composed {
  readonly scenario: Scenario;
  /** By the number of the step, from 1. */
  readonly roles: ReadonlyMap<number, Role>;
}

export interface Composing {
  readonly probes: Probes;
  readonly kinds: Readonly<Record<string, SomeKind>>;
  /** How long what must not be booked is given to be booked all the same, in milliseconds. */
  readonly settleMs: number;
  /** How long what must be booked is waited for, in milliseconds. */
  readonly waitMs: number;
  /** Variables that the probes, or the case, may refer to. */
  readonly vars: Readonly<Record<string, string>>;
  /** Where the case's own notifications go, when that is not where their kind goes. */
  readonly target: string | undefined;
}

/** Composes the flow. Every step is done whatever became of the ones before: what is missing is evidence as well. */
export function compose(audited: AuditCase, composing: Composing): Composed {
  const { scenario, block, about } = audited;
  const parts = partsOf(audited, composing);
  const steps = parts.map(({ step }, index): Step => ({ ...step, number: index + 1, always: true }));
  const names = ['amount', ...amountNames(about.kind)];
  const given = {
    ...Object.fromEntries(names.map((name) => [name, String(amountOf(block))])),
    ...composing.vars,
  };
  const own = Object.entries(scenario.vars).filter(([name]) => !Object.hasOwn(given, name));
  return {
    scenario: {
      ...scenario,
      steps,
      vars: { ...given, ...Object.fromEntries(own) },
      typed: new Set([...scenario.typed, ...names]),
      place: placeOf(scenario, composing.probes),
    },
    roles: new Map(parts.map(({ role }, index) => [index + 1, role])),
  };
}

interface Part {
  readonly role: Role;
  readonly step: Step;
}

function partsOf(audited: AuditCase, composing: Composing): readonly Part[] {
  const { scenario, block } = audited;
  const isPair = block.orders === 2 && composing.probes.create_order !== undefined;
  const watch = createWatch();
  const look = (role: Role, until: Until = watch.note): readonly Part[] =>
    lookAt({ prefix: '', role, until }, composing);
  const lookAside = (role: Role): readonly Part[] =>
    isPair ? lookAt({ prefix: 'other_', role, until: always }, composing) : [];
  const control = controlOf(audited);
  const setup = setupOf(audited, composing);
  return [
    ...creating(block.orders ?? 1, composing),
    ...(setup.length > 0 ? look('setup-look') : []),
    ...setup.flatMap((part) => [part, ...look('setup-look', bookedBy(part.step, watch))]),
    ...look('before'),
    ...lookAside('other-before'),
    ...scenario.steps.map((step): Part => ({ role: 'hostile', step: caseStep(step, composing) })),
    ...look('after', isBooked(audited) ? bookedBy(audited.about, watch) : always),
    ...lookAside('other-after'),
    ...(control ? [{ role: 'control', step: control } as const] : []),
    ...(control ? look('settled', isBookable(audited) ? bookedBy(control, watch) : always) : []),
  ].map((part, index, all) => settled(part, all[index - 1]?.role, composing));
}

function always(): boolean {
  return true;
}

/** What shows that a notification was booked. */
function bookedBy(step: Step, watch: Watch): Until {
  if (step.does !== 'notify') return always;
  return step.kind.id.endsWith('refund') ? watch.refunded : watch.paid;
}

/** Whether the case's own notifications must be booked. */
function isBooked({ block: { must, setup = [] } }: AuditCase): boolean {
  return must === 'accept' || (must === 'credit-once' && !setup.includes('paid'));
}

/** Whether the authentic notification at the end brings something new. */
function isBookable({ block: { setup = [] }, about }: AuditCase): boolean {
  return !setup.includes(about.kind.id.endsWith('refund') ? 'refunded' : 'paid') && !setup.includes('closed');
}

/** What was notified and must not be booked is given time to be. */
function settled(part: Part, before: Role | undefined, { settleMs }: Composing): Part {
  const isEarly = before !== undefined && NOTIFIED.includes(before) && part.role !== 'hostile';
  return isEarly ? { ...part, step: { ...part.step, delay_ms: part.step.delay_ms + settleMs } } : part;
}

/** After these something may be on its way into the books. */
const NOTIFIED: readonly Role[] = ['setup', 'hostile', 'control'];

/** The second order comes first, so that `out_trade_no` is that of the first. */
function creating(orders: 1 | 2, { probes: { create_order } }: Composing): readonly Part[] {
  if (!create_order) return [];
  const main = probeStep('create_order', create_order, 'the order is placed');
  const captures = main.captures.map((one) => ({ ...one, name: `other_${one.name}` }));
  const other = { ...main, name: 'another order is placed', captures };
  return (orders === 2 ? [other, main] : [main]).map((step): Part => ({ role: 'create', step }));
}

function setupOf({ block, about }: AuditCase, { probes, kinds }: Composing): readonly Part[] {
  return (block.setup ?? []).flatMap((word): readonly Part[] => {
    const id = setupKind(word, versionOf(about.kind.id));
    const kind = id === undefined ? undefined : kinds[id];
    if (kind) return [{ role: 'setup', step: plain(kind, `the order is ${word}`, about.path) }];
    const { close_order } = probes;
    return close_order
      ? [{ role: 'setup', step: probeStep('close_order', close_order, 'the order is closed') }]
      : [];
  });
}

interface Look {
  readonly prefix: '' | 'other_';
  readonly role: Role;
  readonly until: Until;
}

/** A look at the order, or at the other one, again and again until it shows what it must, or the time is up. */
function lookAt(
  { prefix, role, until }: Look,
  { probes: { order_state }, waitMs }: Composing,
): readonly Part[] {
  if (!order_state) return [];
  const isBefore = role === 'before' || role === 'other-before';
  const title = `the ${prefix === '' ? '' : 'other '}order, ${isBefore ? 'before' : 'afterwards'}`;
  const step = probeStep('order_state', order_state, title);
  const patient = {
    ...step,
    eventually_ms: Math.max(step.eventually_ms, until === always ? 0 : waitMs),
    until,
  };
  return [{ role, step: prefix === '' ? patient : aboutOther(patient) }];
}

/** The same step about the other order: every template that names the one names the other. */
function aboutOther<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('${out_trade_no}', '${other_out_trade_no}') as T;
  if (Array.isArray(value)) return value.map(aboutOther) as T;
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, aboutOther(inner as unknown)]),
  ) as T;
}

function probeStep(name: keyof Probes, { step }: Probe, title: string): CallStep | CommandStep {
  return { ...step, name: step.name ?? title, path: ['probes', name] };
}

/** A notification about an order that it names itself says nothing of ours to the steps after it. */
function caseStep(step: Step, { target }: Composing): Step {
  if (step.does !== 'notify') return step;
  const isOwn = Object.hasOwn(step.fields, 'out_trade_no');
  return { ...step, ...(isOwn && { keepsToItself: true }), ...(target !== undefined && { target }) };
}

/** The authentic notification that must be accepted afterwards. */
function controlOf({ block, about }: AuditCase): NotifyStep | undefined {
  const { control = 'same' } = block;
  if (control === 'none') return undefined;
  const step = plain(about.kind, 'the authentic one', about.path);
  return control === 'same' ? { ...step, fields: about.fields, sign_type: about.sign_type } : step;
}

/** An authentic notification of the right amount. Nothing is expected of its answer here: that is judged later. */
export function plain(kind: SomeKind, name: string, path: Path): NotifyStep {
  return {
    does: 'notify',
    number: 0,
    name,
    path,
    always: true,
    delay_ms: 0,
    kind,
    fields: Object.fromEntries(amountNames(kind).map((field) => [field, '${amount}'])),
    sign_type: undefined,
    times: 1,
    concurrency: 1,
    every_ms: 0,
    jitter_ms: 0,
    race: false,
    vary: [],
    unique: false,
    schedule: undefined,
    group: undefined,
    timeout_ms: undefined,
    tamper: undefined,
    expect: { each: { ack: 'SUCCESS' } },
  };
}

/** The fields that hold the amount of the order, in fen. */
function amountNames(kind: SomeKind): readonly string[] {
  return ['total_fee', 'amount.total'].filter((name) => rowOf(kind, name));
}

function placeOf(scenario: Scenario, probes: Probes): Scenario['place'] {
  return (path, key) => {
    const [first, name, ...rest] = path;
    const probe = first === 'probes' ? probes[name as keyof Probes] : undefined;
    return probe ? probe.place(rest, key) : scenario.place(path, key);
  };
}
