/** A machine of CI, as far as the documented jobs need one: a project that is checked out, `npm` and `npx` on the path. */
import { spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { bin, merchantEnv, temporaryFolder } from '../support/cli.ts';

type Environment = Readonly<Record<string, string>>;

/** How a CI system calls a shell; the script is the last argument. */
export const shells = {
  githubDefault: ['bash', '-e', '-c'],
  githubBash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c'],
  gitlab: ['bash', '-eo', 'pipefail', '-c'],
  jenkins: ['sh', '-xe', '-c'],
} as const;

/** One line of the shell, or several. */
export interface Command {
  readonly shell: readonly string[];
  readonly script: string;
  readonly env?: Environment;
  /** From the project's folder. */
  readonly folder?: string;
}

export interface Machine {
  readonly folder: string;
  /** Where the merchant will listen, whatever port the documentation names. */
  readonly port: number;
  run(command: Command): Promise<{ readonly status: number | null; readonly output: string }>;
  read(file: string): string;
  has(file: string): boolean;
}

/** Two that pass and one that cannot; the merchant learns of orders as they come. */
const scenarios = Object.fromEntries([
  ...Array.from({ length: 8 }, (_, index) => [
    `scenarios/paid-${index + 1}.yaml`,
    `summary: Paid\ntags: [smoke]\nnotify: v2/payment\nfields: { total_fee: ${index + 1} }\nexpect: { ack: SUCCESS }\n`,
  ]),
  [
    'scenarios/slow.yaml',
    'summary: Never passes\ntags: [smoke, slow]\nnotify: v2/payment\nexpect: { ack: FAIL }\n',
  ],
]) as Environment;

/**
 * Sets one up. `npm start` starts the reference merchant, with keys of its own and half a second later than it could; what
 * `npx` was given stands in the file `npx.log`, an argument a line. With a file `broken` the merchant does not start.
 */
export async function setUp(): Promise<Machine> {
  const port = await freePort();
  const folder = temporaryFolder(scenarios);
  const programs = path.join(folder, '.programs');
  const wxnotify = `"${process.execPath}" "${bin}"`;
  const keys = Object.entries(merchantEnv).map(([name, value]) => `${name}=${value}`);
  mkdirSync(programs);
  const install = (name: string, script: string): void => {
    writeFileSync(path.join(programs, name), `#!/bin/bash\n${script}\n`);
    chmodSync(path.join(programs, name), 0o755);
  };
  install(
    'npm',
    `case "$*" in ci) ;; start) sleep 0.5; if [[ -e broken ]]; then exit 1; fi; exec env ${keys.join(' ')} ${wxnotify} listen --port ${port} ;; *) exit 127 ;; esac`,
  );
  install(
    'npx',
    `printf '%s\\n' "$@" > "${path.join(folder, 'npx.log')}"
if [[ "$1" == --yes ]]; then shift; fi
if [[ "$1" != wxnotify && "$1" != wxnotify@* ]]; then exit 127; fi
exec ${wxnotify} "\${@:2}"`,
  );
  const env = {
    PATH: `${programs}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    WXNOTIFY_STATE: path.join(folder, '.state'),
    CI: 'true',
  };
  return {
    folder,
    port,
    run: (command) => execute(folder, { ...command, env: { ...env, ...command.env } }),
    read: (file) => readFileSync(path.join(folder, file), 'utf8'),
    has: (file) => existsSync(path.join(folder, file)),
  };
}

/** Whether the merchant is gone; it is given some time to end. */
export async function isGone({ port }: Machine): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (!(await isListening(port))) return true;
    await sleep(50);
  }
  return false;
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}

/** What it leaves running in the background goes on, as on a machine of CI, until the end of the test. */
async function execute(
  folder: string,
  command: Command,
): Promise<{ readonly status: number | null; readonly output: string }> {
  const [program, ...args] = [...command.shell, command.script];
  const log = path.join(temporaryFolder(), 'output');
  const output = openSync(log, 'w');
  const child = spawn(program, args, {
    cwd: path.join(folder, command.folder ?? ''),
    env: command.env,
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  onTestFinished(() => end(child.pid));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  return { status, output: readFileSync(log, 'utf8') };
}

/** Ends a command and what it started. */
function end(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
