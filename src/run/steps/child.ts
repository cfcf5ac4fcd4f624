/** A process of somebody else's: started, limited in time and output, and ended with everything it has started. */
import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';

export interface Start {
  /** The command and its arguments; one text for a shell. */
  readonly argv: readonly string[];
  readonly shell: boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: string;
  /** How long it may take, in milliseconds. */
  readonly timeout_ms: number;
  readonly signal: AbortSignal;
}

/** What a process left behind. */
export interface Ended {
  /** `null` when it was not started, or did not end by itself. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why there is no exit status. */
  readonly error: string | null;
  /** Whether the process could not even be started. */
  readonly started: boolean;
  readonly ms: number;
}

type Ending = Pick<Ended, 'exit' | 'error' | 'started'>;

/** How much of each stream is kept, in characters. */
export const OUTPUT_LIMIT = 1024 * 1024;

/** Runs a process to its end. */
export async function runChild(start: Start): Promise<Ended> {
  const begun = performance.now();
  const output = { stdout: '', stderr: '' };
  const finish = (ending: Ending): Ended => ({ ...ending, ...output, ms: performance.now() - begun });
  if (start.signal.aborted) return finish(notStarted('interrupted'));
  const child = spawnGroup(start);
  if (typeof child === 'string') return finish(notStarted(child));
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      if (output[stream].length < OUTPUT_LIMIT) output[stream] += text;
    });
  }
  child.stdin.on('error', () => undefined).end(start.stdin);
  return finish(await endOf(child, start));
}

function notStarted(error: string): Ending {
  return { exit: null, error, started: false };
}

/** The process, or why there is none: of an argument that no process can have, spawning tells at once. */
function spawnGroup({ argv, shell, cwd, env }: Start): ChildProcessWithoutNullStreams | string {
  const [command = '', ...words] = argv;
  try {
    // a group of its own, so that what the command has started ends with it
    return spawn(command, words, { shell, cwd, env, detached: true });
  } catch (error) {
    return couldNot(error);
  }
}

function couldNot(error: unknown): string {
  return `it could not be started: ${error instanceof Error ? error.message : String(error)}`;
}

/** What has left the group may hold the pipes open: nobody waits longer than this for the end of them. */
const GRACE = 200;

async function endOf(child: ChildProcessWithoutNullStreams, { timeout_ms, signal }: Start): Promise<Ending> {
  let why: string | undefined;
  const stop = (reason: string): void => {
    why ??= reason;
    endGroup(child);
  };
  const end = (): void => endGroup(child);
  const onAbort = (): void => stop('interrupted');
  const timer = setTimeout(() => stop(`no end within ${timeout_ms} ms`), timeout_ms);
  signal.addEventListener('abort', onAbort, { once: true });
  process.on('exit', end); // a second Ctrl-C ends wxnotify at once
  const ending = await new Promise<Ending>((resolve) => {
    child.once('error', (error) => resolve(notStarted(couldNot(error))));
    const ended = (exit: number | null, by: string | null): void => {
      const error = why ?? (exit === null ? `ended by ${by ?? 'a signal'}` : null);
      resolve({ exit: error === null ? exit : null, error, started: true });
    };
    child.once('close', ended);
    // after the pause, what is in the pipes is still read before they are closed
    child.once('exit', (exit, by) => setTimeout(() => setImmediate(ended, exit, by), GRACE));
  });
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  process.off('exit', end);
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  return ending;
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    return; // it was faster
  }
}
