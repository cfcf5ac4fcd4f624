/** Where things are. */
import path from 'node:path';

export const interopFolder = path.resolve(import.meta.dirname, '..');
export const packageFolder = path.resolve(interopFolder, '../..');

/** The folder of a receiver: its own, or that of its name. */
export function folderOf({ name, folder = path.join(interopFolder, 'receivers', name) }) {
  return folder;
}
