/** `.env`: loaded when present, weaker than the real environment. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isFile } from '../../scenario/is-file.ts';
import type { Env } from '../context.ts';

export interface DotEnv {
  readonly values: Env;
  /** Empty when there is none. */
  readonly file: string;
  /** Lines that are no `NAME=value`, from 1: a parser may lose the line after them as well. */
  readonly wrongLines: readonly number[];
  /** Why it is there and could not be read. */
  readonly unreadable?: string;
}

/** Reads `.env` of the working directory, or else of the configuration's folder. */
export function readDotEnv(cwd: string, root: string): DotEnv {
  const file = [cwd, root].map((folder) => path.join(folder, '.env')).find((name) => isFile(name));
  if (file === undefined) return none;
  try {
    const { parseEnv } = process.getBuiltinModule('node:util'); // seldom needed, and slow to load
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    return { values: parseEnv(text), file: '.env', wrongLines: wrongLines(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...none, file: '.env', unreadable: reason };
  }
}

const none: DotEnv = { values: {}, file: '', wrongLines: [] };

function wrongLines(text: string): readonly number[] {
  // a quoted value may go over several lines: keep their number, not their content
  const flat = text.replace(/=[ \t]*(["'`])[\s\S]*?\1/g, (value) => `=${value.replace(/[^\n]+/g, '')}`);
  return flat
    .split(/\r?\n/)
    .flatMap((line, index) => (/^\s*(#.*|(export\s+)?[\w.-]+\s*=.*)?$/.test(line) ? [] : [index + 1]));
}
