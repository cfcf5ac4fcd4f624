/** YAML text → plain values, keeping the place of each. Never throws on what a user wrote. */
import { isAlias, isMap, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { collect, fail, type Place, type Problem, type Result } from '../problem.ts';
import { keyOf, startOf, toExact, toValue } from './yaml-value.ts';

export type Path = readonly (string | number)[];

/** A parsed file: its value, and where each part of it stands. */
export interface YamlFile {
  /** Values may be secrets: messages do not quote them. */
  readonly hidden?: boolean;
  readonly file: string;
  readonly value: unknown;
  /** The place of a value; of its key when `key` is set and there is one. */
  readonly place: (path: Path, key?: 'key') => Place;
  /** The value at a path as JSON has it: numbers as they are written. */
  readonly exact: (path: Path) => unknown;
}

/** Parses a JSON document, which is YAML as well; what is wrong is told in the words of JSON. */
export function parseJson(text: string, file: string): Result<YamlFile> {
  const read = parseYaml(text, file);
  if (read.ok) return read;
  const fix = 'Check commas, brackets and braces, and that names and texts are in double quotes.';
  const inJson = (problem: Problem): Problem =>
    problem.fix === SYNTAX
      ? { ...problem, message: problem.message.replace(/^not valid YAML/, 'not valid JSON'), fix }
      : problem;
  const [first, ...rest] = read.problems;
  return fail(inJson(first), ...rest.map(inJson));
}

/** Parses one YAML document. */
export function parseYaml(text: string, file: string): Result<YamlFile> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, col };
  };
  const syntax = document.errors.map((error): Problem => {
    const { message, fix } = syntaxWords(error);
    return { code: 'yaml', at: place(error.pos[0]), message, fix };
  });
  const [first, ...rest] = syntax.filter(isFirstAtItsPlace);
  if (first) return fail(first, ...rest);
  const { value, faults } = toValue(document);
  const problems = faults.map(({ offset, ...words }): Problem => ({
    code: 'yaml',
    at: place(offset),
    ...words,
  }));
  return collect(problems, () => ({
    file,
    value,
    place: (path, key) => place(offsetOf(document, path, key)),
    exact: (path) => toExact(document, nodeAt(document, path)),
  }));
}

/** The parser may stumble over one thing twice. */
function isFirstAtItsPlace({ at }: Problem, index: number, all: readonly Problem[]): boolean {
  return all.findIndex((other) => other.at?.line === at?.line && other.at?.col === at?.col) === index;
}

function syntaxWords({ code, message }: { code: string; message: string }): Pick<Problem, 'message' | 'fix'> {
  if (message.includes('call stack'))
    return {
      message: 'it is nested too deeply to be read',
      fix: 'A bracket or a brace may not be closed here.',
    };
  switch (code) {
    case 'MULTIPLE_DOCS':
      return {
        message: 'there is a second document after `---`',
        fix: 'One scenario a file: split it there.',
      };
    case 'TAB_AS_INDENT':
      return { message: `not valid YAML: ${message}`, fix: 'Indent with spaces.' };
    case 'DUPLICATE_KEY':
      return { message: `not valid YAML: ${message}`, fix: 'Keep one of the two.' };
    default:
      return { message: `not valid YAML: ${message}`, fix: SYNTAX };
  }
}

const SYNTAX =
  'Check indentation and quotes; a value with `: `, `#` or a leading `*`, `&`, `!`, `%`, `@` needs quotes.';

function offsetOf(document: Document.Parsed, path: Path, key: 'key' | undefined): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => keyOf(item.key) === String(step));
      if (!pair) return offset;
      const last = index === path.length - 1;
      node = last && key ? pair.key : (pair.value ?? pair.key);
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
    }
    offset = startOf(node) || offset;
  }
  return offset;
}

function nodeAt(document: Document.Parsed, path: Path): unknown {
  return path.reduce<unknown>((parent, step) => {
    const node = isAlias(parent) ? parent.resolve(document) : parent;
    if (isSeq(node)) return node.items[Number(step)];
    return isMap(node) ? node.items.find(({ key }) => keyOf(key) === String(step))?.value : undefined;
  }, document.contents);
}
