/** What failed the last time, for --only-failed: one small file for each project, written whole. */
import { hash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../../delivery/make-folder.ts';
import type { Problem } from '../../../scenario/problem.ts';

export interface LastRun {
  /** The names of the scenarios that failed; `undefined`: nothing was run yet. */
  readonly failed: () => readonly string[] | undefined;
  /** Notes how a run went. What was not run now, and failed before, still counts as failed. */
  readonly note: (run: {
    readonly ran: readonly string[];
    readonly failed: readonly string[];
  }) => Problem | undefined;
}

/** The last run in a project: the folder of its configuration, or the working directory. */
export function createLastRun(state: string, project: string): LastRun {
  const file = path.join(state, `last-run-${hash('sha256', project).slice(0, 12)}.json`);
  const read = (): readonly string[] | undefined => {
    try {
      const { failed } = JSON.parse(readFileSync(file, 'utf8')) as { readonly failed?: unknown };
      return Array.isArray(failed) ? failed.map(String) : undefined;
    } catch {
      return undefined; // not there yet, or torn: as if nothing had been run
    }
  };
  return {
    failed: read,
    note: ({ ran, failed }) => {
      const still = (read() ?? []).filter((name) => !ran.includes(name));
      const whole = `${file}.${process.pid}`; // two runs at once: the later one counts, and neither is torn
      try {
        makeFolder(state);
        writeFileSync(whole, `${JSON.stringify({ project, failed: [...still, ...failed] })}\n`, {
          mode: 0o600,
        });
        renameSync(whole, file);
        return undefined;
      } catch (error) {
        remove(whole);
        return unwritten(error);
      }
    },
  };
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    return; // there is not even a folder
  }
}

function unwritten(error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `what failed cannot be noted, so --only-failed will not know it: ${reason}`;
  return { code: 'journal', message, fix: 'Choose another place: --state DIR, or WXNOTIFY_STATE.' };
}
