/** Runs the built program as a user does: a process of its own, in a folder and an environment of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export const root = path.resolve(import.meta.dirname, '../..');
export const bin = path.join(root, 'bin/wxnotify.js');

/** A merchant that exists only in tests. */
export const merchant = {
  appid: 'wx2421b1c4370ec43b',
  mch_id: '10000100',
  api_key: '192006250b4c09247ec02edce69f6a2d',
};

/** The same as environment variables. */
export const merchantEnv = {
  WXNOTIFY_APPID: merchant.appid,
  WXNOTIFY_MCH_ID: merchant.mch_id,
  WXNOTIFY_API_KEY: merchant.api_key,
};

export interface CliResult {
  /** The exit status; null when a signal ended the process. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Added to an environment that has nothing but PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string;
}

/** A folder that is gone after the test. Files are written into it. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'wxnotify-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** Runs one command line to its end. */
export async function wxnotify(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = start(args, options);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin?.end(options.stdin ?? '');
  const status = await ended(child);
  return { status, stdout, stderr };
}

/** Starts one command line, to be watched or ended by the test. */
export function start(args: readonly string[], { env = {}, cwd }: CliOptions = {}): ChildProcess {
  const home = cwd ?? temporaryFolder();
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: home,
    env: { PATH: process.env['PATH'], HOME: home, WXNOTIFY_STATE: path.join(home, '.state'), ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** The exit status of a process, once it has ended and its output is complete. */
export async function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', (status) => resolve(status)));
}
