/** What there is under a path. */
import { lstatSync, statSync } from 'node:fs';

/** Whether there is a regular file: a pipe of that name would be waited for without end. */
export function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false; // a link to itself, or a folder that is not ours to look into
  }
}

/** Whether there is anything of that name, be it a link that leads nowhere. */
export function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // not ours to look at
  }
}
