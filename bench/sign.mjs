// Signatures per second of processor time, in turn in one run, medians and ratios: API v3 against `openssl speed` with a
// key of the same size; API v2, XML and signature, against wechatpay-axios-plugin, with the same fields. Then what signing
// on other threads leaves of the event loop, as a load does it.
// Usage: node bench/sign.mjs [rounds] [--seconds 1]      installs the SDK where test/interop has it, on the first run
import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { median } from './measure.mjs';

const BITS = 2048;
/** So many are done between two looks at the clock. */
const BATCH = 50;
/** What the load that is imitated has. */
const CONNECTIONS = 50;
const API_KEY = '8934e7d15453e97507ef794cf7b0519d';
const MERCHANT = { appid: 'wx2421b1c4370ec43b', mch_id: '10000100' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '1' } },
});
const rounds = Number(positionals[0] ?? 9);
const seconds = Number(values.seconds);

if (spawnSync('openssl', ['version']).error) {
  console.error('bench/sign needs openssl: apt-get install openssl');
  process.exit(2);
}
const ours = await loadOurs();
const sdk = await loadSdk();
const openssl = execFileSync('openssl', ['version'], { encoding: 'utf8' }).split(' ', 2).join(' ');
console.log(`median of ${rounds} rounds, each round all in turn, ${seconds} s of processor time each`);
console.log(`Node ${process.version} (OpenSSL ${process.versions.openssl}), ${openssl}\n`);
const v3 = createV3();
compare(`RSA-${BITS}`, { name: openssl, rate: opensslRate }, v3Ways(v3));
for (const sign_type of ['MD5', 'HMAC-SHA256']) compare(`v2, ${sign_type}`, ...v2Ways(sign_type));
await compareThreads(v3);

/** In brackets: to the first one, median of the rounds' ratios. */
function compare(title, base, ways) {
  const rows = [base, ...ways];
  const rates = rows.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, row] of rows.entries()) {
      const rate = (row.rate ?? rateOf)(row.work);
      if (round >= 0) rates[index].push(rate); // the first round compiles
    }
  }
  for (const [index, { name, aim }] of rows.entries()) {
    const ratio = median(rates[index].map((rate, round) => rate / rates[0][round]));
    const wanted = aim === undefined ? '' : `  (aim: ${aim}x)`;
    const rate = median(rates[index]).toFixed(0).padStart(8);
    console.log(`${`${title}: ${name}`.padEnd(58)}${rate} /s  ${ratio.toFixed(2)}x${wanted}`);
  }
  console.log();
}

/** By the time of all threads, so that collecting garbage counts, and what else the machine does does not. */
function rateOf(work) {
  const before = process.cpuUsage();
  for (let done = BATCH; ; done += BATCH) {
    for (let count = 0; count < BATCH; count++) work();
    const { user, system } = process.cpuUsage(before);
    if (user + system >= seconds * 1e6) return (done * 1e6) / (user + system);
  }
}

function opensslRate() {
  const args = ['speed', '-mr', '-seconds', String(Math.ceil(seconds)), `rsa${BITS}`];
  const { stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  const [, count, time] = new RegExp(`^\\+R1:(\\d+):${BITS}:([\\d.]+)`, 'm').exec(stderr);
  return count / time;
}

/** A notification of API v3, with all that sealing it takes. */
function createV3() {
  const { privateKey: pem } = generateKeyPairSync('rsa', {
    modulusLength: BITS,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const privateKey = createPrivateKey(pem);
  const platform = { serial: 'ABCDEF', privateKey, publicKey: createPublicKey(pem) };
  const credentials = { ...MERCHANT, api_v3_key: new ours.Secret(API_KEY), platform };
  const notification = build(ours.transaction, credentials);
  const signing = { timestamp: '1795473257', nonce: 'NZlDKb8Dn9HqHNCbVnGNdyPrJdMQZcqc', request_id: 'A-0' };
  return { credentials, notification, signing };
}

function v3Ways({ credentials, notification, signing }) {
  const sealed = ours.v3.seal(notification, credentials, signing);
  return [
    {
      name: 'a repetition: message, signature, headers',
      aim: 0.8,
      work: () => ours.resign(sealed, credentials, signing),
    },
    {
      name: 'a notification: encrypted and written as well',
      work: () => ours.v3.seal(notification, credentials, signing),
    },
  ];
}

/** Sealing on the event loop, and ahead: how long the loop is busy for each, and how many there are a second. */
async function compareThreads({ credentials, notification, signing }) {
  const times = Math.ceil(2000 * seconds);
  const onTheLoop = () => {
    const take = () => ours.v3.seal(notification, credentials, signing);
    return { ready: () => undefined, take };
  };
  const ahead = () => {
    const make = async () => ours.sealLater(notification, credentials, signing);
    return ours.signAhead({ first: {}, make, times, connections: CONNECTIONS });
  };
  const ways = [onTheLoop, ahead];
  const runs = ways.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, way] of ways.entries()) {
      const taken = await sealAll(way(), times);
      if (round >= 0) runs[index].push(taken);
    }
  }
  for (const [index, name] of ['on the event loop', 'on other threads'].entries()) {
    const cell = (what) => {
      const ratio = median(runs[index].map((run, round) => run[what] / runs[0][round][what]));
      return `${median(runs[index].map((run) => run[what]))
        .toFixed(0)
        .padStart(8)} (${ratio.toFixed(2)}x)`;
    };
    console.log(
      `${`signed ${name}`.padEnd(28)}${cell('rate')} /s  ${cell('busy')} µs of the event loop each`,
    );
  }
}

