// A load with every answer judged, beside wrk and autocannon, which judge nothing: whole processes, in turn, against
// one nginx; medians and ratios. Linux only: what a process took is read out of /proc.
// Usage: node bench/replay.mjs [rounds] [--seconds 4] [--memory] [--wxnotify bin/wxnotify.js]
//   --memory  measures instead the peak memory of 1,000,000 sends against that of 50,000
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measure, median } from './measure.mjs';
import { startSink } from './sink.mjs';

const CONNECTIONS = '50';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '4' },
    memory: { type: 'boolean', default: false },
    wxnotify: { type: 'string', default: path.resolve(import.meta.dirname, '../bin/wxnotify.js') },
  },
});
const rounds = Number(positionals[0] ?? 5);
const seconds = Number(values.seconds);

const missing = ['nginx', 'wrk'].filter((name) => spawnSync(name, ['-v']).error);
if (missing.length > 0) {
  console.error(`bench/replay needs ${missing.join(' and ')}: apt-get install nginx-light wrk`);
  process.exit(2);
}
const sink = await startSink();
try {
  await (values.memory ? compareMemory() : compareSpeed());
} finally {
  await sink.stop();
}

async function compareSpeed() {
  const request = buildRequest();
  const tools = [wrk(request), autocannon(request), wxnotify('replay', []), wxnotify('unique', ['--unique'])];
  const rows = tools.filter((tool) => tool !== undefined);
  const runs = rows.map(() => []);
  for (const row of rows)
    row.times = 4 * Math.ceil((await measure(row.run(20_000), sink)).rate / 4) * seconds;
  for (let round = 0; round < rounds; round++) {
    for (const [index, row] of rows.entries()) {
      const taken = await measure(row.run(row.times), sink);
      row.check?.(taken, row.times);
      runs[index].push({ rate: taken.rate, cpu: (1e6 * taken.cpu) / taken.requests, peak: taken.peak });
    }
  }
  console.log(
    `median of ${rounds} rounds, each round all in turn, ${CONNECTIONS} connections, Node ${process.version}`,
  );
  console.log('in brackets: to autocannon, median of the rounds’ ratios\n');
  const base = runs[rows.findIndex(({ name }) => name === 'autocannon')];
  for (const [index, row] of rows.entries()) console.log(line(row, runs[index], base));
}

function line({ name, aim }, own, base) {
  const cell = (what, unit, digits = 0) => {
    const ratio = median(own.map((run, round) => run[what] / base[round][what]));
    return `${median(own.map((run) => run[what]))
      .toFixed(digits)
      .padStart(8)} ${unit} (${ratio.toFixed(2)}x)`;
  };
  const cells = [cell('rate', 'requests/s'), cell('cpu', 'µs CPU each', 1), cell('peak', 'MiB')];
  return `${name.padEnd(22)}${cells.join('')}${aim === undefined ? '' : `  (aim: ${aim}x requests/s)`}`;
}

async function compareMemory() {
  for (const row of [wxnotify('replay', []), wxnotify('unique', ['--unique'])]) {
    if (!row) continue;
    const [few, many] = [[], []];
    for (let round = 0; round < Math.min(rounds, 3); round++) {
      few.push((await measure(row.run(50_000), sink)).peak);
      many.push((await measure(row.run(1_000_000), sink)).peak);
    }
    const [small, large] = [median(few), median(many)];
    console.log(
      `${row.name}: 50,000 sends ${small.toFixed(0)} MiB, 1,000,000 sends ${large.toFixed(0)} MiB, ${(large / small).toFixed(3)}x  (aim: 1.10)`,
    );
  }
}

/** What all of them send. */
function buildRequest() {
  const args = [
    path.resolve(import.meta.dirname, '../bin/wxnotify.js'),
    'build',
    'paid',
    '--profile',
    'demo',
    '--json',
  ];
  const { request } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  const file = path.join(sink.folder, 'body.xml');
  writeFileSync(file, request.body);
  return { ...request, file };
}

function wrk({ method, headers, file }) {
  const script = path.join(sink.folder, 'post.lua');
  const list = Object.entries(headers).map(
    ([name, value]) => `[${JSON.stringify(name)}]=${JSON.stringify(value)}`,
  );
  writeFileSync(
    script,
    `wrk.method = ${JSON.stringify(method)}
local file = io.open(${JSON.stringify(file)}, "rb")
wrk.body = file:read("*a")
wrk.headers = {${list.join(', ')}}
`,
  );
  const run = () => ({
    program: 'wrk',
    args: ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', script, sink.url],
  });
  return { name: 'wrk', run };
}

function autocannon({ method, headers, file }) {
  const script = createRequire(import.meta.url).resolve('autocannon');
  const list = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const args = [
    script,
    '-c',
    CONNECTIONS,
    '-d',
    seconds,
    '-m',
    method,
    '-i',
    file,
    ...list,
    '--json',
    sink.url,
  ];
  return { name: 'autocannon', run: () => ({ program: process.execPath, args: args.map(String) }) };
}

function wxnotify(name, flags) {
  const help = execFileSync(process.execPath, [values.wxnotify, 'send', '--help'], { encoding: 'utf8' });
  if (!flags.every((flag) => help.includes(flag))) {
    console.log(`wxnotify ${name}: there is no ${flags.join(' ')} yet`);
    return undefined;
  }
  const state = path.join(sink.folder, 'state');
  const always = ['send', 'paid', '--profile', 'demo', '--target', sink.url, '--state', state, '--json'];
  const run = (times) => ({
    program: process.execPath,
    args: [values.wxnotify, ...always, '--concurrency', CONNECTIONS, '--times', String(times), ...flags],
  });
  const check = ({ output }, times) => {
    const { summary } = JSON.parse(output);
    if (summary.acks.SUCCESS !== times)
      throw new Error(`${name}: not all of ${times}: ${JSON.stringify(summary)}`);
  };
  return { name: `wxnotify ${name}`, aim: flags.length === 0 ? 0.95 : 0.75, run, check };
}
