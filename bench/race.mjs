// How closely copies arrive: `race` against `Promise.all(fetch)` of the same requests, measured at the server, which is
// a process of its own: microseconds from the first request that was complete to the last. The senders take turns.
// Usage: node bench/race.mjs [rounds] [copies,copies,…]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

// Answers close the connection where fetch is to open new ones; where it is to find some, it sends once unmeasured.
const ways = [
  { name: 'race', way: 'race', close: false, before: 0 },
  { name: 'fetch, kept connections', way: 'fetch', close: false, before: 1 },
  { name: 'fetch, new connections', way: 'fetch', close: true, before: 0 },
];
const [first, ...rest] = process.argv.slice(2);
if (first === '--server') serve();
else if (first === '--sender') await sendWhenTold(...rest);
else await compare(Number(first ?? 30), (rest[0] ?? '5,20,50').split(',').map(Number));

async function compare(rounds, sizes) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'wxnotify-bench-'));
  const code = path.join(folder, 'race.mjs');
  await bundle(code);
  const { child: server, message: port } = await start(['--server']);
  const startSender = async () => (await start(['--sender', `http://127.0.0.1:${port}/notify`, code])).child;
  console.log(`${rounds} rounds, each all senders in turn, Node ${process.version}; microseconds\n`);
  for (const copies of sizes) {
    console.log(`${`${copies} copies`.padEnd(50)}   p50     p90  fetch/race  connections opened`);
    await compareProcesses({ rounds, copies, server, startSender });
    await compareWarm({ rounds, copies, server, startSender });
  }
  server.disconnect();
  rmSync(folder, { recursive: true });
}

/** As on a command line: a process sends once. */
async function compareProcesses({ rounds, copies, server, startSender }) {
  const results = ways.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, way] of ways.entries()) {
      const sender = await startSender();
      for (let unmeasured = 0; unmeasured < way.before; unmeasured++)
        await measure(server, sender, { ...way, copies });
      results[index].push(await measure(server, sender, { ...way, copies }));
      sender.disconnect();
    }
  }
  print('a process for each round', results);
}

/** As in a long-lived program: compiled code, and connections that are there already. */
async function compareWarm({ rounds, copies, server, startSender }) {
  const senders = await Promise.all(ways.map(startSender));
  const results = ways.map(() => []);
  for (let round = -3; round < rounds; round++) {
    for (const [index, way] of ways.entries()) {
      const result = await measure(server, senders[index], { ...way, copies });
      if (round >= 0) results[index].push(result);
    }
  }
  for (const sender of senders) sender.disconnect();
  print('one process for all', results);
}

async function measure(server, sender, { way, copies, close }) {
  server.send({ copies, close });
  await once(server, 'message');
  const measured = once(server, 'message');
  sender.send({ way, copies });
  const [[result]] = await Promise.all([measured, once(sender, 'message')]);
  return result;
}

function print(setting, results) {
  const race = quantile(results[0], 0.5);
  for (const [index, { name }] of ways.entries()) {
    const [p50, p90] = [0.5, 0.9].map((share) => quantile(results[index], share));
    const opened = results[index].reduce((sum, result) => sum + result.opened, 0) / results[index].length;
    console.log(
      `  ${name}; ${setting}`.padEnd(50),
      p50.toFixed(0).padStart(6),
      p90.toFixed(0).padStart(7),
      (index === 0 ? '' : `${(p50 / race).toFixed(1)}x`).padStart(11),
      opened.toFixed(0).padStart(19),
    );
  }
}

function quantile(results, share) {
  const sorted = results.map(({ spread }) => spread).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)];
}

async function start(args) {
  const child = fork(import.meta.filename, args);
  child.once('exit', (status) => {
    if (status !== 0) throw new Error(`${args[0]} ended with ${status}`);
  });
  const [message] = await once(child, 'message');
  return { child, message };
}

async function bundle(outfile) {
  const { build } = await import('esbuild');
  await build({
    stdin: {
      contents: "export { race } from './race.ts'; export { guardTarget } from './guard.ts';",
      resolveDir: path.resolve(import.meta.dirname, '../src/delivery'),
    },
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    banner: { js: 'const require=process.getBuiltinModule;' },
  });
}

async function sendWhenTold(url, code) {
  const { race, guardTarget } = await import(pathToFileURL(code));
  const { target } = await guardTarget(url, { hosts: [], yes: false });
  const headers = [
    ['User-Agent', 'Mozilla/4.0'],
    ['Accept', '*/*'],
    ['Content-Type', 'text/xml'],
    ['Pragma', 'no-cache'],
  ];
  const body = Buffer.from(`<xml>${'<attach><![CDATA[none]]></attach>'.repeat(30)}</xml>`);
  const request = { method: 'POST', headers, body };
  const senders = {
    race: async (requests) => {
      const deliveries = await race({}, { target, requests, timeoutMs: 10_000 });
      const lost = deliveries.find(({ outcome }) => outcome !== 'answered');
      if (lost) throw new Error(lost.detail);
    },
    fetch: async (requests) => Promise.all(requests.map(async (each) => (await fetch(url, each)).text())),
  };
  process.on('message', async ({ way, copies }) => {
    await senders[way](Array.from({ length: copies }, () => request));
    process.send('sent');
  });
  process.send('ready');
}

/** Notes when the last byte of each request has come, and answers. */
function serve() {
  const xml =
    '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';
  const answers = Object.fromEntries(
    ['close', 'keep-alive'].map((word) => [
      word,
      `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: ${word}\r\nContent-Length: ${xml.length}\r\n\r\n${xml}`,
    ]),
  );
  let round = { copies: 0, close: false };
  let moments = [];
  let opened = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    let missing = 0;
    opened++;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const now = performance.now();
      missing = (missing === 0 ? lengthOf(chunk) : missing) - chunk.length;
      if (missing > 0) return;
      // Later, when everything that has come is noted: writing takes longer than what is measured.
      setImmediate(() => (round.close ? socket.end(answers.close) : socket.write(answers['keep-alive'])));
      if (moments.push(now) < round.copies) return;
      process.send({ spread: (now - moments[0]) * 1000, opened });
    });
  });
  process.on('message', (next) => {
    round = next;
    moments = [];
    opened = 0;
    process.send('ready');
  });
  process.on('disconnect', () => process.exit());
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
}

function lengthOf(chunk) {
  const head = chunk.toString('latin1').split('\r\n\r\n')[0];
  return head.length + 4 + Number(/content-length: (\d+)/i.exec(head)[1]);
}
