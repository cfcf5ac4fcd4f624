import { statSync } from 'node:fs';

/** Whether there is a regular file: a pipe of that name would be waited for without end. */
export function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false; // a link to itself, or a folder that is not ours to look into
  }
}
