/** What a user names on the command line of `run` → the scenarios that are meant: folders, files, globs, names. */
import path from 'node:path';
import picomatch from 'picomatch';
import {
  findScenario,
  isFolder,
  listScenarios,
  ROW,
  scenariosIn,
  type Entry,
  type Library,
} from '../../../scenario/library.ts';
import { distinct, fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import type { Scenario } from '../../../scenario/scenario.ts';
import { loadEntry } from '../load.ts';

/** Every scenario that one of the references means, each once, in the order in which they were named. */
export function scenariosFor(references: readonly string[], library: Library): Result<readonly Scenario[]> {
  const { entries, problems: wrong } = references.length > 0 ? entriesOf(references, library) : own(library);
  const problems = [...wrong];
  const scenarios = new Map<string, Scenario>();
  for (const entry of entries) {
    const loaded = loadEntry(entry, library);
    if (loaded.ok) for (const scenario of loaded.value) scenarios.set(scenario.name, scenario);
    else problems.push(...loaded.problems);
  }
  const [first, ...rest] = distinct(problems);
  return first ? fail(first, ...rest) : succeed([...scenarios.values()]);
}

/** Files, and what is wrong with the references that mean none. */
export interface Meant {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

/** The files that the references mean, each once; none is read yet. */
export function entriesOf(references: readonly string[], library: Library): Meant {
  const found = references.map((one) => entriesFor(one, library));
  return {
    entries: unique(found.flatMap((each) => (each.ok ? each.value : []))),
    problems: found.flatMap((each) => (each.ok ? [] : each.problems)),
  };
}

/** Without references, everything that is the user's own. */
function own(library: Library): Meant {
  const entries = listScenarios(library).filter(({ origin }) => origin === 'yours');
  return { entries, problems: entries.length > 0 ? [] : [nothingOwn(library)] };
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
  const found = [ofRows, matched].map((find) => find(glob, all, library)).find(({ length }) => length > 0);
  if (found) return succeed(found);
  const fix =
    'Names are as in `wxnotify list`; files are relative to the working directory. Is the pattern quoted?';
  return fail({ code: 'nothing-selected', message: `no scenario matches ${glob}`, fix });
}

/** `a/*[usual]`: the row of this name, of each of those that have one. Only otherwise brackets are a set of letters. */
function ofRows(reference: string, all: readonly Entry[], library: Library): readonly Entry[] {
  const [, glob, row] = ROW.exec(reference) ?? [];
  if (glob === undefined || row === undefined || !isGlob(glob)) return [];
  return matched(glob, all, library)
    .map((entry) => ({ ...entry, row }))
    .filter((entry) => {
      const loaded = loadEntry(entry, library);
      return loaded.ok || loaded.problems.some(({ code }) => code !== 'unknown-scenario');
    });
}

function matched(glob: string, all: readonly Entry[], library: Library): readonly Entry[] {
  const isMatch = picomatch(glob);
  const byName = all.filter(({ name }) => isMatch(name));
  const { base } = picomatch.scan(glob);
  const isFile = picomatch(path.posix.join(path.resolve(library.cwd), glob));
  const byFile = scenariosIn(base === '' ? '.' : base, library).filter(({ path: file }) => isFile(file));
  return unique([...byName, ...byFile]);
}

function unique(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.map((entry) => [`${entry.path}\0${entry.row ?? ''}`, entry])).values()];
}
