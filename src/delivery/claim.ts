/** One process at a time for one schedule: a file beside the journal, with the process in it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from './make-folder.ts';

/** Notes that this process sends it; what comes back takes the note away. A folder that cannot be written holds none. */
export function claim(folder: string, id: string): () => void {
  const file = fileOf(folder, id);
  try {
    makeFolder(folder);
    writeFileSync(file, String(process.pid), { mode: 0o600 });
  } catch {
    return () => undefined;
  }
  return () => rmSync(file, { force: true });
}

/** The process that sends it now; the note of one that has ended says nothing. */
export function holderOf(folder: string, id: string): number | undefined {
  try {
    const pid = Number(readFileSync(fileOf(folder, id), 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined;
    process.kill(pid, 0); // throws when there is no such process
    return pid;
  } catch {
    return undefined;
  }
}

/** Somebody may have edited the journal: an id is no path. */
function fileOf(folder: string, id: string): string {
  return path.join(folder, `schedule-${id.replace(/[^\w-]/g, '_')}.pid`);
}
