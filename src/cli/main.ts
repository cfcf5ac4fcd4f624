/** The program as a function: `main(argv, streams, env)` gives the exit status. */
import { setMaxListeners } from 'node:events';
import { colours, done, stopped, type Cli, type Ending, type Env, type Streams } from './context.ts';
import { exitStatus, INTERRUPTED, type ExitStatus } from './exit.ts';
import { createCli, type Output } from './output.ts';

/**
 * Runs one command line.
 *
 * @param argv the arguments, without node and the script
 * @returns the exit status; nothing below this ends the process
 */
export async function main(argv: readonly string[], streams: Streams, env: Env): Promise<ExitStatus> {
  const cwd = workingFolder();
  if (cwd === undefined) {
    streams.stderr.write('error: the working directory is gone\n  Change to one that exists.\n');
    return 2;
  }
  const interrupt = listenForInterrupts();
  const output: Output = { lost: undefined };
  const cli = createCli({ streams, env, cwd, output, signal: interrupt.signal });
  try {
    const ending = await dispatch(cli, argv);
    if (ending.as === 'problems') await tellProblems(cli, argv, ending.problems);
    return output.lost === undefined ? exitStatus(ending) : 2;
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
    const document = {
      schema: 'wxnotify/1',
      command: argv.find((word) => !word.startsWith('-')) ?? null,
      ok: false,
      exit: exitStatus(stopped(problems)),
      problems,
    };
    cli.json(document);
    if (problems.every(({ code }) => code === 'usage')) return;
  }
  const { problemLines } = await import('../report/problems.ts');
  cli.err(problemLines(problems, 'error', await colours(cli, 'stderr', !options.includes('--no-color'))));
}

/** What asks for an end: Ctrl-C, `kill`, and a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first of them stops the work and lets it report; the second ends the process, and what it has started. */
function listenForInterrupts(): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal); // every delivery in flight listens
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED); // what runs a command ends it then
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  const stop = (): void => {
    for (const name of SIGNALS) process.off(name, onSignal);
  };
  return { signal: controller.signal, stop };
}

function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
