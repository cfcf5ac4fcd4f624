/** A call or a command with its templates filled in. */
import type { Expected } from './pattern.ts';
import { collect, type Result } from '../problem.ts';
import { createReader, type Reader } from './reader.ts';
import type { CallStep, Capture, CommandStep, Payload, Scenario } from '../scenario.ts';
import type { Scope } from './template.ts';
import { headerProblems } from '../check/unsendable.ts';
import type { Path } from '../yaml/yaml.ts';

/** A call with its templates filled in. */
export interface ResolvedCall {
  readonly name: string | undefined;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Payload | undefined;
  readonly captures: readonly Capture[];
  readonly expect: ExpectedAnswer;
}

/** What is expected of the answer to a call. */
export interface ExpectedAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, Expected>>;
  /** By JSONPath; texts in it are {@link Expected}. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly body: Expected | undefined;
}

/** Fills in a call: its URL, its headers, its body, and what is expected of the answer. */
export function resolveCall(step: CallStep, scenario: Scenario, scope: Scope): Result<ResolvedCall> {
  const reader = createReader(scenario, scope);
  const at = (...path: Path): Path => [...step.path, ...path];
  const { status, headers, json, body } = step.expect;
  const jsonAt = at('expect', 'json');
  const resolved: ResolvedCall = {
    name: nameOf(step, reader),
    url: reader.text(step.url, at('call')),
    headers: mapValues(step.headers, (text, key) => reader.text(text, at('headers', key))),
    payload: step.payload && resolvePayload(step.payload, reader, at()),
    captures: resolveCaptures(step, reader),
    expect: {
      status,
      headers: mapValues(headers, (text, key) => reader.expected(text, at('expect', 'headers', key))),
      json: Object.fromEntries(
        Object.entries(json).map(([key, value]) => {
          const here = [...jsonAt, key];
          return [reader.jsonPath(key, here), reader.expectedJson(value, here)];
        }),
      ),
      body: body === undefined ? undefined : reader.expected(body, at('expect', 'body')),
    },
  };
  const unsendable = headerProblems(resolved.headers, (name) => scenario.place(at('headers', name)));
  return collect([...reader.problems, ...unsendable], () => resolved);
}

function resolvePayload(payload: Payload, reader: Reader, path: Path): Payload {
  switch (payload.as) {
    case 'json':
      return { as: 'json', value: reader.json(payload.value, [...path, 'json']) };
    case 'form':
      return {
        as: 'form',
        value: mapValues(payload.value, (text, key) => reader.text(text, [...path, 'form', key])),
      };
    case 'text':
      return { as: 'text', value: reader.text(payload.value, [...path, 'body']) };
  }
}

/** A command with its templates filled in. */
export interface ResolvedCommand extends Pick<CommandStep, 'argv' | 'env' | 'stdin'> {
  readonly name: string | undefined;
  readonly captures: readonly Capture[];
  readonly expect: ExpectedEnd;
}

/** How a command is expected to end. */
export interface ExpectedEnd {
  readonly exit: number;
  readonly stdout: Expected | undefined;
  readonly stderr: Expected | undefined;
}

/** Fills in a command, what it gets, and what is expected of it. */
export function resolveCommand(step: CommandStep, scenario: Scenario, scope: Scope): Result<ResolvedCommand> {
  const reader = createReader(scenario, scope);
  const { argv, env, stdin, expect } = step;
  const at = (...path: Path): Path => [...step.path, ...path];
  const printed = (stream: 'stdout' | 'stderr'): Expected | undefined => {
    const text = expect[stream];
    return text === undefined ? undefined : reader.expected(text, at('expect', stream));
  };
  const resolved: ResolvedCommand = {
    name: nameOf(step, reader),
    argv: argv.map((word) => reader.text(word, at('run'))),
    env: mapValues(env, (text, key) => reader.text(text, at('env', key))),
    stdin: stdin === undefined ? undefined : reader.text(stdin, at('stdin')),
    captures: resolveCaptures(step, reader),
    expect: { exit: expect.exit, stdout: printed('stdout'), stderr: printed('stderr') },
  };
  return collect(reader.problems, () => resolved);
}

function nameOf({ name, path }: CallStep | CommandStep, reader: Reader): string | undefined {
  return name === undefined ? undefined : reader.text(name, [...path, 'name']);
}

function resolveCaptures({ captures, path }: CallStep | CommandStep, reader: Reader): readonly Capture[] {
  return captures.map(({ name, from, what }) => {
    const at = [...path, 'capture', name];
    return { name, from, what: fillers[from](reader, what, at) };
  });
}

type FillIn = (reader: Reader, what: string, path: Path) => string;

const fillers: Readonly<Record<Capture['from'], FillIn>> = {
  json: (reader, what, path) => reader.jsonPath(what, path),
  header: (reader, what, path) => reader.text(what, path),
  xml: (reader, what, path) => reader.text(what, path),
  regex: (reader, what, path) => reader.expected(what, path).toString(),
  stdout: (_, what) => what,
};

function mapValues<T>(
  map: Readonly<Record<string, string>>,
  change: (text: string, key: string) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([key, text]) => [key, change(text, key)]));
}
