/** `wxnotify new`: answers become a scenario that is known to be valid, and then a file. */
import path from 'node:path';
import { problemLines } from '../../report/problems.ts';
import { readScenarios } from '../../scenario/expand/read-scenarios.ts';
import { foldersOf } from '../../scenario/library.ts';
import { isFile } from '../../scenario/is-file.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import { readSettings } from '../settings/settings.ts';
import { findKind } from '../work/kinds.ts';
import { libraryOf } from '../work/library-of.ts';
import { rehearse } from '../work/rehearse.ts';
import { draftOf, wrongName, type Named, type NewOptions } from './answers.ts';
import { draftText } from './draft.ts';
import { writeScenario, type Written } from './write-scenario.ts';

/** Asks for what the flags leave open, checks, and writes. */
export async function createScenario(cli: Cli, options: NewOptions): Promise<Ending> {
  const settings = readSettings(cli, options);
  if (!settings.ok) return stopped(settings.problems);
  const { root } = settings.value;
  const early = wrongFlags(options);
  if (early.length > 0) return stopped(early);
  const answers = await answersFor(cli, options, root);
  if (!answers) return brokenOff(cli);
  const named = draftOf(answers);
  if (!named.ok) return stopped(named.problems);
  const text = draftText(named.value.draft);
  if (cli.mask(text) !== text) return stopped([secret]);
  const problems = problemsOf(cli, { root, name: named.value.name, text });
  if (problems.length > 0) return stopped(problems);
  const force = await mayOverwrite(cli, options, fileOf(root, named.value.name));
  if (force === undefined) return brokenOff(cli);
  const file = fileOf(root, named.value.name);
  const shown = shownFrom(cli, file);
  const written = writeScenario({ file, shown, text, force, home: cli.home, root });
  if (!written.ok) return stopped(written.problems);
  cli.err(problemLines(settings.value.warnings, 'warning', await colours(cli, 'stderr', options.color)));
  tell(cli, { named: named.value, shown, written: written.value }, options);
  return done;
}

/** What can be said before anything is asked. */
function wrongFlags({ kind, name }: NewOptions): readonly Problem[] {
  const found = kind === undefined ? undefined : findKind(kind);
  const wrong = name === undefined ? undefined : wrongName(name.replace(/\.ya?ml$/i, ''));
  return [...(found?.ok === false ? found.problems : []), ...(wrong ? [wrong] : [])];
}

/** Somebody may be asked. */
function isAsking(cli: Cli, { yes, json }: NewOptions): boolean {
  return cli.interactive && yes !== true && json !== true;
}

async function answersFor(cli: Cli, options: NewOptions, root: string): Promise<NewOptions | undefined> {
  const complete = options.kind !== undefined && options.name !== undefined;
  if (complete || !isAsking(cli, options)) return options;
  const { askForScenario } = await import('./ask.ts');
  return askForScenario(cli, {
    given: options,
    wrong: (answers) => {
      const named = draftOf({ ...answers, name: 'mine' });
      return named.ok
        ? problemsOf(cli, { root, name: 'mine', text: draftText(named.value.draft) })
        : named.problems;
    },
    taken: (name) => isFile(fileOf(root, name)),
  });
}

/** Whether what is there may go; `undefined` when the question was broken off. */
async function mayOverwrite(cli: Cli, options: NewOptions, file: string): Promise<boolean | undefined> {
  if (options.force) return true;
  if (!isFile(file) || !isAsking(cli, options)) return false;
  const { askYesNo } = await import('../prompt.ts');
  return askYesNo(cli, `${shownFrom(cli, file)} is already there. Overwrite it?`);
}

interface Text {
  readonly root: string;
  readonly name: string;
  readonly text: string;
}

/** Everything that `validate --strict` would say; the file is not there yet, so what is wrong in it has no place. */
function problemsOf(cli: Cli, { root, name, text }: Text): readonly Problem[] {
  const file = fileOf(root, name);
  const entry = { name, path: file, file: shownFrom(cli, file), origin: 'yours' as const, reference: name };
  const library = { ...libraryOf(cli, root), own: path.join(root, 'scenarios') };
  const scenarios = readScenarios({ ...entry, text, folders: foldersOf(entry, library), cwd: cli.cwd });
  const problems = scenarios.ok ? scenarios.value.flatMap(rehearsed) : scenarios.problems;
  return problems.map(({ at, ...problem }) => (at && at.file !== entry.file ? { at, ...problem } : problem));
}

function rehearsed(scenario: Scenario): readonly Problem[] {
  const prepared = rehearse(scenario);
  return prepared.ok ? prepared.value.warnings : prepared.problems;
}

const secret: Problem = {
  code: 'bad-value',
  message: 'an API key that is in force would stand in the scenario, and nothing was written',
  fix: 'Refer to it where it is needed: ${env.WXNOTIFY_API_KEY}.',
};

/** The file of a scenario: the one that is there, whatever its ending, or a new one. */
function fileOf(root: string, name: string): string {
  const base = path.join(root, 'scenarios', name);
  return isFile(`${base}.yml`) ? `${base}.yml` : `${base}.yaml`;
}

function shownFrom({ cwd }: Cli, file: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith('..') ? file : relative;
}

function brokenOff(cli: Cli): Ending {
  cli.err('Nothing was written.\n');
  return { as: 'ran', failed: false, undelivered: false, interrupted: true };
}

interface Done {
  readonly named: Named;
  readonly shown: string;
  readonly written: Written;
}

function tell(cli: Cli, { named: { name, draft }, shown, written }: Done, options: NewOptions): void {
  const { names, yaml } = written;
  if (options.json) {
    const facts = { name, kind: draft.kind.id, file: shown, written: names, yaml };
    cli.json({ schema: 'wxnotify/1', command: 'new', ok: true, exit: 0, ...facts });
    return;
  }
  cli.out(`Wrote ${names.join(', ')}.\n`);
  if (options.quiet) return;
  if (isFile(path.join(cli.home, 'scenarios', `${name}.yaml`)))
    cli.err('It hides the built-in scenario of that name.\n');
  cli.out(`Next:\n  wxnotify send ${name}\n  wxnotify run --watch\n`);
}
