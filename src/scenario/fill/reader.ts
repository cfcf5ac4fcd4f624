/** Fills in the texts of a step, and collects what is wrong with them. */
import { unwritable } from '../../protocol/v2/write-xml.ts';
import { isRecord, readJson } from './json.ts';
import { fillExpected, Pattern, type Expected } from './pattern.ts';
import type { Problem } from '../problem.ts';
import type { Scenario } from '../scenario.ts';
import { suggest } from '../suggest.ts';
import { fill, hasTemplate, knownNames, onlyName, type Filled, type Scope } from './template.ts';
import type { Path } from '../yaml/yaml.ts';

export interface Reader {
  readonly problems: Problem[];
  readonly text: (value: string, path: Path) => string;
  /** The value, which must be one that XML can carry. */
  readonly writable: (value: string, path: Path) => string;
  /** Every text in a JSON value; one that is a single template keeps the type of what it stands for. */
  readonly json: (value: unknown, path: Path) => unknown;
  /** A text, or a `/regular expression/` as it is written. */
  readonly expected: (value: string, path: Path) => Expected;
  /** The same for every text in a JSON value. */
  readonly expectedJson: (value: unknown, path: Path) => unknown;
  /** A JSONPath: a variable, or one in which what is filled in is a part of a text. */
  readonly jsonPath: (value: string, path: Path) => string;
}

/** Reads the texts of one step. */
export function createReader(scenario: Scenario, scope: Scope): Reader {
  const problems: Problem[] = [];
  const filledIn = <T>(path: Path, fallback: T, read: (here: Scope) => Filled<T>): T => {
    const filled = read({ ...scope, source: scope.source.fork(path.join('.')) });
    if (filled.ok) return filled.text;
    problems.push(unknownName(filled.unknown, scenario, { scope, path }));
    return fallback;
  };
  const text: Reader['text'] = (value, path) =>
    hasTemplate(value) ? filledIn(path, '', (here) => fill(value, here)) : value;
  const expected: Reader['expected'] = (value, path) => {
    const filled = filledIn<Expected>(path, '', (here) => fillExpected(value, here));
    if (isUsable(filled)) return filled;
    problems.push(noExpression(filled, scenario, path));
    return '';
  };
  const typed = (value: string, path: Path): unknown => {
    const filled = text(value, path);
    if (!scope.typed.has(onlyName(value) ?? '')) return filled;
    const read = readJson(filled); // `--set`, or a notification, may have made a text of what was a number
    return read.ok ? read.value : filled;
  };
  return {
    problems,
    text,
    expected,
    json: (value, path) => mapJson(value, path, { text: typed, key: text }),
    expectedJson: (value, path) =>
      mapJson(value, path, {
        text: (item, at) => (onlyName(item) === undefined ? expected(item, at) : typed(item, at)),
        key: text,
      }),
    jsonPath: (value, path) => {
      if (onlyName(value) !== undefined) return text(value, path);
      return hasTemplate(value) ? filledIn(path, '', (here) => fill(value, here, inQuotes)) : value;
    },
    writable: (value, path) => {
      const character = unwritable(value);
      if (character !== undefined) problems.push(notXml(character, scenario, path));
      return value;
    },
  };
}

interface JsonTexts {
  readonly text: (value: string, path: Path) => unknown;
  readonly key: (key: string, path: Path) => string;
}

function mapJson(value: unknown, path: Path, texts: JsonTexts): unknown {
  if (typeof value === 'string') return texts.text(value, path);
  if (Array.isArray(value)) return value.map((item, index) => mapJson(item, [...path, index], texts));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const at = [...path, key];
    return [texts.key(key, at), mapJson(item, at, texts)] as const;
  });
  return Object.fromEntries(entries);
}

/** RFC 9535 knows this escape in both kinds of quotes. */
function inQuotes(value: string): string {
  return value.replace(/["'\\\u0000-\u001f]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** What is filled in may make an expression one that is none: `.{2,${count}}`. */
function isUsable(expected: Expected): boolean {
  if (!(expected instanceof Pattern)) return true;
  try {
    return expected.toRegExp() instanceof RegExp;
  } catch {
    return false;
  }
}

function noExpression(pattern: Expected, scenario: Scenario, path: Path): Problem {
  return {
    code: 'bad-value',
    at: scenario.place(path),
    message: `${pattern.toString()} is no regular expression, with what is filled in`,
    fix: 'A value stands for itself in an expression. Take it out, or quote what is around it.',
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
