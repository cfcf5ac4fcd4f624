/** Where this user's scenarios are. */
import path from 'node:path';
import { isFolder, type Library } from '../../scenario/library.ts';
import type { Cli } from '../context.ts';

/** `scenarios/` beside wxnotify.yaml, and the built-in ones. */
export function libraryOf({ home, cwd }: Pick<Cli, 'home' | 'cwd'>, root: string): Library {
  const builtin = path.join(home, 'scenarios');
  const own = path.join(root, 'scenarios');
  return { builtin, own: isFolder(own) && own !== builtin ? own : undefined, root, cwd };
}
