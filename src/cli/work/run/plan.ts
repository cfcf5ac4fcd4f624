/** From what was typed to the scenarios that are meant, before anything of them is built. */
import path from 'node:path';
import { freshSeed } from '../../../run/source.ts';
import { isFolder } from '../../../scenario/library.ts';
import { succeed, type Result } from '../../../scenario/problem.ts';
import type { Scenario } from '../../../scenario/scenario.ts';
import type { Cli } from '../../context.ts';
import { readSettings, type Settings } from '../../settings/settings.ts';
import { stateFolder } from '../../settings/state.ts';
import { libraryOf } from '../load.ts';
import { createLastRun, type LastRun } from './last-run.ts';
import type { RunOptions } from './options.ts';
import { selectScenarios } from './select.ts';

/** What will be run. */
export interface Plan {
  readonly scenarios: readonly Scenario[];
  readonly settings: Settings;
  readonly seed: string;
  /** Where the journal is. */
  readonly state: string;
  readonly lastRun: LastRun;
  /** Where scenarios of the user are, or may come. */
  readonly folders: readonly string[];
  /** What has a say in all of them: the configuration and `.env`. */
  readonly settingsFiles: readonly string[];
}

/** Reads the settings, and selects. */
export async function planSuite(
  cli: Cli,
  references: readonly string[],
  options: RunOptions,
): Promise<Result<Plan>> {
  const read = readSettings(cli, options);
  if (!read.ok) return read;
  const settings = read.value;
  const state = await stateFolder(cli, settings);
  const lastRun = createLastRun(state, settings.root);
  const seed = options.seed ?? freshSeed(new Date());
  const library = libraryOf(cli, settings.root);
  const { failed: failedBefore } = lastRun;
  const scenarios = selectScenarios(references, { library, options, seed, failedBefore });
  if (!scenarios.ok) return scenarios;
  const named = references.map((one) => path.resolve(cli.cwd, one)).filter(isFolder);
  const folders = [...(library.own === undefined ? [] : [library.own]), ...named];
  const settingsFiles = [
    ...(settings.config === undefined ? [] : [path.resolve(cli.cwd, settings.config)]),
    path.join(settings.root, '.env'),
  ];
  return succeed({ scenarios: scenarios.value, settings, seed, state, lastRun, folders, settingsFiles });
}
