/** A step's templates filled in: what the protocol core takes. */
import { rowOf, type Overrides } from '../protocol/notification.ts';
import type { Damage } from '../protocol/v2/damage.ts';
import { unwritable } from '../protocol/v2/write-xml.ts';
import { collect, type Problem, type Result } from './problem.ts';
import type { CallExpectation, CallStep, CommandStep, NotifyStep, Payload, Scenario } from './scenario.ts';
import type { TamperForm } from './schema.ts';
import { suggest } from './suggest.ts';
import { fill, hasTemplate, knownNames, onlyName, type Scope } from './template.ts';
import type { Path } from './yaml.ts';

/** Fills in a step's fields: its own first, then variables that are named like a field. */
export function resolveFields(step: NotifyStep, scenario: Scenario, scope: Scope): Result<Overrides> {
  const reader = createReader(scenario, scope);
  const fields: Record<string, string | null> = {};
  for (const [name, value] of scope.vars) {
    if (rowOf(step.kind, name)) fields[name] = value;
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

/** A call with its templates filled in. */
export interface ResolvedCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Payload | undefined;
  readonly expect: CallExpectation;
}

/** Fills in a call: its URL, its headers, its body, and what is expected of the answer. */
export function resolveCall(step: CallStep, scenario: Scenario, scope: Scope): Result<ResolvedCall> {
  const reader = createReader(scenario, scope);
  const at = (...path: Path): Path => [...step.path, ...path];
  const texts = (map: Readonly<Record<string, string>>, ...path: Path) =>
    mapTexts(map, (text, key) => reader.text(text, at(...path, key)));
  const { status, headers, json, body } = step.expect;
  const resolved: ResolvedCall = {
    url: reader.text(step.url, at('call')),
    headers: texts(step.headers, 'headers'),
    payload: step.payload && resolvePayload(step.payload, reader, at()),
    expect: {
      status,
      headers: texts(headers, 'expect', 'headers'),
      json: reader.json(json, at('expect', 'json')) as Readonly<Record<string, unknown>>,
      body: body === undefined ? undefined : reader.text(body, at('expect', 'body')),
    },
  };
  return collect(reader.problems, () => resolved);
}

function resolvePayload(payload: Payload, reader: Reader, path: Path): Payload {
  switch (payload.as) {
    case 'json':
      return { as: 'json', value: reader.json(payload.value, [...path, 'json']) };
    case 'form':
      return {
        as: 'form',
        value: mapTexts(payload.value, (text, key) => reader.text(text, [...path, 'form', key])),
      };
    case 'text':
      return { as: 'text', value: reader.text(payload.value, [...path, 'body']) };
  }
}

/** A command with its templates filled in. */
export type ResolvedCommand = Pick<CommandStep, 'argv' | 'env' | 'stdin' | 'expect'>;

/** Fills in a command, what it gets, and what is expected of it. */
export function resolveCommand(step: CommandStep, scenario: Scenario, scope: Scope): Result<ResolvedCommand> {
  const reader = createReader(scenario, scope);
  const { argv, env, stdin, expect } = step;
  const optional = (text: string | undefined, ...path: Path): string | undefined =>
    text === undefined ? undefined : reader.text(text, [...step.path, ...path]);
  const resolved: ResolvedCommand = {
    argv: argv.map((word) => reader.text(word, [...step.path, 'run'])),
    env: mapTexts(env, (text, key) => reader.text(text, [...step.path, 'env', key])),
    stdin: optional(stdin, 'stdin'),
    expect: {
      exit: expect.exit,
      stdout: optional(expect.stdout, 'expect', 'stdout'),
      stderr: optional(expect.stderr, 'expect', 'stderr'),
    },
  };
  return collect(reader.problems, () => resolved);
}

function mapTexts(
  map: Readonly<Record<string, string>>,
  fillIn: (text: string, key: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, text]) => [key, fillIn(text, key)]));
}

interface Reader {
  readonly problems: Problem[];
  readonly text: (value: string, path: Path) => string;
  readonly writable: (value: string, path: Path) => string;
  /** Every text in a JSON value; a text that is one template keeps the type of what it stands for. */
  readonly json: (value: unknown, path: Path) => unknown;
}

function createReader(scenario: Scenario, scope: Scope): Reader {
  const problems: Problem[] = [];
  const text = (value: string, path: Path): string => {
    if (!hasTemplate(value)) return value;
    const filled = fill(value, { ...scope, source: scope.source.fork(path.join('.')) });
    if (filled.ok) return filled.text;
    problems.push(unknownName(filled.unknown, scenario, { scope, path }));
    return '';
  };
  const json = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string')
      return scope.typed.has(onlyName(value) ?? '') ? JSON.parse(text(value, path)) : text(value, path);
    if (Array.isArray(value)) return value.map((item, index) => json(item, [...path, index]));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, json(item, [...path, key])]));
  };
  return {
    problems,
    text,
    json,
    writable: (value, path) => {
      const character = unwritable(value);
      if (character !== undefined) problems.push(notXml(character, scenario, path));
      return value;
    },
  };
}

/** What is said of a name that nothing answers to. */
export function unknownMessage(name: string): string {
  return `\${${name}} is not known here`;
}

function unknownName(
  name: string,
  scenario: Scenario,
  { scope, path }: { scope: Scope; path: Path },
): Problem {
  const environment = name.startsWith('env.');
  const missingTarget = name === 'target.origin';
  return {
    code: 'unknown-variable',
    at: scenario.place(path),
    message: environment ? `the environment has no ${name.slice(4)}` : unknownMessage(name),
    fix: environment
      ? `Set ${name.slice(4)}, in the environment or in .env.`
      : missingTarget
        ? 'Give a target: --target URL.'
        : `${suggest(name, knownNames(scope))} Variables stand under \`vars:\`, or come from a step before; $\${ is a literal \${.`,
  };
}

function notXml(character: string, scenario: Scenario, path: Path): Problem {
  return {
    code: 'bad-value',
    at: scenario.place(path),
    message: `the value has the character ${character}, which XML cannot carry`,
    fix: 'Take it out. To send broken XML on purpose: `tamper: { body: … }`.',
  };
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
