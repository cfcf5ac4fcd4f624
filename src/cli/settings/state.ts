/** Where the journal is kept: --state, WXNOTIFY_STATE, or the platform's place for such things. */
import path from 'node:path';
import envPaths from 'env-paths';
export { readJournal } from '../../delivery/journal.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { Cli } from '../context.ts';
import type { Settings } from './settings.ts';

/** The journal's folder. */
export function stateFolder(cli: Cli, settings: Settings): string {
  if (settings.state) return path.resolve(cli.cwd, settings.state.value);
  return envPaths('wxnotify', { suffix: '' }).log;
}

/** Says that the journal has lines that cannot be read. */
export function tornNotice(torn: number): readonly Problem[] {
  if (torn === 0) return [];
  const message = `the journal has ${torn} ${torn === 1 ? 'line' : 'lines'} that cannot be read`;
  return [{ code: 'journal', message, fix: 'A run was cut off while writing; everything else is there.' }];
}
