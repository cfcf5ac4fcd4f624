// A suite of 30 signed requests, status and acknowledgement of each asserted, as `wxnotify run` and as a Postman collection
// in newman: whole processes, in turn, against one nginx; medians and ratios of wall time and peak memory. GNU time needed.
// Usage: node bench/suite.mjs [rounds] [--wxnotify bin/wxnotify.js]      installs newman into bench/newman on the first run
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs, promisify } from 'node:util';
import { median } from './measure.mjs';
import { ANSWER, startSink } from './sink.mjs';

const execute = promisify(execFile);
const REQUESTS = 30;
const ASSERTIONS = [
  "pm.test('status', () => pm.response.to.have.status(200));",
  "pm.test('acknowledged', () => pm.expect(pm.response.text()).to.include('SUCCESS'));",
];
/** Newman's share of it that is aimed at, at most. */
const AIMS = { wall: 1 / 5, peak: 1 / 3 };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { wxnotify: { type: 'string', default: path.resolve(import.meta.dirname, '../bin/wxnotify.js') } },
});
const rounds = Number(positionals[0] ?? 9);
const wxnotify = path.resolve(values.wxnotify);

const missing = ['nginx', 'time'].filter((name) => spawnSync(name, ['-V']).error);
if (missing.length > 0) {
  console.error(`bench/suite needs ${missing.join(' and ')}: apt-get install nginx-light time`);
  process.exit(2);
}
const newman = installNewman();
const sink = await startSink();
try {
  await compare();
} finally {
  await sink.stop();
}

async function compare() {
  const suite = writeSuite(sink.folder);
  await assertSameRequests(suite);
  const rows = [
    { name: 'wxnotify run', args: suite.wxnotify(sink.url), sends: REQUESTS },
    {
      name: 'wxnotify run --workers 1',
      args: [...suite.wxnotify(sink.url), '--workers', '1'],
      sends: REQUESTS,
    },
    { name: 'node -e 0 (the floor)', args: ['-e', '0'], sends: 0 },
    { name: 'newman run', args: suite.newman(sink.url), sends: REQUESTS },
  ];
  const runs = rows.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, row] of rows.entries()) {
      const taken = await measure(row, suite.settings);
      if (round >= 0) runs[index].push(taken); // the first round warms the file cache
    }
  }
  console.log(
    `${REQUESTS} requests; median of ${rounds} rounds, each round all in turn, Node ${process.version}`,
  );
  console.log('in brackets: newman’s share, median of the rounds’ ratios\n');
  for (const [index, { name }] of rows.entries()) console.log(line(name, runs[index], runs.at(-1)));
  console.log(`\naims: at most ${AIMS.wall.toFixed(2)}x wall time, ${AIMS.peak.toFixed(2)}x peak memory`);
}

function line(name, own, base) {
  const cell = (what, unit) => {
    const ratio = median(own.map((run, round) => run[what] / base[round][what]));
    return `${median(own.map((run) => run[what]))
      .toFixed(0)
      .padStart(7)} ${unit} (${ratio.toFixed(2)}x)`;
  };
  return `${name.padEnd(26)}${cell('wall', 'ms')}${cell('peak', 'MiB')}`;
}

/** From spawn to exit. A run that fails, or does not send everything, is an error. */
async function measure({ args, sends }, settings) {
  const before = await sink.count();
  const started = process.hrtime.bigint();
  await run(args, settings, ['time', '--format', '%M', '--output', path.join(sink.folder, 'peak')]);
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  const sent = (await sink.count()) - before - 1; // asking is a request as well
  if (sent !== sends) throw new Error(`${args.join(' ')} sent ${sent} requests`);
  return { wall, peak: Number(readFileSync(path.join(sink.folder, 'peak'), 'utf8')) / 1024 };
}

async function run(args, settings, [program, ...before] = ['env']) {
  await execute(program, [...before, process.execPath, ...args], { ...settings, maxBuffer: 64 * 1024 ** 2 });
}

/** The same orders for both: as scenario files, and as a collection of what `wxnotify build` makes of them. */
function writeSuite(folder) {
  const env = { PATH: process.env.PATH, HOME: folder, WXNOTIFY_STATE: path.join(folder, 'state') };
  const settings = { env, cwd: folder };
  const account = ['--profile', 'demo', '--seed', '42'];
  mkdirSync(path.join(folder, 'scenarios'));
  const item = Array.from({ length: REQUESTS }, (_, index) => {
    const file = `scenarios/paid-${index + 1}.yaml`;
    const lines = ['summary: Paid', 'notify: v2/payment', `fields: { total_fee: ${index + 1} }`];
    writeFileSync(
      path.join(folder, file),
      [...lines, 'expect: { ack: SUCCESS, status: 200 }', ''].join('\n'),
    );
    const args = [wxnotify, 'build', file, ...account, '--format', 'postman'];
    const exported = execFileSync(process.execPath, args, {
      ...settings,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { request } = JSON.parse(exported).item[0];
    const event = [{ listen: 'test', script: { type: 'text/javascript', exec: ASSERTIONS } }];
    return { name: `paid-${index + 1}`, request: { ...request, url: '{{target}}' }, event };
  });
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const collection = path.join(folder, 'collection.json');
  writeFileSync(collection, JSON.stringify({ info: { name: 'suite', schema }, item }));
  return {
    settings,
    wxnotify: (url) => [wxnotify, 'run', ...account, '--target', url],
    newman: (url) => [newman, 'run', collection, '--env-var', `target=${url}`],
  };
}

/** Runs each once, against a server that keeps what comes. */
async function assertSameRequests(suite) {
  const ours = await bodiesOf(suite.wxnotify, suite.settings);
  const theirs = await bodiesOf(suite.newman, suite.settings);
  const same = ours.length === REQUESTS && ours.every((body, index) => body === theirs[index]);
  if (!same) throw new Error('wxnotify and newman do not send the same requests');
}

async function bodiesOf(args, settings) {
  const bodies = [];
  const server = createServer(async (request, response) => {
    bodies.push(await text(request));
    response.setHeader('content-type', 'text/xml').end(ANSWER);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await run(args(`http://127.0.0.1:${server.address().port}/notify`), settings);
  server.close();
  return bodies.sort();
}

/** Where newman is, in the version that the lock file has. */
function installNewman() {
  const folder = path.resolve(import.meta.dirname, 'newman');
  const program = path.join(folder, 'node_modules/newman/bin/newman.js');
  if (!existsSync(program)) {
    console.error('Installing newman into bench/newman …');
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return program;
}
