/** A step's templates filled in: what the protocol core takes. */
import { rowOf, type Overrides } from '../../protocol/notification.ts';
import type { Damage } from '../../protocol/v2/damage.ts';
import { collect, type Result } from '../problem.ts';
import { createReader } from './reader.ts';
import type { NotifyStep, Scenario } from '../scenario.ts';
import type { TamperForm } from '../schema/schema.ts';
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

/** Fills in and normalises `tamper`. */
export function resolveTamper(
  step: NotifyStep,
  scenario: Scenario,
  scope: Scope,
): Result<Damage | undefined> {
  const form = step.tamper;
  const reader = createReader(scenario, scope);
  const base = [...step.path, 'tamper'];
  const texts = (map: Readonly<Record<string, string | number | boolean>> | undefined, key: string) =>
    map &&
    Object.fromEntries(
      Object.entries(map).map(([name, value]) => [name, reader.text(String(value), [...base, key, name])]),
    );
  const nullable = (map: Readonly<Record<string, string | number | boolean | null>>, key: string) =>
    Object.fromEntries(
      Object.entries(map).map(([name, value]) => [
        name,
        value === null ? null : reader.text(String(value), [...base, key, name]),
      ]),
    );
  const build = (tamper: TamperForm): Damage =>
    defined({
      change: texts(tamper.change, 'change'),
      add: texts(tamper.add, 'add'),
      drop: tamper.drop === undefined ? undefined : [tamper.drop].flat(),
      duplicate: tamper.duplicate === undefined ? undefined : nullable(twice(tamper.duplicate), 'duplicate'),
      headers: tamper.headers && nullable(tamper.headers, 'headers'),
      key: tamper.key === undefined ? undefined : reader.text(String(tamper.key), [...base, 'key']),
      body: tamper.body === undefined ? undefined : reader.text(tamper.body, [...base, 'body']),
      sign: tamper.sign,
      sign_type: tamper.sign_type,
      ciphertext: tamper.ciphertext,
      method: tamper.method,
    });
  const damage = form && build(form);
  return collect(reader.problems, () => damage);
}

type Twice = NonNullable<TamperForm['duplicate']>;

function twice(form: Twice): Readonly<Record<string, string | number | boolean | null>> {
  if (typeof form === 'string') return { [form]: null };
  return Array.isArray(form) ? Object.fromEntries(form.map((name) => [name, null])) : form;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the keys whose value is `undefined`. */
function defined<T extends object>(object: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<
    Defined<T>
  >;
}