/** As a load takes them, but nothing is sent. */
async function sealAll({ ready, take }, times) {
  await nextTurn();
  const before = performance.eventLoopUtilization();
  const started = performance.now();
  for (let count = 0; count < times; count++) {
    for (let later = ready(); later; later = ready()) await later;
    take();
    if (count % CONNECTIONS === 0) await nextTurn();
  }
  const ms = performance.now() - started;
  await nextTurn();
  return {
    rate: (1000 * times) / ms,
    busy: (1000 * performance.eventLoopUtilization(before).active) / times,
  };
}

function v2Ways(sign_type) {
  const credentials = { ...MERCHANT, sign_type, api_key: new ours.Secret(API_KEY) };
  const notification = build(ours.payment, credentials);
  const { fields } = notification;
  const sdkBody = () => sdk.Transformer.toXml({ ...fields, sign: sdk.Hash.sign(sign_type, fields, API_KEY) });
  const seal = () => ours.v2.seal(notification, credentials);
  if (signIn(sdkBody()) !== signIn(Buffer.from(seal().body).toString()))
    throw new Error('the SDK signs otherwise');
  const base = { name: `wechatpay-axios-plugin ${sdk.version}`, work: sdkBody };
  return [base, [{ name: 'a notification', aim: 2, work: seal }]];
}

function signIn(xml) {
  return sdk.Transformer.toObject(xml).sign;
}

function build(kind, merchant) {
  return ours.buildNotification({ kind, fields: {}, merchant, source: ours.seededSource('42') });
}

/** The functions that the program itself uses. */
async function loadOurs() {
  const { build } = await import('esbuild');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'wxnotify-bench-'));
  const outfile = path.join(folder, 'ours.mjs');
  const contents = `
    export { buildNotification } from './protocol/notification.ts';
    export { Secret } from './protocol/secret.ts';
    export { payment } from './protocol/v2/kinds/payment.ts';
    export { v2 } from './protocol/v2/index.ts';
    export { transaction } from './protocol/v3/kinds/transaction/transaction.ts';
    export { v3 } from './protocol/v3/index.ts';
    export { resign, sealLater } from './protocol/v3/seal.ts';
    export { signAhead } from './run/steps/sign-ahead.ts';
    export { seededSource } from './run/source.ts';`;
  await build({
    stdin: { contents, resolveDir: path.resolve(import.meta.dirname, '../src') },
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    banner: { js: 'const require=process.getBuiltinModule;' },
  });
  try {
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** In the version that the lock file of the receivers has. */
async function loadSdk() {
  const folder = path.resolve(import.meta.dirname, '../test/interop/receivers/node-wechatpay-axios-plugin');
  if (!existsSync(path.join(folder, 'node_modules'))) {
    console.error(`Installing wechatpay-axios-plugin into ${path.relative('.', folder)} …`);
    const stdio = ['ignore', 'ignore', 'inherit'];
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio });
  }
  const { resolve } = createRequire(path.join(folder, 'receiver.mjs'));
  const { Hash, Transformer } = await import(pathToFileURL(resolve('wechatpay-axios-plugin')));
  const lock = createRequire(import.meta.url)(path.join(folder, 'package-lock.json'));
  return { Hash, Transformer, version: lock.packages['node_modules/wechatpay-axios-plugin'].version };
}
