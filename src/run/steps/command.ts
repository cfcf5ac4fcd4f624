/** A `run` step: a command, without a shell unless asked for, and without our keys. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { CommandFacts } from '../events.ts';
import { judgeCommand } from '../judge-step.ts';
import type { CapturedValue, PreparedCommand } from '../prepared.ts';
import type { Outcome } from './call.ts';
import { captureAll } from './capture.ts';
import { untilItHolds } from './eventually.ts';

export interface CommandTools {
  readonly mask: (text: string) => string;
  readonly signal: AbortSignal;
  /** What the command inherits: no key is in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** What a command left behind. */
export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly error: string | null;
  readonly ms: number;
}

/** Runs the command. */
export async function runCommand(
  prepared: PreparedCommand,
  tools: CommandTools,
): Promise<Outcome<CommandFacts>> {
  const { step, expect } = prepared;
  return untilItHolds({ eventually_ms: step.eventually_ms, signal: tools.signal }, async (tries) => {
    const ended = await execute(prepared, tools);
    const wrong = judgeCommand(ended, expect);
    const { values, reasons } = captureAll(step.captures, { body: ended.stdout, headers: {} });
    const facts = commandFacts(prepared, ended, { tries, values, mask: tools.mask });
    return { facts, reasons: wrong.length > 0 ? wrong : reasons, captured: values };
  });
}

async function execute({ step, argv, env, stdin }: PreparedCommand, tools: CommandTools): Promise<Ended> {
  const started = performance.now();
  const output = { stdout: '', stderr: '' };
  const [command = '', ...words] = argv;
  // a group of its own, so that what the command has started ends with it
  const child = spawn(command, words, {
    shell: step.shell,
    cwd: tools.cwd,
    env: { ...tools.env, ...env },
    detached: true,
  });
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      if (output[stream].length < LIMIT) output[stream] += text;
    });
  }
  child.stdin.on('error', () => undefined).end(stdin ?? '');
  const ended = await endOf(child, step.timeout_ms, tools.signal);
  return { ...ended, ...output, ms: performance.now() - started };
}

/** How much of its output is kept, in characters. */
const LIMIT = 1024 * 1024;

async function endOf(
  child: ChildProcess,
  limit: number,
  signal: AbortSignal,
): Promise<Pick<Ended, 'exit' | 'error'>> {
  let why: string | undefined;
  const stop = (reason: string): void => {
    why ??= reason;
    endGroup(child);
  };
  const timer = setTimeout(() => stop(`no end within ${limit} ms`), limit);
  const onAbort = (): void => stop('interrupted');
  signal.addEventListener('abort', onAbort, { once: true });
  const end = await new Promise<Pick<Ended, 'exit' | 'error'>>((resolve) => {
    child.once('error', (error) =>
      resolve({ exit: null, error: `it could not be started: ${error.message}` }),
    );
    child.once('close', (exit, by) =>
      resolve({ exit, error: why ?? (exit === null ? `ended by ${by ?? 'a signal'}` : null) }),
    );
  });
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  return end;
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    return; // it was faster
  }
}

interface Telling {
  readonly tries: number;
  readonly values: ReadonlyMap<string, CapturedValue>;
  readonly mask: (text: string) => string;
}

function commandFacts(
  { argv }: PreparedCommand,
  ended: Ended,
  { tries, values, mask }: Telling,
): CommandFacts {
  const { exit, stdout, stderr, error, ms } = ended;
  return {
    does: 'run',
    argv: argv.map(mask),
    exit,
    stdout: mask(stdout),
    stderr: mask(stderr),
    error,
    tries,
    captured: Object.fromEntries([...values].map(([name, { text }]) => [name, mask(text)])),
    duration_ms: Math.round(ms * 100) / 100,
  };
}
