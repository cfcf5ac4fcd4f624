/** The folder of the journal: --state, WXNOTIFY_STATE, or the platform's place for such things. */
import path from 'node:path';
import envPaths from 'env-paths';
import type { Cli } from './context.ts';
import type { Settings } from './settings.ts';

export function stateFolder(cli: Cli, settings: Settings): string {
  if (settings.state) return path.resolve(cli.cwd, settings.state.value);
  return envPaths('wxnotify', { suffix: '' }).log;
}
