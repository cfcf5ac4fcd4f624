// Runs a program and reads what it took out of /proc: the same gauge for every program, whatever it says of itself.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Between two looks, in milliseconds. */
const LOOK_MS = 20;
/** Clock ticks of /proc/<pid>/stat a second: 100 on every Linux that Debian builds. */
const TICKS = 100;

/**
 * Runs a program to its end. The rate is taken between the first and the last request that the sink saw, so that
 * nobody's start-up counts.
 *
 * @returns its output, `requests`, `rate` (a second), `cpu` (seconds, user and system), `peak` (MiB)
 */
export async function measure({ program, args }, sink) {
  const before = await sink.count();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  let ended = false;
  const exit = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve)).finally(
    () => (ended = true),
  );
  const counts = [];
  let usage = { cpu: 0, peak: 0 };
  for (let asked = 1; !ended; asked++) {
    usage = usageOf(child.pid) ?? usage;
    const moment = performance.now();
    counts.push({ moment, requests: (await sink.count()) - before - asked }); // asking is a request as well
    await Promise.race([exit, sleep(LOOK_MS)]);
  }
  const status = await exit;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${await errors}`);
  const requests = (await sink.count()) - before - counts.length - 1;
  return { output: await output, requests, rate: rateOf(counts, requests), ...usage };
}

function rateOf(counts, requests) {
  const first = counts.findLast((look) => look.requests <= 0);
  const last = counts.find((look) => look.requests >= requests) ?? counts.at(-1);
  return (1000 * last.requests) / (last.moment - first.moment);
}

function usageOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the third field is the first of these
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (peak === undefined) return undefined; // it has ended
    return { cpu: (Number(fields[11]) + Number(fields[12])) / TICKS, peak: Number(peak) / 1024 };
  } catch {
    return undefined;
  }
}

async function collect(stream) {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

/** The middle one. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
