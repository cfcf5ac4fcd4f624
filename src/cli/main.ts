/** The program as a function: `main(argv, streams, env)` gives the exit status. */
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { jsonText } from '../report/json-text.ts';
import { colours, done, stopped, type Cli, type Ending, type Env, type Streams } from './context.ts';
import { exitStatus, type ExitStatus } from './exit.ts';

/**
 * Runs one command line.
 *
 * @param argv the arguments, without node and the script
 * @returns the exit status; nothing below this ends the process
 */
export async function main(argv: readonly string[], streams: Streams, env: Env): Promise<ExitStatus> {
  const interrupt = listenForInterrupts();
  const cli = createCli(streams, env, interrupt.signal);
  try {
    const ending = await dispatch(cli, argv);
    if (ending.as === 'problems') await tellProblems(cli, argv, ending.problems);
    return exitStatus(ending);
  } finally {
    interrupt.stop();
  }
}

async function dispatch(cli: Cli, argv: readonly string[]): Promise<Ending> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    cli.out(`${WXNOTIFY_VERSION}\n`); // scripts ask this often: not even commander is loaded
    return done;
  }
  try {
    const { runProgram } = await import('./program.ts');
    return await runProgram(cli, argv);
  } catch (error) {
    return crashed(cli, error);
  }
}

/** What reaches this is a bug of ours, and is reported as one. */
function crashed(cli: Cli, error: unknown): Ending {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  cli.err(`wxnotify has a bug: ${stack}\nPlease report it with the command that you ran.\n`);
  return stopped([]);
}

async function tellProblems(
  cli: Cli,
  argv: readonly string[],
  problems: Parameters<typeof stopped>[0],
): Promise<void> {
  if (problems.length === 0) return;
  const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  if (options.includes('--json')) {
    const document = { schema: 'wxnotify/1', command: argv[0], ok: false, exit: 2, problems };
    cli.json(document);
    if (problems.every(({ code }) => code === 'usage')) return;
  }
  const { problemLines } = await import('../report/problems.ts');
  cli.err(problemLines(problems, 'error', await colours(cli, 'stderr', !options.includes('--no-color'))));
}

/** Streams are touched only when they are used: opening all three takes longer than many a command. */
function createCli(streams: Streams, env: Env, signal: AbortSignal): Cli {
  const out = createWriter(() => streams.stdout);
  return {
    streams,
    env,
    cwd: process.cwd(),
    signal,
    get interactive() {
      return streams.stdin.isTTY && streams.stderr.isTTY && (env['CI'] ?? '') === '';
    },
    home: path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'),
    out,
    json: (document) => out(jsonText(document)),
    err: createWriter(() => streams.stderr),
  };
}

function createWriter(open: () => NodeJS.WriteStream): (text: string | Uint8Array) => void {
  let stream: NodeJS.WriteStream | undefined;
  return (text) => {
    if (text.length === 0) return;
    stream ??= open().on('error', ignoreClosedPipe);
    stream.write(text);
  };
}

/** `wxnotify list | head`: whoever reads may stop. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** The first Ctrl-C (or SIGTERM) stops the work and lets it report; the second one ends the process. */
function listenForInterrupts(): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal); // every delivery in flight listens
  const onSignal = (): void => {
    stop();
    controller.abort();
  };
  const stop = (): void => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { signal: controller.signal, stop };
}
