/** Key files: for their owner alone, never half there, and out of version control. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { KEYS_FOLDER } from '../settings/v3/folder.ts';

/** A folder of files, by their names. */
export interface Writing {
  /** The folder of the configuration. */
  readonly root: string;
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  /** Instead of the folder that is there. */
  readonly replace: boolean;
  /** Where what is replaced goes, instead of what is there. */
  readonly before: string;
  readonly keep: boolean;
}

/** Writes the files beside their folder, and puts the folder there whole: what is there is replaced as a whole, or not at all. */
export function writeFolder({ root, folder, files, replace, ...old }: Writing): Result<void> {
  const parent = path.dirname(folder);
  let made: string | undefined;
  try {
    prepare(root, parent);
    made = mkdtempSync(path.join(parent, '.new-'));
    for (const [name, text] of files) writeFileSync(path.join(made, name), text, { mode: 0o600, flag: 'wx' });
    if (replace && existsSync(folder)) swap(made, folder, old);
    else renameSync(made, folder); // never onto files that are there
    return succeed(undefined);
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    return fail(unwritable(path.relative(root, folder), error));
  }
}

/** Writes one file that is not there. */
export function writeFile(root: string, file: string, text: string): Result<void> {
  try {
    prepare(root, path.dirname(file));
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    return succeed(undefined);
  } catch (error) {
    return fail(unwritable(path.relative(root, file), error));
  }
}

function prepare(root: string, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ignored = path.join(root, KEYS_FOLDER, '.gitignore');
  if (!existsSync(ignored)) writeFileSync(ignored, '# Private keys: nothing in here is committed.\n*\n');
}

function swap(made: string, folder: string, { before, keep }: Pick<Writing, 'before' | 'keep'>): void {
  const old = mkdtempSync(path.join(path.dirname(folder), '.old-'));
  if (existsSync(before)) renameSync(before, path.join(old, 'before'));
  renameSync(folder, keep ? before : path.join(old, 'platform'));
  renameSync(made, folder);
  rmSync(old, { recursive: true, force: true });
}

function unwritable(shown: string, error: unknown): Problem {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  const there = code === 'ENOTEMPTY' || code === 'EEXIST';
  const message = there ? `${shown} is already there` : `cannot write ${shown}: ${code}`;
  return { code: 'unreadable', message, fix: there ? 'Use it, or replace it with --force.' : PERMISSIONS };
}

const PERMISSIONS =
  'Check the permissions of the folder of wxnotify.yaml, or of this one where there is none.';
