/** YAML text → plain values, keeping the place of each. Never throws on what a user wrote. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type ParsedNode,
  type Scalar,
} from 'yaml';
import { collect, type Place, type Problem, type Result } from './problem.ts';

export type Path = readonly (string | number)[];

/** A parsed file: its value, and where each part of it stands. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** The place of a value; of its key when `key` is set and there is one. */
  readonly place: (path: Path, key?: 'key') => Place;
}

/** Parses one YAML document. */
export function parseYaml(text: string, file: string): Result<YamlFile> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, col };
  };
  const problems = document.errors.map((error): Problem => ({
    code: 'yaml',
    at: place(error.pos[0]),
    message: `not valid YAML: ${error.message}`,
    fix: fixFor(error.code),
  }));
  problems.push(...aliasBomb(document, place));
  return collect(problems.filter(isFirstAtItsPlace), () => ({
    file,
    value: valueOf(document.contents, document),
    place: (path, key) => place(offsetOf(document, path, key)),
  }));
}

/** The parser may stumble over one thing twice. */
function isFirstAtItsPlace({ at }: Problem, index: number, all: readonly Problem[]): boolean {
  return all.findIndex((other) => other.at?.line === at?.line && other.at?.col === at?.col) === index;
}

/** Aliases multiply: a scenario has no need of many. */
function aliasBomb(document: Document.Parsed, place: (offset: number) => Place): readonly Problem[] {
  try {
    document.toJS({ maxAliasCount: 100 });
    return [];
  } catch {
    const fix = 'Write the values out; at most 100 aliases are followed.';
    return [{ code: 'yaml', at: place(0), message: 'too many YAML aliases', fix }];
  }
}

function fixFor(code: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'Indent with spaces.';
    case 'DUPLICATE_KEY':
      return 'Keep one of the two.';
    case 'MULTIPLE_DOCS':
      return 'One scenario a file: split it at `---`.';
    default:
      return 'Check indentation and quotes; a value with `: `, `#` or a leading `*`, `&`, `!`, `%`, `@` needs quotes.';
  }
}

function valueOf(node: ParsedNode | null, document: Document.Parsed): unknown {
  if (node === null) return null;
  if (isAlias(node)) return valueOf((node.resolve(document) ?? null) as ParsedNode | null, document);
  if (isSeq(node)) return node.items.map((item) => valueOf(item, document));
  if (isMap(node))
    return Object.fromEntries(node.items.map((pair) => [keyOf(pair.key), valueOf(pair.value, document)]));
  return isScalar(node) ? scalarOf(node) : undefined;
}

/** A number that would not come out as it was written (`0012`, 28 digits, `1e3`) stays text. */
function scalarOf(node: Scalar): unknown {
  if (typeof node.value === 'bigint') return node.source ?? node.value.toString();
  if (typeof node.value !== 'number') return node.value;
  return node.source === undefined || String(node.value) === node.source ? node.value : node.source;
}

function keyOf(key: unknown): string {
  if (isScalar(key)) return String(key.source ?? key.value);
  return String(key);
}

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

function startOf(node: unknown): number {
  const range = (node as { range?: readonly [number, number, number] | null } | null | undefined)?.range;
  return range?.[0] ?? 0;
}
