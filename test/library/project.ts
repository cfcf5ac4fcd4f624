/** A project as a reader of docs/library.md has it: this package as it is published, frameworks, and files. */
import { execFile, execFileSync, type ExecFileException } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { root, temporaryFolder } from '../support/cli.ts';

const home = path.join(root, 'test/library/frameworks');
const modules = path.join(home, 'node_modules');

export interface Ran {
  readonly status: number;
  readonly output: string;
}

/** Installs the frameworks that are not there yet, and puts this build among them, as npm would. */
export function installFrameworks(): void {
  if (!isInstalled()) {
    const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...ANY_NODE];
    execFileSync('npm', flags, { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const own = path.join(modules, 'wxnotify');
  rmSync(own, { recursive: true, force: true });
  for (const name of ['package.json', 'bin', 'dist', 'scenarios']) {
    cpSync(path.join(root, name), path.join(own, name), { recursive: true });
  }
}

/** npm hands the strictness of our own .npmrc on to what it starts; some frameworks say Node 22, and run on 20. */
const ANY_NODE = ['--no-engine-strict'];

/** npm notes what it has installed; a lock that is newer asks for something else. */
function isInstalled(): boolean {
  const installed = path.join(modules, '.package-lock.json');
  const lock = path.join(home, 'package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}

/** Writes files into a project of their own. */
export function createProject(files: Readonly<Record<string, string>>): string {
  const tsconfig = { compilerOptions: { experimentalDecorators: true } };
  const cwd = temporaryFolder({
    'package.json': '{ "private": true }',
    'tsconfig.json': JSON.stringify(tsconfig),
    ...files,
  });
  symlinkSync(modules, path.join(cwd, 'node_modules'), 'junction');
  return cwd;
}

/** Runs a test file with the runner that it is written for. */
export async function runTests(cwd: string, file: string): Promise<Ran> {
  return runNode(cwd, [...runnerOf(file, readFileSync(path.join(cwd, file), 'utf8')), file]);
}

/** Runs node with arguments. */
export async function runNode(cwd: string, args: readonly string[]): Promise<Ran> {
  const env = { PATH: process.env['PATH'], HOME: cwd, CI: '1', NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env }, (error: ExecFileException | null, stdout, stderr) =>
      resolve({ status: error ? Number(error.code ?? -1) : 0, output: `${stdout}${stderr}` }),
    );
  });
}

function runnerOf(file: string, text: string): readonly string[] {
  if (text.includes(`from 'vitest'`)) return [path.join(modules, 'vitest/vitest.mjs'), 'run'];
  if (text.includes(`from 'node:test'`)) return ['--test', '--test-reporter=tap'];
  if (file.endsWith('.cjs')) return [path.join(modules, 'jest/bin/jest.js'), '--ci'];
  throw new Error(`no runner for ${file}`);
}
