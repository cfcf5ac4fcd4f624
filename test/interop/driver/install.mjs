/** Installs a receiver from its lock file. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execute } from './commands.mjs';
import { folderOf } from './places.mjs';

const ATTEMPTS = 3;
const PAUSE_MS = 3000;

/** What goes to the network is tried three times; what only compiles, once. */
export async function install(receiver, { signal }) {
  assertLocked(receiver);
  const cwd = folderOf(receiver);
  for (const command of receiver.install.fetch) await untilItWorks(command, { cwd, signal });
  for (const command of receiver.install.build) await once(command, { cwd, signal });
}

/** The table names the version that the results are of: it must be the one that is installed. */
function assertLocked(receiver) {
  const { package: name, version } = receiver.sdk;
  const lock = readFileSync(path.join(folderOf(receiver), receiver.lock), 'utf8');
  if (!lock.includes(name.replace(/\[.*\]$/, '')) || !lock.includes(version))
    throw new Error(`${receiver.lock} does not lock ${name} ${version}, of which the table speaks`);
}

async function untilItWorks(command, options) {
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    try {
      return await once(command, options);
    } catch (error) {
      if (options.signal.aborted) throw error;
      await pause(PAUSE_MS * attempt, undefined, { signal: options.signal });
    }
  }
  return once(command, options);
}

async function once(command, options) {
  const { status, stdout, stderr } = await execute(command, options);
  if (status !== 0)
    throw new Error(`${command.join(' ')} ended with ${status}:\n${(stderr + stdout).trim()}`);
}
