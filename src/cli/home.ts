/** Where the built program is. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of what it ships: `scenarios/` is in it. */
export function homeFolder(): string {
  return path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
}
