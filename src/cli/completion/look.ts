/**
 * What there is to name: scenarios, tags, profiles. Looked at while somebody waits at a key, so scenario files are searched
 * for the lines that say it, and not parsed; a line that is written in another way is a missing description, no error.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isFile } from '../../scenario/is-file.ts';
import { foldersOf, listScenarios } from '../../scenario/library.ts';
import type { Cli } from '../context.ts';
import { findConfig } from '../settings/config-file.ts';
import { DEMO_PROFILE } from '../settings/valued.ts';
import { libraryOf } from '../work/library-of.ts';

interface Named {
  readonly value: string;
  readonly about: string;
}

/** Every scenario and its summary; the built-in ones alone without the words before. */
export function scenarioNames(cli: Cli, before: readonly string[] | undefined): readonly Named[] {
  return readScenarios(cli, before).map(({ name, text }) => ({ value: name, about: summaryIn(text) }));
}

/** Every case of an audit and its summary, and the folders that they stand in. */
export function caseNames(cli: Cli, before: readonly string[]): readonly Named[] {
  const cases = readScenarios(cli, before).filter(({ text }) => /^audit:/m.test(text));
  const folders = new Set(cases.map(({ name }) => name.split('/').slice(0, -1).join('/')));
  return [
    ...cases.map(({ name, text }) => ({ value: name, about: summaryIn(text) })),
    ...[...folders].filter((folder) => folder !== '').map((folder) => ({ value: folder, about: '' })),
  ];
}

/** The last parts that only one of the scenarios has. */
export function lastParts(scenarios: readonly Named[]): readonly Named[] {
  const parts = scenarios.map(({ value, about }) => ({ value: value.split('/').at(-1) ?? value, about }));
  return parts.filter(
    ({ value }, index) =>
      value !== scenarios[index]?.value && parts.filter((other) => other.value === value).length === 1,
  );
}

/** Every tag of a scenario, and how many have it. */
export function scenarioTags(cli: Cli, before: readonly string[]): readonly Named[] {
  const ofFolders = new Map<string, readonly string[]>();
  const tagsOf = (folder: string): readonly string[] => {
    const known = ofFolders.get(folder) ?? tagsIn(textOf(path.join(folder, '_folder.yaml')));
    ofFolders.set(folder, known);
    return known;
  };
  const counts = new Map<string, number>();
  for (const { text, folders } of readScenarios(cli, before)) {
    for (const tag of new Set([...tagsIn(text), ...folders.flatMap(tagsOf)]))
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return Array.from(counts, ([value, count]) => ({
    value,
    about: `${count} scenario${count === 1 ? '' : 's'}`,
  })).sort((a, b) => (a.value < b.value ? -1 : 1));
}

/** The profiles of the configuration in force, and the one that needs none. */
export async function profileNames(cli: Cli, before: readonly string[]): Promise<readonly Named[]> {
  const { readConfig } = await import('../settings/profile.ts');
  const config = readConfig(configNamed(before), cli.cwd);
  const own = config.ok ? Object.keys(config.value?.profiles ?? {}) : [];
  const demo = own.includes(DEMO_PROFILE)
    ? []
    : [{ value: DEMO_PROFILE, about: 'the built-in demo merchant' }];
  return [...own.map((value) => ({ value, about: '' })), ...demo];
}

/** The JSON Schemas that are shipped. */
export function schemaNames({ home }: Cli): readonly Named[] {
  const names = readdirSync(path.join(home, 'scenarios')).flatMap(
    (file) => /^(.+)\.schema\.json$/.exec(file)?.[1] ?? [],
  );
  return names.map((value) => ({ value, about: '' }));
}

interface Read {
  readonly name: string;
  readonly text: string;
  /** The folders that have a say in it. */
  readonly folders: readonly string[];
}

function readScenarios(cli: Cli, before: readonly string[] | undefined): readonly Read[] {
  const library = libraryOf(cli, before ? rootOf(cli, before) : cli.cwd);
  const scenarios = listScenarios(before ? library : { ...library, own: undefined });
  return scenarios.map((entry) => {
    return { name: entry.name, text: textOf(entry.path), folders: foldersOf(entry, library) };
  });
}

function textOf(file: string): string {
  try {
    return isFile(file) ? readFileSync(file, 'utf8') : '';
  } catch {
    return ''; // not ours to read: its name is known all the same
  }
}

/** The folder of the configuration that the words name, or of the nearest one. */
function rootOf({ cwd }: Cli, before: readonly string[]): string {
  const named = configNamed(before);
  const file = named === undefined ? findConfig(cwd) : path.resolve(cwd, named);
  return file === undefined ? cwd : path.dirname(file);
}

function configNamed(before: readonly string[]): string | undefined {
  const joined = before.findLast((word) => word.startsWith('--config='));
  const apart = before.lastIndexOf('--config');
  return joined?.slice('--config='.length) ?? (apart < 0 ? undefined : before[apart + 1]);
}

function summaryIn(text: string): string {
  const written = /^summary:[ \t]+(.+?)[ \t\r]*$/m.exec(text)?.[1] ?? '';
  return unquoted(written);
}

/** `tags: [a, b]`, or one a line. */
function tagsIn(text: string): readonly string[] {
  const [, row, rows = ''] =
    /^[ \t]*tags:[ \t]*(?:\[([^\]]*)\]|((?:#.*)?(?:\r?\n[ \t]*- .*)+))/m.exec(text) ?? [];
  const words = row?.split(',') ?? Array.from(rows.matchAll(/^[ \t]*- (.*)$/gm), ([, word = '']) => word);
  return words.map((word) => unquoted(word.replace(/[ \t]#.*/, '').trim())).filter((word) => word !== '');
}

function unquoted(text: string): string {
  return text.replace(/^(['"])(.*)\1$/, '$2');
}
