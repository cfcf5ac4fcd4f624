/** CSV (RFC 4180) → rows, like a list of mappings in YAML. An unquoted number, `true` or `false` is one; what is quoted is text. */
import { CsvError, parse } from 'csv-parse/sync';
import { toJsonNumber } from '../fill/json.ts';
import { collect, fail, type Place, type Problem, type Result } from '../problem.ts';
import { NAME } from '../schema/schema-parts.ts';
import type { YamlFile } from '../yaml/yaml.ts';

interface Cell {
  readonly text: string;
  readonly quoted: boolean;
  readonly line: number;
}

/** Reads a table whose first line has the names of the columns. */
export function parseCsv(text: string, file: string): Result<YamlFile> {
  const read = readCells(text, file);
  if (!read.ok) return read;
  const [head = [], ...records] = read.value;
  if (records.length === 0) return fail(noRows(head.length, file));
  const names = head.map((cell) => cell.text);
  const problems = [...wrongNames(head, file), ...records.flatMap((record) => uneven(record, head, file))];
  const placeOf = (row: number, column: number): Place => {
    const record = records[row] ?? head;
    return { file, line: (record[column] ?? record[0])?.line ?? 1, col: 1 };
  };
  const value = records.map((record) =>
    Object.fromEntries(record.map((cell, index) => [names[index] ?? '', valueOf(cell)] as const)),
  );
  return collect(problems, () => ({
    file,
    value,
    place: ([row, name]) => placeOf(Number(row ?? -1), names.indexOf(String(name))),
    exact: ([row, name]): unknown => {
      const cell = records[Number(row)]?.[names.indexOf(String(name))];
      return cell && exactOf(cell);
    },
  }));
}

function readCells(text: string, file: string): Result<readonly (readonly Cell[])[]> {
  try {
    const records: unknown = parse(text, {
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      cast: (value, { quoting, lines }) => ({ text: value, quoted: quoting, line: lines }),
    });
    return collect([], () => records as Cell[][]);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    const message = `not valid CSV: ${error.message}`;
    const fix = 'A value with a comma, a quote or a line break is put in quotes; a quote in it is doubled.';
    return fail({ code: 'bad-value', at: { file, line, col: 1 }, message, fix });
  }
}

function noRows(columns: number, file: string): Problem {
  return {
    code: 'bad-value',
    at: { file, line: 1, col: 1 },
    message: columns === 0 ? 'the table is empty' : 'the table has a line of names, and no rows',
    fix: 'The first line names the columns; each line after it is a row.',
  };
}

function wrongNames(head: readonly Cell[], file: string): readonly Problem[] {
  return head.flatMap(({ text, line }, index): readonly Problem[] => {
    const at = { file, line, col: 1 };
    const twice = head.findIndex((other) => other.text === text) < index;
    if (twice) {
      const message = `two columns are called \`${text}\``;
      return [{ code: 'bad-value', at, message, fix: 'Rename one of them.' }];
    }
    if (NAME.test(text)) return [];
    const message = `\`${text}\` cannot be the name of a column`;
    const fix = fixOfName(text, head.length);
    return [{ code: 'bad-value', at, message, fix }];
  });
}

/** Spreadsheets of some languages write semicolons. */
function fixOfName(text: string, columns: number): string {
  const other = columns === 1 ? /[;\t]/.exec(text)?.[0] : undefined;
  if (other !== undefined)
    return `The table has ${other === ';' ? 'semicolons' : 'tabs'} between its values: save it with commas.`;
  return 'The first line names the columns, with commas between them, in letters, digits and `_`.';
}

function uneven(record: readonly Cell[], head: readonly Cell[], file: string): readonly Problem[] {
  if (record.length === head.length) return [];
  return [
    {
      code: 'bad-value',
      at: { file, line: record[0]?.line ?? 1, col: 1 },
      message: `the row has ${record.length} values, and the table ${head.length} columns`,
      fix: 'Give each column a value, which may be empty; a value with a comma in it is put in quotes.',
    },
  ];
}

/** As YAML reads it: a number that would not come out as it was written stays text. */
function valueOf({ text, quoted }: Cell): string | number | boolean {
  if (quoted) return text;
  if (text === 'true' || text === 'false') return text === 'true';
  return toJsonNumber(text) !== undefined && String(Number(text)) === text ? Number(text) : text;
}

function exactOf(cell: Cell): unknown {
  const value = valueOf(cell);
  return cell.quoted || typeof value === 'boolean' ? value : (toJsonNumber(cell.text) ?? value);
}
