/** `.env`: loaded when present, weaker than the real environment. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Env } from './context.ts';

export interface DotEnv {
  readonly values: Env;
  /** Empty when there is none. */
  readonly file: string;
}

/** Reads `.env` of the working directory, or else of the configuration's folder. */
export function readDotEnv(cwd: string, root: string): DotEnv {
  const file = [cwd, root].map((folder) => path.join(folder, '.env')).find((name) => existsSync(name));
  if (file === undefined) return { values: {}, file: '' };
  try {
    const { parseEnv } = process.getBuiltinModule('node:util'); // seldom needed, and slow to load
    return { values: parseEnv(readFileSync(file, 'utf8')), file: '.env' };
  } catch {
    return { values: {}, file: '' };
  }
}
