/** Where scenarios are found: by path, by full name, or by a unique last part. */
import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { isFile } from './is-file.ts';
import { fail, succeed, type Problem, type Result } from './problem.ts';
import { readText, shownPath } from './read-file.ts';
import { suggest } from './suggest.ts';

/** The folders that hold scenarios; the user's come first. */
export interface Library {
  readonly builtin: string;
  readonly own: string | undefined;
  /** The project’s folder: what files outside of those folders are called by, wherever somebody stands. */
  readonly root: string;
  /** What relative paths are relative to. */
  readonly cwd: string;
}

export interface Entry {
  readonly name: string;
  readonly path: string;
  /** The file as messages name it: relative where that is shorter. */
  readonly file: string;
  readonly origin: 'yours' | 'built-in';
  /** What finds it from the working directory: its name, or the file when no list has it. */
  readonly reference: string;
  /** The row that was asked for: `zero` of `payment/paid[zero]`. */
  readonly row?: string;
}

/** Every scenario there is, the user's first, each group by name. A user's hides a built-in of the same name. */
export function listScenarios(library: Library): readonly Entry[] {
  return findFiles(library).map((found) => toEntry(found, library.cwd));
}

/** Every scenario below a folder, by name. Outside the library a name is the path from the project’s folder, so that no two are alike. */
export function scenariosIn(folder: string, library: Library): readonly Entry[] {
  return yamlFiles(path.resolve(library.cwd, folder))
    .map((file) => entryOf(file, library))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The folders that have a say in a scenario, from the outermost to its own: those of the library, or of the project. */
export function foldersOf({ path: file }: Entry, library: Library): readonly string[] {
  const root = rootOf(file, library) ?? library.root;
  const own = path.dirname(file);
  if (!isIn(root, file)) return [own];
  const parts = path.relative(root, own).split(path.sep);
  const folders = parts.map((_, index) => path.join(root, ...parts.slice(0, index + 1)));
  return [...new Set([root, ...folders])];
}

/** Finds the scenario that a user named; one of its rows, when they named that too. */
export function findScenario(reference: string, library: Library): Result<Entry> {
  const whole = findFile(reference, library);
  const [, file, row] = ROW.exec(reference) ?? [];
  if (whole.ok || file === undefined || row === undefined) return whole;
  const found = findFile(file, library);
  return found.ok ? succeed({ ...found.value, row }) : found;
}

/** `payment/paid[zero]`: a row's name has no brackets. */
export const ROW = /^(.+)\[([^[\]]*)\]$/s;

function findFile(reference: string, library: Library): Result<Entry> {
  if (/\.ya?ml$/i.test(reference)) return fileEntry(reference, library);
  const exact = exactFile(reference, library);
  if (exact) return succeed(toEntry(exact, library.cwd));
  const all = findFiles(library);
  const ends = all.filter(({ name }) => name.endsWith(`/${reference}`));
  const own = ends.filter(({ origin }) => origin === 'yours');
  const matches = own.length > 0 ? own : ends;
  const [only, second] = matches;
  if (only && !second) return succeed(toEntry(only, library.cwd));
  const names = (only ? matches : all).map(({ name }) => name);
  return fail(only ? ambiguous(reference, names) : unknown(reference, names));
}

/** The text of a scenario file. */
export function readEntry(entry: Entry): Result<string> {
  return readText(entry);
}

/** The folder of built-in scenarios as the built program finds it. */
export function isFolder(folder: string): boolean {
  return existsSync(folder) && statSync(folder).isDirectory();
}

/** A scenario's file, before anything is known of it but its name. */
interface Found {
  readonly name: string;
  readonly path: string;
  readonly origin: Entry['origin'];
}

function findFiles(library: Library): readonly Found[] {
  const own = library.own === undefined ? [] : scan(library.own, 'yours');
  const taken = new Set(own.map(({ name }) => name));
  return [...own, ...scan(library.builtin, 'built-in').filter(({ name }) => !taken.has(name))];
}

function scan(folder: string, origin: Entry['origin']): readonly Found[] {
  return yamlFiles(folder)
    .map((file) => ({ name: nameIn(folder, file), path: file, origin }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function nameIn(folder: string, file: string): string {
  return path.relative(folder, file).replace(YAML_FILE, '').replaceAll('\\', '/');
}

function entryOf(file: string, library: Library): Entry {
  const root = rootOf(file, library);
  const origin = root === library.builtin ? 'built-in' : 'yours';
  const name = nameIn(root ?? library.root, file);
  const entry = toEntry({ name, path: file, origin }, library.cwd);
  const isNamed = root !== undefined && exactFile(name, library)?.path === file;
  return isNamed ? entry : { ...entry, reference: entry.file };
}

/** The folder of scenarios that a file is in. */
function rootOf(file: string, { own, builtin }: Library): string | undefined {
  return [own, builtin].find((folder) => folder !== undefined && isIn(folder, file));
}

function isIn(folder: string, file: string): boolean {
  return file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

/** What is no scenario, and holds none. */
const NOT_OURS = /^(?:[._]|node_modules$)/;

/** Regular files only, and no folders behind links, which may lead in circles. */
function yamlFiles(folder: string): readonly string[] {
  return entriesOf(folder).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (NOT_OURS.test(entry.name)) return [];
    if (entry.isDirectory()) return yamlFiles(full);
    return YAML_FILE.test(entry.name) && isFile(full) ? [full] : [];
  });
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // not there, or not ours to read
  }
}

const YAML_FILE = /\.ya?ml$/i;

function toEntry(found: Found, cwd: string): Entry {
  return { ...found, file: shownPath(found.path, cwd), reference: found.name };
}

/** A name as `list` shows it: no part is empty, or begins with a dot or an underscore. */
const NAMES = /^(?![._])[^/\\]+(\/(?![._])[^/\\]+)*$/;

/** The scenario of exactly this name, without looking at all the others. */
function exactFile(name: string, { own, builtin }: Library): Found | undefined {
  if (!NAMES.test(name)) return undefined;
  const folders = [...(own === undefined ? [] : [[own, 'yours'] as const]), [builtin, 'built-in'] as const];
  for (const [folder, origin] of folders) {
    const file = ['.yaml', '.yml'].map((ending) => path.join(folder, name + ending)).find(isFile);
    if (file !== undefined) return { name, path: file, origin };
  }
  return undefined;
}

function fileEntry(reference: string, library: Library): Result<Entry> {
  const full = path.resolve(library.cwd, reference);
  const known = listScenarios(library).find((entry) => entry.path === full);
  if (known) return succeed(known);
  if (existsSync(full)) return succeed(entryOf(full, library)); // the same from every folder, as the seed needs it
  return fail({
    code: 'unknown-scenario',
    message: `there is no file ${reference}`,
    fix: `Paths are relative to ${library.cwd}. \`wxnotify list\` shows what there is.`,
  });
}

function ambiguous(reference: string, names: readonly string[]): Problem {
  return {
    code: 'ambiguous',
    message: `\`${reference}\` is the last part of ${names.length} scenarios`,
    fix: `Name one in full: ${names.join(', ')}.`,
  };
}

function unknown(reference: string, names: readonly string[]): Problem {
  const lastParts = names.map((name) => name.split('/').at(-1) ?? name);
  const known = reference.includes('/') ? names : [...new Set([...lastParts, ...names])];
  const hint = suggest(reference, known);
  return {
    code: 'unknown-scenario',
    message: `there is no scenario \`${reference}\``,
    fix: `${hint.startsWith('Did') ? hint : suggest(reference, names)} \`wxnotify list\` shows them all.`,
  };
}
