/** `_folder.yaml`: found, read and checked. */
import path from 'node:path';
import * as v from 'valibot';
import { allRows, rowOf } from '../../protocol/notification.ts';
import { allKinds } from '../../protocol/all-kinds.ts';
import { explainIssues } from '../check/issue.ts';
import { isThere } from '../is-file.ts';
import { fail, succeed, type Problem, type Result } from '../problem.ts';
import { readText, shownPath } from '../read-file.ts';
import { folderSchema } from '../schema/schema-folder.ts';
import { suggest } from '../suggest.ts';
import { parseYaml, type YamlFile } from '../yaml/yaml.ts';
import { below, isMapping } from './compose.ts';

/** What a folder says of its scenarios. */
export interface Folder {
  /** Absolute. */
  readonly path: string;
  /** What stands under `defaults`. */
  readonly defaults: YamlFile;
}

/** The name of such a file. */
const NAMES = ['_folder.yaml', '_folder.yml'];
/** What would be one if it were not misspelt; where case does not matter, the last is one. */
const MISSPELT = ['_folders.yaml', '_folders.yml', '_Folder.yaml', '_Folder.yml'];

/** Reads what these folders say; most say nothing. */
export function readFolders(folders: readonly string[], cwd: string): Result<readonly Folder[]> {
  const read = folders.flatMap((folder) => {
    const files = within(folder, NAMES);
    if (files.length > 0) return files.map((file) => readFolder(file, cwd));
    return within(folder, MISSPELT).map((file) => fail(misspelt(shownPath(file, cwd))));
  });
  const [first, ...rest] = read.flatMap((result) => (result.ok ? [] : result.problems));
  return first ? fail(first, ...rest) : succeed(read.flatMap((result) => (result.ok ? [result.value] : [])));
}

/** Whatever is there under these names: a link that leads nowhere is told, too. */
function within(folder: string, names: readonly string[]): readonly string[] {
  return names.map((name) => path.join(folder, name)).filter((file) => isThere(file));
}

function misspelt(file: string): Problem {
  const fix = `Did you mean \`${NAMES[0] ?? ''}\`? Rename it.`;
  return { code: 'unreadable', message: `${file} has no say: that is not its name`, fix };
}

function readFolder(file: string, cwd: string): Result<Folder> {
  const shown = shownPath(file, cwd);
  const text = readText({ path: file, file: shown });
  if (!text.ok) return text;
  const yaml = parseYaml(text.value, shown);
  if (!yaml.ok) return yaml;
  if (!isMapping(yaml.value.value)) return fail(noMapping(yaml.value));
  const parsed = v.safeParse(folderSchema, yaml.value.value);
  if (!parsed.success) return fail(...explainIssues(parsed.issues, folderSchema, yaml.value));
  const unknown = Object.keys(parsed.output.defaults.fields ?? {}).filter((name) => !isField(name));
  const [first, ...rest] = unknown.map((name) => unknownField(name, yaml.value));
  return first ? fail(first, ...rest) : succeed({ path: file, defaults: below(yaml.value, ['defaults']) });
}

function noMapping(yaml: YamlFile): Problem {
  return {
    code: 'bad-value',
    at: yaml.place([]),
    message: yaml.value === null ? 'the file is empty' : 'what a folder says is a mapping of keys to values',
    fix: 'Begin with `defaults:`, and below it `tags: [shop]` or `timeout: 3s`. Or remove the file.',
  };
}

/** Whether any kind has such a field: a default that none has would go nowhere, and nobody would be told. */
export function isField(name: string): boolean {
  return Object.values(allKinds).some((kind) => rowOf(kind, name));
}

function unknownField(name: string, yaml: YamlFile): Problem {
  const known = Object.values(allKinds).flatMap((kind) => allRows(kind).map((row) => row.name));
  return {
    code: 'unknown-field',
    at: yaml.place(['defaults', 'fields', name], 'key'),
    message: `no kind of notification has the field ${name}`,
    fix: suggest(name, [...new Set(known)]),
  };
}
