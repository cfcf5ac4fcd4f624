/** The package as others get it: packed, installed into an empty project without a network, and used. */
import { execFile, type ExecFileException } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { merchant, root } from './support/cli.ts';

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const project = mkdtempSync(path.join(os.tmpdir(), 'wxnotify-package-'));
let packed: readonly string[] = [];

beforeAll(async () => {
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', project]; // it is built already
  const [tarball] = JSON.parse((await npm(pack, root)).stdout) as {
    filename: string;
    files: { path: string }[];
  }[];
  if (!tarball) throw new Error('npm packed nothing');
  packed = tarball.files.map((file) => file.path);
  put('package.json', '{ "private": true }');
  const installed = await npm(['install', '--offline', '--no-audit', '--no-fund', `./${tarball.filename}`]);
  expect(installed).toMatchObject({ status: 0 });
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('the tarball', () => {
  test('holds what is run, what is read, and nothing else', () => {
    const top = new Set(packed.map((file) => file.split('/')[0]));
    expect([...top].sort()).toEqual([
      'LICENSE',
      'README.md',
      'bin',
      'completions',
      'dist',
      'docs',
      'package.json',
      'scenarios',
    ]);
    const endings = new Set(packed.filter((file) => file.startsWith('dist/')).map(ending));
    expect([...endings].sort()).toEqual(['.cjs', '.d.cts', '.d.ts', '.js', '.txt']);
    for (const file of ['bin/wxnotify.js', 'dist/THIRD-PARTY-NOTICES.txt', 'scenarios/payment/paid.yaml'])
      expect(packed).toContain(file);
  });
});

describe('the executable', () => {
  test('tells its version', async () => {
    const { stdout } = await npm(['exec', '--offline', '--', 'wxnotify', '--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('runs its scenarios against its merchant', async () => {
    const { status, stdout } = await npm(['exec', '--offline', '--', 'wxnotify', 'demo']);
    expect(stdout).toMatch(/^\d+ scenarios passed$/m);
    expect(status).toBe(0);
  });
});

/** Builds, verifies, and runs built-in scenarios: what `import` and `require` must both give. */
const USE = `
const merchant = ${JSON.stringify(merchant)};
const { body } = buildNotification('v2/payment', { merchant, fields: { total_fee: 990 }, seed: '42' });
console.log(verifyV2(body, merchant).ok, verifyV2(body.replace('990', '1'), merchant).ok);
const deliver = (request) => ({ status: 200, body: '<xml><return_code>SUCCESS</return_code></xml>' });
run({ scenarios: ['payment/paid', 'hostile/signature/missing-signature'], merchant, deliver }).then(({ summary }) => {
  console.log(summary.passed, summary.failed);
});
`;

describe('the library', () => {
  test.each([
    ['import', 'use.mjs', `import { buildNotification, run, verifyV2 } from 'wxnotify';`],
    ['require', 'use.cjs', `const { buildNotification, run, verifyV2 } = require('wxnotify');`],
  ])('is there for %s', async (_, file, head) => {
    put(file, `${head}\n${USE}`);
    // without this flag, a Node that can require ESM would hide that there is no CommonJS
    expect(await node(['--no-experimental-require-module', file])).toEqual({
      status: 0,
      stdout: 'true false\n1 1\n',
      stderr: '',
    });
  });

  test('both give the same names', async () => {
    put(
      'same.mjs',
      `import { createRequire } from 'node:module';
      import * as imported from 'wxnotify';
      const required = createRequire(import.meta.url)('wxnotify');
      console.log(JSON.stringify([Object.keys(imported).sort(), Object.keys(required).sort()]));`,
    );
    const [imported, required] = JSON.parse((await node(['same.mjs'])).stdout) as unknown[];
    expect(imported).toContain('buildNotification');
    expect(required).toEqual(imported);
  });
});

const TYPED = `import { buildNotification, run, type NotificationRequest, type SuiteDocument } from 'wxnotify';
const merchant = { appid: 'wx', mch_id: '1', api_key: 'k' };
export const built: NotificationRequest = buildNotification('v2/payment', { merchant });
export const v3: NotificationRequest = buildNotification('v3/refund', {
  merchant: { appid: 'wx', mch_id: '1', api_v3_key: 'k', platform: 'demo' },
  tamper: { signature: 'probe' },
});
// @ts-expect-error no such platform
buildNotification('v3/refund', { merchant: { ...merchant, platform: 'production' } });
export const ran: Promise<SuiteDocument> = run({
  scenarios: 'payment/paid',
  merchant,
  deliver: async ({ method, url, headers, body }) => ({ status: body ? 200 : 400, body: method + url + headers['a'] }),
});
// @ts-expect-error an answer has a status
run({ scenarios: 'payment/paid', merchant, deliver: () => ({ body: 'OK' }) });
// @ts-expect-error no such kind
buildNotification('v2/nope', { merchant });
// @ts-expect-error no merchant
buildNotification('v2/payment', {});
`;

const NODE = ['--lib', 'es2023', '--types', 'node', '--typeRoots', path.join(root, 'node_modules/@types')];

describe('the types', () => {
  test.each([
    ['import, nodenext', 'typed.mts', ['--module', 'nodenext', ...NODE]],
    ['require, node16', 'typed.cts', ['--module', 'node16', ...NODE]],
    ['a bundler', 'typed.ts', ['--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2023,dom']],
  ])('for %s', async (_, file, flags) => {
    put(file, TYPED);
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const strict = ['--strict', '--exactOptionalPropertyTypes'];
    // libraries are checked too: ours may not refer to what is not installed
    const checked = ['--noEmit', '--skipLibCheck', 'false', ...strict, ...flags, file];
    expect(await node([tsc, ...checked])).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

function ending(file: string): string {
  return /\.d\.c?ts$/.exec(file)?.[0] ?? path.extname(file);
}

function put(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  writeFileSync(path.join(project, file), text);
}

async function node(args: readonly string[], cwd = project): Promise<Ran> {
  return ran(process.execPath, args, cwd);
}

/** npm, with nothing in its cache. */
async function npm(args: readonly string[], cwd = project): Promise<Ran> {
  return ran('npm', args, cwd);
}

async function ran(command: string, args: readonly string[], cwd: string): Promise<Ran> {
  const state = path.join(project, '.state');
  const env = { PATH: process.env['PATH'], HOME: project, npm_config_cache: state, WXNOTIFY_STATE: state };
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env, maxBuffer: 1e8 }, (error: ExecFileException | null, stdout, stderr) =>
      resolve({ status: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
  });
}
