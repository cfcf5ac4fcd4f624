// Start-up as a user feels it: whole processes, in turn with a bare `node -e 0`, medians and ratios.
// Usage: node bench/startup.mjs [rounds]
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const bin = path.resolve(import.meta.dirname, '../bin/wxnotify.js');
const rounds = Number(process.argv[2] ?? 30);
const cases = [
  { name: 'node -e 0', args: ['-e', '0'], budget: undefined },
  { name: 'wxnotify --version', args: [bin, '--version'], budget: 1.35 },
  { name: 'wxnotify --help', args: [bin, '--help'], budget: 1.35 },
  {
    name: 'wxnotify build --scenario paid',
    args: [bin, 'build', '--scenario', 'paid', '--profile', 'demo'],
    budget: 1.8,
  },
];
const times = cases.map(() => []);

for (let round = -2; round < rounds; round++) {
  for (const [index, { name, args }] of cases.entries()) {
    const started = process.hrtime.bigint();
    const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const ms = Number(process.hrtime.bigint() - started) / 1e6;
    if (status !== 0) throw new Error(`${name} ended with ${status}`);
    if (round >= 0) times[index].push(ms); // the first rounds warm the file cache
  }
}

const bare = median(times[0]);
console.log(`median of ${rounds} rounds, each round all commands in turn, Node ${process.version}\n`);
for (const [index, { name, budget }] of cases.entries()) {
  const own = median(times[index]);
  const paired = median(times[index].map((ms, round) => ms / times[0][round]));
  const aim = budget === undefined ? '' : `  (aim: ${budget})`;
  console.log(
    `${name.padEnd(34)} ${own.toFixed(1).padStart(7)} ms  ${(own / bare).toFixed(2)}x  paired ${paired.toFixed(2)}x${aim}`,
  );
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
