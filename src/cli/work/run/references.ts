/** What a user names on the command line of `run` → the scenarios that are meant: folders, files, globs, names. */
import path from 'node:path';
import picomatch from 'picomatch';
import {
  findScenario,
  isFolder,
  listScenarios,
  scenariosIn,
  type Entry,
  type Library,
} from '../../../scenario/library.ts';
import { fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import type { Scenario } from '../../../scenario/scenario.ts';
import { loadEntry } from '../load.ts';

/** Every scenario that one of the references means, each once, in the order in which they were named. */
export function scenariosFor(references: readonly string[], library: Library): Result<readonly Scenario[]> {
  const entries = references.length > 0 ? references.map((one) => entriesFor(one, library)) : [own(library)];
  const problems: Problem[] = entries.flatMap((found) => (found.ok ? [] : found.problems));
  const scenarios = new Map<string, Scenario>();
  for (const entry of unique(entries.flatMap((found) => (found.ok ? found.value : [])))) {
    const loaded = loadEntry(entry, library);
    if (loaded.ok) for (const scenario of loaded.value) scenarios.set(scenario.name, scenario);
    else problems.push(...loaded.problems);
  }
  const [first, ...rest] = distinct(problems);
  return first ? fail(first, ...rest) : succeed([...scenarios.values()]);
}

/** Without references, everything that is the user's own. */
function own(library: Library): Result<readonly Entry[]> {
  const entries = listScenarios(library).filter(({ origin }) => origin === 'yours');
  return entries.length > 0 ? succeed(entries) : fail(nothingOwn(library));
}

function nothingOwn({ cwd }: Library): Problem {
  const fix =
    '`wxnotify new` writes one. A built-in group runs by its name: `wxnotify run payment refund` (`wxnotify list` shows them).';
  return { code: 'nothing-selected', message: `there are no scenarios of yours (scenarios/) in ${cwd}`, fix };
}

function entriesFor(given: string, library: Library): Result<readonly Entry[]> {
  const reference = given.replace(/(\.ya?ml)(:\d+){1,2}$/i, '$1'); // as a report names a place
  if (isFolder(path.resolve(library.cwd, reference))) return inFolder(reference, library);
  const all = listScenarios(library);
  const exact = all.filter(({ name }) => name === reference);
  const group = all.filter(({ name }) => name.startsWith(`${reference.replace(/\/+$/, '')}/`));
  const found = [exact, group].find((entries) => entries.length > 0);
  if (found) return succeed(found);
  const single = findScenario(reference, library);
  if (single.ok) return succeed([single.value]);
  return isGlob(reference) ? matching(reference, all, library) : single;
}

function inFolder(folder: string, library: Library): Result<readonly Entry[]> {
  const entries = scenariosIn(folder, library).filter(({ path: file }) => !isConfig(file));
  if (entries.length > 0) return succeed(entries);
  const fix = 'A scenario is a .yaml file whose name, like its folder’s, does not begin with `_` or `.`.';
  return fail({ code: 'nothing-selected', message: `there are no scenarios in ${folder}`, fix });
}

/** The configuration may lie among them. */
function isConfig(file: string): boolean {
  return path.basename(file) === 'wxnotify.yaml';
}

function isGlob(reference: string): boolean {
  return picomatch.scan(reference).isGlob;
}

/** A glob of names (`flow/*`), or of files (`ci/**` + `/*.yaml`). */
function matching(glob: string, all: readonly Entry[], library: Library): Result<readonly Entry[]> {
  const isMatch = picomatch(glob);
  const byName = all.filter(({ name }) => isMatch(name));
  const { base } = picomatch.scan(glob);
  const isFile = picomatch(path.posix.join(path.resolve(library.cwd), glob));
  const byFile = scenariosIn(base === '' ? '.' : base, library).filter(({ path: file }) => isFile(file));
  const found = unique([...byName, ...byFile]);
  if (found.length > 0) return succeed(found);
  const fix =
    'Names are as in `wxnotify list`; files are relative to the working directory. Is the pattern quoted?';
  return fail({ code: 'nothing-selected', message: `no scenario matches ${glob}`, fix });
}

function unique(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.map((entry) => [`${entry.path}\0${entry.row ?? ''}`, entry])).values()];
}

/** A file that several references mean has its problems once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
