/** Processes of commands. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runChild } from '../../src/run/steps/child.ts';
import { temporaryFolder } from '../support/cli.ts';

test('nothing is started when it is over already', async () => {
  const cwd = temporaryFolder();
  const ended = await runChild({
    argv: ['touch', 'started'],
    shell: false,
    cwd,
    env: process.env,
    stdin: '',
    timeout_ms: 10_000,
    signal: AbortSignal.abort(),
  });
  expect(ended).toMatchObject({ exit: null, error: 'interrupted' });
  expect(existsSync(path.join(cwd, 'started'))).toBe(false);
});
