/** Runs other programs, and finds them. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * Runs a command to its end, also when it is interrupted.
 *
 * @returns {Promise<{ status: number | null, stdout: string, stderr: string }>}
 */
export function execute([command, ...args], { cwd, env = outerEnvironment(), signal }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    let failure;
    child.on('error', (error) => (failure = error)); // it may still run: an interruption is one
    child.on('close', (status) => (failure ? reject(failure) : resolve({ status, stdout, stderr })));
  });
}

/** Which of these commands are not on the PATH. */
export function missingCommands(commands) {
  return commands.filter((command) => !folders().some((folder) => isExecutable(path.join(folder, command))));
}

/** What npm sets for `npm run` must not make an `npm ci` in another folder act on this one. Its settings stay. */
export function outerEnvironment() {
  const ours = /^npm_(package|lifecycle|config_local_prefix)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

function folders() {
  return (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
