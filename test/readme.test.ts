/** What the README shows is what happens: its commands are run, its transcript is compared. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { demoCredentials } from '../src/merchant/demo.ts';
import { startMerchant } from '../src/merchant/server.ts';
import type { V2Credentials } from '../src/protocol/dialect.ts';
import { Secret } from '../src/protocol/secret.ts';
import { bin, merchant, merchantEnv, root, temporaryFolder, wxnotify } from './support/cli.ts';
import { startServer } from './support/server.ts';

const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const SHOWN = 'http://127.0.0.1:8080/notify';
const own: V2Credentials = {
  ...merchant,
  api_key: new Secret(merchant.api_key),
  api_v3_key: new Secret(merchant.api_v3_key),
  sign_type: 'MD5',
};

describe('README', () => {
  test('the transcript is what the command prints', async () => {
    const [block = ''] = blocks('console');
    const [command = '', ...shown] = block.split('\n');
    const { url } = await startServer((_, response) => {
      response.setHeader('content-type', 'application/json').end('{"code":"SUCCESS","message":"OK"}');
    });
    const args = command.replace('$ wxnotify ', '').replace(SHOWN, url).split(' ');
    const { status, stdout } = await wxnotify(args);
    expect(status).toBe(1);
    expect(steady(stdout.replaceAll(url, SHOWN))).toBe(steady(shown.join('\n')));
  });

  test('the two commands for a fresh machine', async () => {
    const commands = blocks('sh').slice(0, 2);
    expect(commands).toEqual(['npm ci && npx wxnotify demo\n', 'npm ci && npm test\n']);
    const { status, stdout } = await wxnotify(['demo']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+ scenarios passed$/m);
  });

  test('the demo merchant is the one it says', () => {
    for (const value of [demoCredentials.appid, demoCredentials.mch_id, demoCredentials.api_key.reveal()]) {
      expect(readme).toContain(value);
    }
  });

  test.each([
    ['as the demo merchant', 2, demoCredentials],
    ['as one’s own merchant', 3, own],
    ['to prove idempotency', 4, own],
    ['in CI', 6, own],
  ])('commands %s', async (_, index, credentials) => {
    const { url } = await merchantOf(credentials);
    const script = blocks('sh')[index] ?? '';
    expect(script).toContain('wxnotify send');
    await bash(script.replaceAll('npx wxnotify', 'wxnotify').replaceAll(SHOWN, url), url);
  });

  test('to find the holes: a correct merchant has none', async () => {
    const { url } = await merchantOf(own);
    const script = blocks('sh')[5] ?? '';
    expect(script).toContain('wxnotify audit --target');
    await bash(script.replaceAll(SHOWN, url), url);
  });

  test('what to do when verification fails', async () => {
    const { url } = await merchantOf(own);
    const { stdout: captured } = await wxnotify(['build', 'paid'], { env: merchantEnv });
    await bash(blocks('sh')[7] ?? '', url, { 'captured.xml': captured });
  });

  test('the first scenario', async () => {
    const [yaml = ''] = blocks('yaml');
    const { url } = await merchantOf(own);
    const cwd = temporaryFolder({ 'scenarios/vip.yaml': yaml });
    const sent = await wxnotify(['send', 'vip', '--target', url], { cwd, env: merchantEnv });
    expect(sent).toMatchObject({ status: 0, stderr: '' });
  });

  test('every link leads somewhere', () => {
    for (const [, target = ''] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(() => readFileSync(path.join(root, target))).not.toThrow();
    }
  });
});

function blocks(language: string): readonly string[] {
  return Array.from(
    readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')),
    ([, text = '']) => text,
  );
}

/** Without what differs from run to run: times and ids. */
function steady(text: string): string {
  return text
    .replace(/[\d.]+ ms/g, 'N ms')
    .replace(/--id \S+/g, '--id ID')
    .trim();
}

async function merchantOf(credentials: V2Credentials): Promise<{ url: string }> {
  const server = await startMerchant({ credentials, adopt: true });
  onTestFinished(() => server.close());
  return server;
}

/** Runs a script as a user would type it, `wxnotify` being on the path. Rejects when a command fails. */
async function bash(
  script: string,
  url: string,
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  const cwd = temporaryFolder(files);
  const programs = path.join(cwd, 'bin');
  mkdirSync(programs);
  writeFileSync(path.join(programs, 'wxnotify'), `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
  chmodSync(path.join(programs, 'wxnotify'), 0o755);
  const PATH = `${programs}:${process.env['PATH'] ?? ''}`;
  const env = {
    PATH,
    HOME: cwd,
    WXNOTIFY_STATE: path.join(cwd, 'state'),
    WXNOTIFY_TARGET: url,
    ...merchantEnv,
  };
  await promisify(execFile)('bash', ['--norc', '-eo', 'pipefail', '-c', script], { cwd, env });
}
