/** Where the text of a reporter goes: a stream, a file that is there when it is whole, or one that others write to as well. */
import {
  appendFileSync,
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../../delivery/make-folder.ts';
import { fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import type { Cli } from '../../context.ts';

export interface Sink {
  readonly write: (text: string) => void;
  readonly close: () => Problem | undefined;
  /** Leaves no file. */
  readonly discard: () => void;
}

/** A file, as the user named it. */
export interface FileTarget {
  readonly file: string;
  /** Others write to it as well. */
  readonly append: boolean;
}

/** Opens a file; what cannot be written is told before anything is sent. */
export function openFile(cli: Cli, { file: shown, append }: FileTarget): Result<Sink> {
  const file = path.resolve(cli.cwd, shown);
  const what: Writing = { shown, mask: cli.mask };
  try {
    if (append) return succeed(appending(file, what));
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isDirectory()) throw new Error('it is a folder');
    if (found && !found.isFile()) return succeed(direct(file, what)); // a device, a pipe
    makeFolder(path.dirname(file));
    return succeed(replacing(found ? realpathSync(file) : file, what));
  } catch (error) {
    return fail(unwritable(shown, error));
  }
}

/** A stream of the process. */
export function toStream(write: (text: string) => void): Sink {
  return { write, close: nothing, discard: nothing };
}

/** Removes what an earlier run reported: a run that ends early must not leave it for the report of this one. */
export function removeReport(cli: Cli, { file }: FileTarget): void {
  const full = path.resolve(cli.cwd, file);
  try {
    const found = lstatSync(full, { throwIfNoEntry: false });
    if (found?.isFile()) rmSync(full);
    else if (found?.isSymbolicLink() && statSync(full).isFile()) truncateSync(full);
    for (const part of partsOf(full)) rmSync(part, { force: true });
  } catch {
    return; // it will be told when it is opened
  }
}

/** What processes that are gone left of it. */
function partsOf(file: string): readonly string[] {
  const name = path.basename(file);
  const parts = readdirSync(path.dirname(file)).filter((other) => {
    const pid = other.startsWith(`${name}.`)
      ? /^\.(\d+)\.part$/.exec(other.slice(name.length))?.[1]
      : undefined;
    return pid !== undefined && !isAlive(Number(pid));
  });
  return parts.map((part) => path.join(path.dirname(file), part));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface Writing {
  readonly shown: string;
  readonly mask: Cli['mask'];
}

/** Keeps the first thing that goes wrong, and does nothing after it. */
function createAttempts(shown: string): {
  readonly attempt: (work: () => unknown) => void;
  readonly wrong: () => Problem | undefined;
} {
  let wrong: Problem | undefined;
  return {
    attempt: (work) => {
      try {
        if (!wrong) work();
      } catch (error) {
        wrong = unwritable(shown, error);
      }
    },
    wrong: () => wrong,
  };
}

function appending(file: string, { shown, mask }: Writing): Sink {
  const { attempt, wrong } = createAttempts(shown);
  return {
    write: (text) => {
      if (text !== '') attempt(() => appendFileSync(file, mask(text)));
    },
    close: wrong,
    discard: nothing,
  };
}

function direct(file: string, { shown, mask }: Writing): Sink {
  const { attempt, wrong } = createAttempts(shown);
  const handle = openSync(file, 'w');
  return {
    write: (text) => {
      if (text !== '') attempt(() => writeSync(handle, mask(text)));
    },
    close: () => {
      attempt(() => closeSync(handle));
      return wrong();
    },
    discard: () => closeSync(handle),
  };
}

/** Beside its place until it is whole: of two runs at once the later one counts, and neither is torn. */
function replacing(file: string, { shown, mask }: Writing): Sink {
  const part = `${file}.${process.pid}.part`;
  const { attempt, wrong } = createAttempts(shown);
  const handle = openSync(part, 'w');
  return {
    write: (text) => {
      if (text !== '') attempt(() => writeSync(handle, mask(text)));
    },
    close: () => {
      closeSync(handle);
      attempt(() => renameSync(part, file));
      if (wrong()) rmSync(part, { force: true });
      return wrong();
    },
    discard: () => {
      closeSync(handle);
      rmSync(part, { force: true });
    },
  };
}

function nothing(): undefined {
  return undefined;
}

function unwritable(file: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'unreadable',
    message: `cannot write ${file}: ${reason}`,
    fix: 'Check the path and its permissions.',
  };
}
