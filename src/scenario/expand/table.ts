/** A file of rows: CSV, or a list of objects in JSON. */
import path from 'node:path';
import { parseCsv } from './csv.ts';
import { readText, shownPath } from '../read-file.ts';
import { fail, type Place, type Result } from '../problem.ts';
import { parseJson, type YamlFile } from '../yaml/yaml.ts';

/** A file that another one names. */
export interface Reference {
  /** As it is written. */
  readonly name: string;
  readonly at: Place;
  /** Absolute. */
  readonly path: string;
  readonly cwd: string;
}

/** Reads the rows. JSON is YAML as well, and that reader knows places. */
export function readTable({ name, at, path: full, cwd }: Reference): Result<YamlFile> {
  const parse = parsers[path.extname(name).toLowerCase()];
  if (!parse) {
    const message = `\`cases\` names ${name}, which is neither CSV nor JSON`;
    return fail({ code: 'bad-value', at, message, fix: 'Name a file that ends in .csv or .json.' });
  }
  const file = shownPath(full, cwd);
  const text = readText({ path: full, file, at });
  return text.ok ? parse(text.value, file) : text;
}

const parsers: Readonly<Record<string, (text: string, file: string) => Result<YamlFile>>> = {
  '.csv': parseCsv,
  '.json': parseJson,
};
