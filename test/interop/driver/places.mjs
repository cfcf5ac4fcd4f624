/** Where things are. */
import path from 'node:path';

export const interopFolder = path.resolve(import.meta.dirname, '..');
export const packageFolder = path.resolve(interopFolder, '../..');

/** The folder of a receiver. */
export function folderOf({ name }) {
  return path.join(interopFolder, 'receivers', name);
}
