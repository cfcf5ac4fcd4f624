/** What is wrong with calls and commands, and no schema can say: keys that exclude each other, and what stands in a text. */
import type { Problem } from '../problem.ts';
import type { CallForm, RunForm, StepForm } from '../schema/schema.ts';
import { isMessage } from '../schema/schema-parts.ts';
import { isReserved } from '../fill/template.ts';
import type { Path, YamlFile } from '../yaml/yaml.ts';

/** A call, a command or a file of steps that stands at the top of a file, where only one notification can stand. */
export function misplacedStep(value: object, yaml: YamlFile): Problem | undefined {
  const key = ['call', 'run', 'use'].find((name) => Object.hasOwn(value, name));
  if (key === undefined) return undefined;
  return {
    code: 'unknown-key',
    at: yaml.place([key], 'key'),
    message: `\`${key}\` is a step, and cannot stand at the top of the file`,
    fix: `Put it under \`steps:\`, with what belongs to it: \`- ${key}: …\`.`,
  };
}

/** Checks one step. */
export function callProblems(form: StepForm, path: Path, yaml: YamlFile): readonly Problem[] {
  if (!('call' in form || 'run' in form)) return [];
  const found = 'call' in form ? callFaults(form) : runFaults(form);
  return [...found, ...reservedNames(form)].map(({ at, key, message, fix }) => {
    return { code: 'bad-value', at: yaml.place([...path, ...at], key), message, fix };
  });
}

interface Fault extends Pick<Problem, 'message' | 'fix'> {
  /** From the step on. */
  readonly at: Path;
  /** The key is wrong, not its value. */
  readonly key?: 'key';
}

function callFaults(form: CallForm): readonly Fault[] {
  const { expect = {} } = form;
  const headers = Object.entries(expect.headers ?? {});
  return [
    ...tunnel(form),
    ...severalBodies(form),
    ...headers.flatMap(([name, text]) => wrongPatterns(text, ['expect', 'headers', name])),
    ...Object.entries(expect.json ?? {}).flatMap(([name, value]) =>
      wrongPatterns(value, ['expect', 'json', name]),
    ),
  ];
}

function tunnel({ call }: CallForm): readonly Fault[] {
  if (!/^CONNECT\s/.test(call)) return [];
  return [{ at: ['call'], message: 'CONNECT opens a tunnel, and is no call', fix: 'Use GET or POST.' }];
}

function severalBodies(form: CallForm): readonly Fault[] {
  const bodies = (['json', 'form', 'body'] as const).filter((key) => form[key] !== undefined);
  const [first, second] = bodies;
  if (first === undefined || second === undefined) return [];
  const message = `a call has one body, and this has ${bodies.map((key) => `\`${key}\``).join(' and ')}`;
  return [{ at: [second], key: 'key', message, fix: 'Keep one of them.' }];
}

/** In every text of a JSON value. */
function wrongPatterns(value: unknown, at: Path): readonly Fault[] {
  if (typeof value === 'string') {
    if (isMessage(value)) return [];
    const message = `${JSON.stringify(value)} is no regular expression that compiles`;
    return [
      { at, message, fix: 'Correct it; the plain text is written with a backslash in front: `\\/a/`.' },
    ];
  }
  if (value === null || typeof value !== 'object') return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, item]) =>
    wrongPatterns(item, [...at, isList ? Number(key) : key]),
  );
}

function runFaults({ run, shell, env = {} }: RunForm): readonly Fault[] {
  const at = ['run'];
  const words = [run].flat().map(String);
  if ((words[0] ?? '').trim() === '')
    return [
      {
        at,
        message: 'there is no command',
        fix: 'Write the command and its arguments: `run: ./check.sh 1`.',
      },
    ];
  if (Array.isArray(run) && shell === true)
    return [
      {
        at,
        message: 'a shell takes one text, and this is a list',
        fix: 'Write the line as the shell shall read it, or leave out `shell`.',
      },
    ];
  const texts = [...words, ...Object.values(env).map(String)];
  if (texts.some((text) => text.includes('\0')))
    return [
      { at, message: 'a command cannot be given a NUL character', fix: 'Take it out; `stdin` can carry it.' },
    ];
  return [];
}

/** They would be captured, and never be seen: templates know something else under these names. */
function reservedNames({ capture = {} }: CallForm | RunForm): readonly Fault[] {
  return Object.keys(capture)
    .filter(isReserved)
    .map((name) => ({
      at: ['capture', name],
      key: 'key',
      message: `\${${name}} is something else, and cannot be captured`,
      fix: 'Choose a name that does not begin with env., random., now. or target.',
    }));
}
