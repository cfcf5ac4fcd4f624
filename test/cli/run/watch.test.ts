/** `run --watch`: what changes runs again; keys ask for more. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawn, type ChildProcess } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { bin, ended, merchantEnv, root, start, temporaryFolder } from '../../support/cli.ts';
import { startServer, SUCCESS } from '../../support/server.ts';
import { fieldOf } from '../../support/suite.ts';

const FILES = {
  'scenarios/a.yaml': 'notify: v2/payment\nfields: { total_fee: 1 }\n',
  'scenarios/b.yaml': 'notify: v2/payment\nfields: { total_fee: 2 }\n',
  'wxnotify.yaml': 'profiles: { default: { vars: { attach: one } } }\n',
};

/** What a server got, by amount, since it was asked last. */
function amounts(
  received: readonly { readonly body: Buffer }[],
  from: number,
): readonly (string | undefined)[] {
  return received.slice(from).map(({ body }) => fieldOf(String(body), 'total_fee'));
}

function output(child: ChildProcess): { readonly text: () => string } {
  let text = '';
  child.stdout?.on('data', (data) => (text += String(data)));
  child.stderr?.on('data', (data) => (text += String(data)));
  return { text: () => text };
}

const PATIENCE = { timeout: 30_000 };

test('a file that changes runs again, and no other; the configuration runs everything; a new file runs', async () => {
  const server = await startServer(SUCCESS);
  const cwd = temporaryFolder(FILES);
  const child = start(['run', '--watch', '--target', server.url], { cwd, env: merchantEnv });
  const told = output(child);
  const waiting = (times: number): Promise<void> =>
    expect
      .poll(() => told.text().split('waiting for changes').length - 1, PATIENCE)
      .toBeGreaterThanOrEqual(times);
  await waiting(1);
  expect([...amounts(server.received, 0)].sort()).toEqual(['1', '2']);
  writeFileSync(path.join(cwd, 'scenarios/b.yaml'), 'notify: v2/payment\nfields: { total_fee: 3 }\n');
  await waiting(2);
  expect(amounts(server.received, 2)).toEqual(['3']);
  writeFileSync(path.join(cwd, 'wxnotify.yaml'), 'profiles: { default: { vars: { attach: two } } }\n');
  await waiting(3);
  expect([...amounts(server.received, 3)].sort()).toEqual(['1', '3']);
  writeFileSync(path.join(cwd, 'scenarios/c.yaml'), 'notify: v2/payment\nfields: { total_fee: 4 }\n');
  await waiting(4);
  expect(amounts(server.received, 5)).toEqual(['4']);
  writeFileSync(path.join(cwd, 'scenarios/c.yaml'), 'notify: v2/paymnt\n');
  await waiting(5);
  expect(told.text()).toContain('scenarios/c.yaml:1:9');
  writeFileSync(path.join(cwd, 'scenarios/c.yaml'), 'notify: v2/payment\nfields: { total_fee: 5 }\n');
  await waiting(6);
  expect(amounts(server.received, 6)).toEqual(['5']);
  child.kill('SIGINT');
  expect(await ended(child)).toBe(130);
});

test('keys: r again, f what failed, a all, t by name, q quits', async () => {
  const server = await startServer(({ body }, response) => {
    response.end(fieldOf(String(body), 'total_fee') === '2' ? 'no' : SUCCESS);
  });
  const cwd = temporaryFolder(FILES);
  const script = path.join(root, 'test/support/type.py');
  const keys = JSON.stringify(['r', 'f', 'a', 't', 'a$\r', 'h', 'q']);
  const args = [
    script,
    keys,
    process.execPath,
    bin,
    'run',
    '--watch',
    '--workers',
    '1',
    '--target',
    server.url,
  ];
  const child = spawn('python3', args, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, WXNOTIFY_STATE: path.join(cwd, '.state'), ...merchantEnv },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const told = output(child);
  await ended(child);
  expect(told.text()).toContain('filter by name');
  expect(told.text()).toMatch(/exit 0\s*$/);
  const runs = amounts(server.received, 0).join('');
  expect(runs).toBe('1212' + '2' + '12' + '1');
});
