/** Where the configuration is: apart from what reads it, which takes longer to load. */
import path from 'node:path';
import { isFile } from '../../scenario/is-file.ts';

export const CONFIG_NAME = 'wxnotify.yaml';

/** The nearest configuration upwards from a folder. */
export function findConfig(folder: string): string | undefined {
  const file = path.join(folder, CONFIG_NAME);
  if (isFile(file)) return file;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : findConfig(parent);
}
