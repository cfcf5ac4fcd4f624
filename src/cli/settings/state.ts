/** Where the journal is kept: --state, WXNOTIFY_STATE, or the platform's place for such things. */
import path from 'node:path';
import type { JournalContents } from '../../delivery/journal.ts';
export { readJournal } from '../../delivery/journal.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { Cli } from '../context.ts';
import type { Settings } from './settings.ts';

/** The journal's folder. */
export async function stateFolder(cli: Cli, settings: Settings): Promise<string> {
  if (settings.state && settings.state.value !== '') return path.resolve(cli.cwd, settings.state.value);
  try {
    const { default: envPaths } = await import('env-paths');
    return envPaths('wxnotify', { suffix: '' }).log;
  } catch {
    return ''; // nobody's home: there is no place, which is a warning when the journal is opened
  }
}

/** Says what of the journal cannot be read. */
export function journalNotices({ torn, unreadable }: JournalContents): readonly Problem[] {
  const closed = unreadable.map((reason): Problem => {
    return {
      code: 'journal',
      message: `the journal cannot be read: ${reason}`,
      fix: 'Choose another place: --state DIR.',
    };
  });
  return [...closed, ...tornNotice(torn)];
}

/** Says that the journal has lines that cannot be read. */
function tornNotice(torn: number): readonly Problem[] {
  if (torn === 0) return [];
  const message = `the journal has ${torn} ${torn === 1 ? 'line' : 'lines'} that cannot be read`;
  return [{ code: 'journal', message, fix: 'A run was cut off while writing; everything else is there.' }];
}
