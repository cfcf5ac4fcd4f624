/** A step's templates filled in: what the protocol core takes. */
import type { Owner } from '../../protocol/dialect.ts';
import { rowOf, type Overrides } from '../../protocol/notification.ts';
import { collect, type Result } from '../problem.ts';
import { createReader } from './reader.ts';
import type { NotifyStep, Scenario } from '../scenario.ts';
import type { TamperForm } from '../schema/schema.ts';
import type { Path } from '../yaml/yaml.ts';
import type { Scope } from './template.ts';

/** Fills in a step's fields: its own first, then variables that are named like a field. */
export function resolveFields(step: NotifyStep, scenario: Scenario, scope: Scope): Result<Overrides> {
  const reader = createReader(scenario, scope);
  const fields: Record<string, string | null> = {};
  for (const [name, value] of scope.vars) {
    if (rowOf(step.kind, name)) fields[name] = reader.writable(value, [...step.path, 'fields', name]);
  }
  for (const [name, value] of Object.entries(step.fields)) {
    const path = [...step.path, 'fields', name];
    fields[name] = value === null ? null : reader.writable(reader.text(value, path), path);
  }
  return collect(reader.problems, () => fields);
}

/** Fills in a scenario's own variables, each of which can use those before it. */
export function resolveVars(scenario: Scenario, scope: Scope): Result<ReadonlyMap<string, string>> {
  const vars = new Map<string, string>();
  const reader = createReader(scenario, { ...scope, vars });
  for (const [name, value] of Object.entries(scenario.vars)) {
    const set = scope.vars.get(name);
    vars.set(name, set ?? reader.writable(reader.text(value, ['vars', name]), ['vars', name]));
  }
  return collect(reader.problems, () => vars);
}

/** What `tamper` is filled in with. */
interface Tampering {
  readonly scenario: Scenario;
  readonly scope: Scope;
  readonly merchant: Owner;
}

/** Fills in `tamper`, and normalises it as its version does. Its texts know `merchant.appid` and `merchant.mch_id`. */
export function resolveTamper<Damage>(
  step: NotifyStep,
  { scenario, scope, merchant }: Tampering,
  damageOf: (form: TamperForm, fill: (text: string, path: Path) => string) => Damage,
): Result<Damage | undefined> {
  const form = step.tamper;
  const own = [
    ['merchant.appid', merchant.appid],
    ['merchant.mch_id', merchant.mch_id],
  ] as const;
  const reader = createReader(scenario, { ...scope, vars: new Map([...scope.vars, ...own]) });
  const base = [...step.path, 'tamper'];
  const damage = form && damageOf(form, (text, path) => reader.text(text, [...base, ...path]));
  return collect(reader.problems, () => damage);
}
