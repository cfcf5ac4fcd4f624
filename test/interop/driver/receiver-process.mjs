/** A receiver as a process on a loopback port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { folderOf } from './places.mjs';

const START_MS = 30_000;
const STOP_MS = 3000;
/** As much of what it complains about as is worth showing. */
const STDERR_KEPT = 4000;

/** All that run: whatever way this process ends, they end with it. */
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * Starts a receiver and waits until it listens.
 *
 * @param {import('../receivers.mjs').Receiver} receiver
 * @param {Record<string, string>} told what its environment says: keys, and which of them to verify with
 * @returns {Promise<{ url: string, stderr: () => string, stop: () => Promise<void> }>}
 */
export async function start(receiver, told) {
  const [command, ...args] = receiver.start;
  const env = environment(told);
  const child = spawn(command, args, { cwd: folderOf(receiver), env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const ended = once(child, 'exit').finally(() => running.delete(child));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr = (stderr + text).slice(-STDERR_KEPT)));
  const stop = () => stopChild(child, ended);
  try {
    const port = await Promise.race([announcedPort(child), notStarted(ended, () => stderr)]);
    return { url: `http://127.0.0.1:${port}`, stderr: () => stderr, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Nothing of ours: no proxy, no token, no option for Node or Java. */
function environment(told) {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, ...told, PORT: '0' };
}

function announcedPort(child) {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, port] = /^listening (\d+)$/.exec(line) ?? [];
      if (port !== undefined) resolve(port);
    });
    const late = () => reject(new Error(`it does not listen after ${START_MS / 1000} seconds`));
    setTimeout(late, START_MS).unref();
  });
}

async function notStarted(ended, stderr) {
  const [status, signal] = await ended;
  throw new Error(`it ended with ${status ?? signal} before it listened:\n${stderr()}`);
}

async function stopChild(child, ended) {
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended.catch(() => undefined);
  clearTimeout(forced);
}
