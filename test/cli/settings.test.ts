/** What is in force, and where it came from. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { merchant, merchantEnv, temporaryFolder, wxnotify, type CliOptions } from '../support/cli.ts';
import { startServer } from '../support/server.ts';

interface Row {
  readonly value: string | null;
  readonly from: string | null;
}

async function settings(args: readonly string[], options: CliOptions): Promise<Record<string, Row>> {
  const { status, stdout } = await wxnotify(['config', '--json', ...args], options);
  expect(status).toBe(0);
  return (JSON.parse(stdout) as { settings: Record<string, Row> }).settings;
}

const CONFIG = `
profile: local
profiles:
  local: { target: "http://127.0.0.1:3/file", appid: "\${env.MY_APPID}", mch_id: 10000100 }
  other: { target: "http://127.0.0.1:4/other", hosts: [staging.example.com] }
`;

describe('precedence', () => {
  const env = { WXNOTIFY_TARGET: 'http://127.0.0.1:2/env' };
  test.each<[string, readonly string[], Record<string, string>, Record<string, string>, Row]>([
    [
      'flag',
      ['--target', 'http://127.0.0.1:1/flag'],
      env,
      { '.env': 'WXNOTIFY_TARGET=http://dot/' },
      { value: 'http://127.0.0.1:1/flag', from: '--target' },
    ],
    [
      'environment',
      [],
      env,
      { '.env': 'WXNOTIFY_TARGET=http://dot/' },
      { value: 'http://127.0.0.1:2/env', from: 'environment (WXNOTIFY_TARGET)' },
    ],
    [
      '.env',
      [],
      {},
      { '.env': 'WXNOTIFY_TARGET=http://dot/' },
      { value: 'http://dot/', from: '.env (WXNOTIFY_TARGET)' },
    ],
    ['profile', [], {}, {}, { value: 'http://127.0.0.1:3/file', from: 'profile local' }],
    [
      'profile by flag',
      ['--profile', 'other'],
      {},
      {},
      { value: 'http://127.0.0.1:4/other', from: 'profile other' },
    ],
    [
      'profile by environment',
      [],
      { WXNOTIFY_PROFILE: 'other' },
      {},
      { value: 'http://127.0.0.1:4/other', from: 'profile other' },
    ],
    [
      'profile by .env',
      [],
      {},
      { '.env': 'WXNOTIFY_PROFILE=other' },
      { value: 'http://127.0.0.1:4/other', from: 'profile other' },
    ],
  ])('%s', async (_, args, environment, files, target) => {
    const cwd = temporaryFolder({ 'wxnotify.yaml': CONFIG, ...files });
    expect((await settings(args, { cwd, env: environment }))['target']).toEqual(target);
  });
});

test('found upwards, with references, and masked', async () => {
  const cwd = temporaryFolder({ 'wxnotify.yaml': CONFIG });
  mkdirSync(path.join(cwd, 'a/b'), { recursive: true });
  const env = { MY_APPID: 'wx2421b1c4370ec43b', WXNOTIFY_API_KEY: merchant.api_key };
  const shown = await settings([], { cwd: path.join(cwd, 'a/b'), env });
  expect(shown).toMatchObject({
    profile: { value: 'local' },
    appid: { value: 'wx2421b1c4370ec43b', from: 'profile local (MY_APPID)' },
    mch_id: { value: '10000100', from: 'profile local' },
    api_key: { value: '********', from: 'environment (WXNOTIFY_API_KEY)' },
    sign_type: { value: 'MD5', from: 'default' },
  });
  const text = await wxnotify(['config'], { cwd, env });
  expect(text.stdout).toMatch(/^api_key +\*{8} +environment \(WXNOTIFY_API_KEY\)$/m);
});

test('a key file, relative to the configuration', async () => {
  const config = 'profiles: { a: { appid: wx1, mch_id: "1", api_key_file: secret/key.txt } }';
  const cwd = temporaryFolder({ 'wxnotify.yaml': config, 'secret/key.txt': `${merchant.api_key}\n` });
  const { stdout } = await wxnotify(['build', 'paid', '--json', '--set', 'total_fee=1'], { cwd });
  expect(stdout).toContain('key=********');
  const gone = temporaryFolder({ 'wxnotify.yaml': config });
  const failed = await wxnotify(['build', 'paid'], { cwd: gone });
  expect(failed).toMatchObject({ status: 2, stdout: '' });
  expect(failed.stderr).toContain('secret/key.txt cannot be read');
});

test('a kind may have a target of its own', async () => {
  const payments = await startServer();
  const refunds = await startServer();
  const config = `profiles: { a: { target: "${payments.url}", targets: { v2/refund: "${refunds.url}" } } }`;
  const cwd = temporaryFolder({ 'wxnotify.yaml': config });
  await wxnotify(['send', 'partial-then-full'], { cwd, env: merchantEnv });
  expect([payments.received.length, refunds.received.length]).toEqual([1, 2]);
  await wxnotify(['send', 'refund/success', '--target', payments.url], { cwd, env: merchantEnv });
  expect([payments.received.length, refunds.received.length]).toEqual([2, 2]);
});

test('the demo merchant is taken as a whole', async () => {
  const shown = await settings(['--profile', 'demo'], { env: merchantEnv });
  expect(shown['appid']).toEqual({ value: 'wx8888888888888888', from: 'the demo merchant' });
});

describe('what is wrong', () => {
  test.each<[string, Record<string, string>, readonly string[], RegExp]>([
    [
      'an unknown profile',
      { 'wxnotify.yaml': CONFIG },
      ['--profile', 'locla'],
      /no profile `locla` \(--profile\)\n {2}Did you mean `local`\?/,
    ],
    ['an unknown profile without a file', {}, ['--profile', 'x'], /no wxnotify\.yaml here or above/],
    [
      'an unknown key',
      { 'wxnotify.yaml': 'profiles:\n  a: { targt: x }' },
      [],
      /wxnotify\.yaml:2:8: `targt` is no key of `profiles\.a`\n {2}Did you mean `target`\?/,
    ],
    ['broken YAML', { 'wxnotify.yaml': 'profiles: [' }, [], /wxnotify\.yaml:1:12: not valid YAML/],
    ['a configuration that is not there', {}, ['--config', 'no.yaml'], /cannot read the configuration/],
  ])('%s', async (_, files, args, message) => {
    const { status, stdout, stderr } = await wxnotify(['send', 'paid', ...args], {
      cwd: temporaryFolder(files),
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('everything that is missing, at once', async () => {
    const config = 'profiles: { a: { api_key: "${env.MY_KEY}" } }';
    const { status, stderr } = await wxnotify(['send', 'paid'], {
      cwd: temporaryFolder({ 'wxnotify.yaml': config }),
    });
    expect(status).toBe(2);
    for (const part of [
      'WXNOTIFY_APPID',
      'WXNOTIFY_MCH_ID',
      'WXNOTIFY_API_KEY',
      '${env.MY_KEY}, which is not set',
    ]) {
      expect(stderr).toContain(part);
    }
  });

  test('a key of another length, or in the file itself, is a warning', async () => {
    const config = 'profiles: { a: { appid: wx1, mch_id: "1", api_key: short } }';
    const { status, stderr } = await wxnotify(['build', 'paid'], {
      cwd: temporaryFolder({ 'wxnotify.yaml': config }),
    });
    expect(status).toBe(0);
    expect(stderr).toContain('has 5 characters; a v2 API key has 32');
    expect(stderr).toContain('wxnotify.yaml:1:');
    expect(stderr).not.toContain('short');
  });
});
