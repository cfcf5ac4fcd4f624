/** `cases` → rows: all of them have the same columns. */
import path from 'node:path';
import * as v from 'valibot';
import { explainIssues } from '../check/issue.ts';
import { collect, fail, succeed, type Problem, type Result } from '../problem.ts';
import { table } from '../schema/schema-rows.ts';
import { nearest, suggest } from '../suggest.ts';
import type { Path, YamlFile } from '../yaml/yaml.ts';
import { isMapping, valueAt } from './compose.ts';
import type { Row } from './rows.ts';
import { readTable } from './table.ts';

/** The file that has `cases`. */
export interface CasesFile {
  /** Absolute. */
  readonly path: string;
  readonly cwd: string;
}

/** The rows, and the file that they were read from. */
export interface Cases {
  readonly rows: readonly Row[];
  readonly source: string | undefined;
}

/** Reads the rows that stand in the file, or in the table that it names. */
export function readCases(cases: unknown, yaml: YamlFile, { path: file, cwd }: CasesFile): Result<Cases> {
  if (typeof cases !== 'string') {
    const rows = rowsIn(yaml, ['cases']);
    return rows.ok ? succeed({ rows: rows.value, source: undefined }) : rows;
  }
  const source = path.resolve(path.dirname(file), cases);
  const listed = readTable({ name: cases, at: yaml.place(['cases']), path: source, cwd });
  if (!listed.ok) return listed;
  const parsed = v.safeParse(table, listed.value.value);
  if (!parsed.success) return fail(...explainIssues(parsed.issues, table, listed.value));
  const rows = rowsIn(listed.value, []);
  return rows.ok ? succeed({ rows: rows.value, source }) : rows;
}

function rowsIn(yaml: YamlFile, base: Path): Result<readonly Row[]> {
  const items = (valueAt(yaml, base) as readonly unknown[]).filter(isMapping);
  const columns = Object.keys(items[0] ?? {}).filter((name) => name !== 'name');
  const problems = [
    ...(columns.length === 0 ? [noColumns(yaml, [...base, 0])] : []),
    ...items.flatMap((item, index) => uneven(item, columns, { yaml, at: [...base, index] })),
  ];
  return collect(problems, () =>
    items.map((item, index) => ({
      name: nameOf(item),
      cells: new Map(columns.map((name) => [name, { yaml, from: [...base, index, name] }])),
      combined: new Set<string>(),
    })),
  );
}

function nameOf({ name }: Readonly<Record<string, unknown>>): string | undefined {
  if (name === undefined || name === '') return undefined;
  return typeof name === 'string' ? name : JSON.stringify(name);
}

function noColumns(yaml: YamlFile, at: Path): Problem {
  const message = 'the first row gives no variable a value';
  return { code: 'missing', at: yaml.place(at), message, fix: 'Add one: `{ amount: 100 }`.' };
}

/** What a row has too much, and too little; a misspelt column is told once. */
function uneven(
  item: Readonly<Record<string, unknown>>,
  columns: readonly string[],
  { yaml, at }: { yaml: YamlFile; at: Path },
): readonly Problem[] {
  const number = Number(at.at(-1)) + 1;
  const unknown = Object.keys(item).filter((name) => name !== 'name' && !columns.includes(name));
  const meant = unknown.map((name) => nearest(name, columns));
  return [
    ...unknown.map((name): Problem => ({
      code: 'unknown-key',
      at: yaml.place([...at, name], 'key'),
      message: `row ${number} has \`${name}\`, and the first row has not`,
      fix: suggest(name, columns),
    })),
    ...columns
      .filter((name) => !Object.hasOwn(item, name) && !meant.includes(name))
      .map((name): Problem => ({
        code: 'missing',
        at: yaml.place(at),
        message: `row ${number} has no \`${name}\`, and the first row has`,
        fix: 'Every row has the same columns.',
      })),
  ];
}
