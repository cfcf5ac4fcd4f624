/** The files that scenarios are made of. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isFile } from './is-file.ts';
import { fail, succeed, type Place, type Problem, type Result } from './problem.ts';

/** A file to read. */
export interface FileToRead {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly file: string;
  /** Where it is asked for, when another file does. */
  readonly at?: Place;
}

/** The text of a file. */
export function readText(wanted: FileToRead): Result<string> {
  if (wanted.at && !existsSync(wanted.path)) return fail(missing(wanted.file, wanted.at));
  try {
    if (!isFile(wanted.path)) return fail(unreadable(wanted, 'it is no regular file'));
    return succeed(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(wanted.path)));
  } catch (error) {
    if (error instanceof TypeError) return fail(notUtf8(wanted));
    return fail(unreadable(wanted, error instanceof Error ? error.message : String(error)));
  }
}

/** A path as messages name it: relative where that is shorter. */
export function shownPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith('..') ? file : relative;
}

function missing(file: string, at: Place): Problem {
  const fix = 'The path is relative to the file that names it.';
  return { code: 'unreadable', at, message: `there is no file ${file}`, fix };
}

function unreadable({ file, at }: FileToRead, reason: string): Problem {
  return {
    code: 'unreadable',
    ...(at && { at }),
    message: `cannot read ${file}: ${reason}`,
    fix: 'Check the path and its permissions.',
  };
}

function notUtf8({ file, at }: FileToRead): Problem {
  return {
    code: 'unreadable',
    ...(at && { at }),
    message: `cannot read ${file}: it is not UTF-8`,
    fix: 'Save it as UTF-8; a spreadsheet calls that “CSV UTF-8”.',
  };
}
