/** Runs the built program as a user does: a process of its own, in a folder and an environment of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  api_v3_key: 'TestsOnlyV3keyTestsOnlyV3keyTest',
};

/** The same as environment variables. */
export const merchantEnv = {
  WXNOTIFY_APPID: merchant.appid,
  WXNOTIFY_MCH_ID: merchant.mch_id,
  WXNOTIFY_API_KEY: merchant.api_key,
  WXNOTIFY_API_V3_KEY: merchant.api_v3_key,
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

/** The document of `send --json` and `replay --json`. */
export interface Report {
  readonly schema: string;
  readonly command: string;
  readonly ok: boolean;
  readonly exit: number;
  readonly seed: string;
  readonly target: string;
  readonly insecure?: true;
  readonly interrupted?: true;
  readonly summary: {
    readonly sent: number;
    readonly undelivered: number;
    readonly unsent: number;
    readonly acks: Readonly<Record<string, number>>;
    readonly latency_ms: Readonly<Record<'min' | 'p50' | 'p90' | 'p99' | 'max', number | null>>;
  };
  readonly schedules?: readonly {
    readonly step: number;
    readonly attempts: number;
    readonly acknowledged_by: number | null;
    readonly speed: number;
    readonly after_s: number;
  }[];
  readonly deliveries: readonly {
    readonly id: string;
    readonly step: number;
    readonly attempt: number;
    readonly request: { readonly method: string; readonly url: string; readonly body: string };
    readonly response: {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    } | null;
    readonly ack: string | null;
    readonly message: string;
    readonly error: string | null;
    readonly duration_ms: number;
  }[];
  readonly failures: readonly {
    readonly step: number;
    readonly attempt: number | null;
    readonly expectation: string;
    readonly expected: string | number;
    readonly actual: string | number | null;
    readonly message: string;
  }[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

/** Runs one command line of the test merchant with --json, and reads its document. */
export async function reported(
  args: readonly string[],
  { env, ...options }: CliOptions = {},
): Promise<CliResult & { readonly report: Report }> {
  const result = await wxnotify([...args, '--json'], { env: { ...merchantEnv, ...env }, ...options });
  if (result.stdout === '') throw new Error(`status ${result.status}, no document:\n${result.stderr}`);
  return { ...result, report: JSON.parse(result.stdout) as Report };
}

/** The JSON Schema that the first line of a scenario file names, as the YAML language server looks for it. */
export function schemaOf(file: string): string {
  const [, named] =
    /^# yaml-language-server: \$schema=(\S+)$/m.exec(readFileSync(file, 'utf8').split('\n')[0] ?? '') ?? [];
  if (named === undefined) throw new Error(`${file} names no schema`);
  return readFileSync(path.resolve(path.dirname(file), named), 'utf8');
}
