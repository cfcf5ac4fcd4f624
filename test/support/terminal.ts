/** Programs on a pseudo-terminal, and somebody who types. */
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { bin, ended, merchantEnv, root } from './cli.ts';

/** Whether a program is there. */
export function hasProgram(name: string): boolean {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Pseudo-terminals are Python's. */
export const hasTerminal = hasProgram('python3');

/** Types the answers, each when the output pauses; the last line of what comes back is the status. */
export async function typed(
  args: readonly string[],
  answers: readonly string[],
  cwd: string,
): Promise<string> {
  const env = { ...merchantEnv, WXNOTIFY_STATE: path.join(cwd, '.state') };
  return typedInto([process.execPath, bin, ...args], answers, { cwd, env });
}

interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The same for any program. */
export async function typedInto(
  command: readonly string[],
  answers: readonly string[],
  { cwd, env }: Surroundings,
): Promise<string> {
  const script = path.join(root, 'test/support/type.py');
  const child = spawn('python3', [script, JSON.stringify(answers), ...command], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, TERM: 'xterm', ...env },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await ended(child);
  return output;
}
