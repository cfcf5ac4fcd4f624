/** Scenario files in a folder of their own, read as the commands read them. */
import path from 'node:path';
import { loadScenarios } from '../../src/cli/work/load.ts';
import type { Result } from '../../src/scenario/problem.ts';
import type { NotifyStep, Scenario } from '../../src/scenario/scenario.ts';
import { temporaryFolder } from './cli.ts';

/** Reads `a` out of files below `scenarios/`, or what else is asked for. */
export function readFiles(
  files: Readonly<Record<string, string>>,
  reference = 'a',
): Result<readonly Scenario[]> {
  const cwd = temporaryFolder(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`scenarios/${name}`, text])),
  );
  return loadScenarios(reference, {
    own: path.join(cwd, 'scenarios'),
    builtin: path.join(cwd, 'none'),
    root: cwd,
    cwd,
  });
}

/** The same, when nothing is wrong. */
export function scenariosOf(
  files: Readonly<Record<string, string>>,
  reference?: string,
): readonly Scenario[] {
  const read = readFiles(files, reference);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

/** What is wrong: `file:line:col message`. */
export function problemsOf(files: Readonly<Record<string, string>>, reference?: string): readonly string[] {
  const read = readFiles(files, reference);
  return (read.ok ? [] : read.problems).map(
    ({ at, message }) => `${at ? `${at.file}:${at.line}:${at.col} ` : ''}${message}`,
  );
}

/** The notifications of a scenario. */
export function notifications({ steps }: Scenario): readonly NotifyStep[] {
  return steps.filter((step) => step.does === 'notify');
}

/** The only notification of a scenario. */
export function notification(scenario: Scenario | undefined): NotifyStep {
  const [only] = scenario ? notifications(scenario) : [];
  if (!only) throw new Error('there is no notification');
  return only;
}
