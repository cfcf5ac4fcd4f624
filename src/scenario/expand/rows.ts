/** `matrix` and `cases` → the rows that each make a scenario. */
import * as v from 'valibot';
import { explainIssues } from '../check/issue.ts';
import { fail, succeed, type Problem, type Result } from '../problem.ts';
import { checkedRowKeys } from '../schema/schema-rows.ts';
import type { Path, YamlFile } from '../yaml/yaml.ts';
import { readCases, type CasesFile } from './cases.ts';

/** Where a value of a row stands. */
export interface Cell {
  readonly yaml: YamlFile;
  readonly from: Path;
}

/** What makes one scenario. */
export interface Row {
  /** The name that it has in the file. */
  readonly name: string | undefined;
  readonly cells: ReadonlyMap<string, Cell>;
  /** Those of them that are the matrix’s. */
  readonly combined: ReadonlySet<string>;
}

/** The rows of a file; none when it says nothing of rows. */
export interface Rows {
  readonly rows: readonly Row[] | undefined;
  /** Files that were read for them. */
  readonly sources: readonly string[];
}

/** More would be a mistake. */
const MOST = 10_000;

const form = v.object(checkedRowKeys);

/** Reads the rows of a scenario file: each of the cases with each combination of the matrix. */
export function readRows(yaml: YamlFile, file: CasesFile): Result<Rows> {
  const parsed = v.safeParse(form, yaml.value);
  if (!parsed.success) return fail(...explainIssues(parsed.issues, form, yaml));
  const { matrix, cases } = parsed.output;
  if (!matrix && cases === undefined) return succeed({ rows: undefined, sources: [] });
  const read = cases === undefined ? succeed(NO_CASES) : readCases(cases, yaml, file);
  if (!read.ok) return read;
  const { rows, source } = read.value;
  const lists = Object.entries(matrix ?? {});
  const wrong = wrongProduct(rows, lists, yaml);
  if (wrong) return fail(wrong);
  return succeed({
    rows: lists.reduce((all, [name, values]) => multiplied(all, name, cellsOf(yaml, name, values)), rows),
    sources: source === undefined ? [] : [source],
  });
}

type Lists = readonly (readonly [string, readonly unknown[]])[];

function wrongProduct(rows: readonly Row[], lists: Lists, yaml: YamlFile): Problem | undefined {
  const twice = lists.find(([name]) => rows[0]?.cells.has(name));
  if (twice) return inBoth(twice[0], yaml);
  const count = lists.reduce((product, [, values]) => product * values.length, rows.length);
  return count > MOST
    ? tooMany(count, yaml.place([lists.length > 0 ? 'matrix' : 'cases'], 'key'))
    : undefined;
}

const NO_CASES = {
  rows: [{ name: undefined, cells: new Map<string, Cell>(), combined: new Set<string>() }],
  source: undefined,
};

function cellsOf(yaml: YamlFile, name: string, values: readonly unknown[]): readonly Cell[] {
  return values.map((_, index) => ({ yaml, from: ['matrix', name, index] }));
}

/** The rows vary slowest. */
function multiplied(rows: readonly Row[], name: string, cells: readonly Cell[]): readonly Row[] {
  return rows.flatMap((row) =>
    cells.map((cell) => ({
      ...row,
      cells: new Map([...row.cells, [name, cell]]),
      combined: new Set([...row.combined, name]),
    })),
  );
}

function inBoth(name: string, yaml: YamlFile): Problem {
  return {
    code: 'bad-value',
    at: yaml.place(['matrix', name], 'key'),
    message: `\`${name}\` is in \`matrix\` and in \`cases\``,
    fix: 'Take it out of one of them.',
  };
}

function tooMany(count: number, at: Problem['at']): Problem {
  return {
    code: 'bad-value',
    ...(at && { at }),
    message: `these are ${count} scenarios, and a file makes ${MOST} at most`,
    fix: 'Leave values out, or split the file.',
  };
}
