/** Flows: commands end when they should, and with everything that they have started. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ended, start, temporaryFolder } from '../support/cli.ts';
import { NOWHERE, sendFlow } from '../support/flow.ts';

interface Running {
  readonly child: ChildProcess;
  readonly end: Promise<number | null>;
  /** The content of a file that a command writes, once it is there. */
  readonly file: (name: string) => Promise<string>;
}

/** Starts a flow. */
function running(steps: string): Running {
  const cwd = temporaryFolder({ 'flow.yaml': `steps:\n${steps}` });
  const child = start(['send', './flow.yaml', '--profile', 'demo', '--target', NOWHERE], { cwd });
  const file = async (name: string): Promise<string> => {
    const full = path.join(cwd, name);
    while (!existsSync(full) || !readFileSync(full, 'utf8').endsWith('\n')) await sleep(20);
    return readFileSync(full, 'utf8');
  };
  return { child, end: ended(child), file };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A process that the test has left behind. */
function endLater(pid: number): void {
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends the command, and what it started',
  async (name) => {
    const { child, end, file } = running('  - run: [sh, -c, "sleep 600 & echo $! > pid; sleep 600"]\n');
    const pid = Number(await file('pid'));
    endLater(pid);
    child.kill(name);
    expect(await end).toBe(130);
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false); // it is its new parent that reaps it
  },
);

describe('what has left the group holds the pipes open', () => {
  test('the time limit holds', async () => {
    const began = performance.now();
    const { stdout, status } = await sendFlow(
      'steps:\n  - run: [sh, -c, "setsid sleep 20 & sleep 20"]\n    timeout: 300ms\n',
    );
    expect(stdout).toContain('no end within 300 ms');
    expect(status).toBe(1);
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  test('Ctrl-C holds', async () => {
    const { child, end, file } = running('  - run: [sh, -c, "setsid sleep 20 & echo $! > pid; sleep 20"]\n');
    endLater(Number(await file('pid')));
    const began = performance.now();
    child.kill('SIGINT');
    expect(await end).toBe(130);
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  test('a command that has ended is judged, whatever it left behind', async () => {
    const flow = `steps:
  - run: [sh, -c, "sleep 20 & echo $!"]
    capture: { pid: stdout }
    timeout: 5s
  - run: [kill, "\${pid}"]
`;
    expect(await sendFlow(flow)).toMatchObject({ status: 0 });
  });

  test('all of its output is there', async () => {
    const flow = `steps:
  - run: [sh, -c, "sleep 20 & node -e 'process.stdout.write(\\"x\\".repeat(500000))'; kill $!"]
    expect: { stdout: '/^x{500000}$/' }
`;
    expect(await sendFlow(flow)).toMatchObject({ status: 0 });
  });
});

test.each([
  ['a NUL byte', "[printf, 'a\\000b']\n    capture: { a: stdout }\n  - run: [echo, '${a}']"],
  ['more than a process can be given', `[echo, "${'x'.repeat(200_000)}"]`],
  ['a folder of a file', '[/dev/null/x]'],
])('%s: it could not be started', async (_, run) => {
  const { status, stdout, stderr } = await sendFlow(`steps:\n  - run: ${run}\n`);
  expect(stderr).not.toContain('bug');
  expect(stdout).toContain('it could not be started');
  expect(status).toBe(1);
});
