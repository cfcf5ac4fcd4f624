/** The API key never comes out: not even when the merchant sends it back. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { merchant, merchantEnv, temporaryFolder, wxnotify, type CliResult } from '../support/cli.ts';
import { startServer, type TestServer } from '../support/server.ts';

const KEY = merchant.api_key;

/** No output has the key, nor so much of it that the rest could be guessed. */
function expectNoKey({ stdout, stderr }: CliResult, journal = ''): void {
  for (const text of [stdout, stderr, journal]) {
    expect(text).not.toContain(KEY.slice(0, 20));
    expect(text).not.toContain(KEY.slice(-20));
  }
}

async function echo(body: string, headers: Record<string, string> = {}, status = 200): Promise<TestServer> {
  return startServer((_, response) => {
    response.writeHead(status, { 'content-type': 'text/xml', ...headers }).end(body);
  });
}

function journalText(cwd: string): string {
  const state = path.join(cwd, '.state');
  return readdirSync(state)
    .map((file) => readFileSync(path.join(state, file), 'utf8'))
    .join('\n');
}

const answers: readonly [title: string, body: string, headers?: Record<string, string>, status?: number][] = [
  ['return_msg', `<xml><return_code>FAIL</return_code><return_msg>key is ${KEY}</return_msg></xml>`],
  ['return_code', `<xml><return_code>${KEY}</return_code></xml>`],
  ['return_code behind other text', `<xml><return_code>${'x'.repeat(35)}${KEY}</return_code></xml>`],
  ['a stack trace', `<html>Error: bad key ${KEY} at pay.js:1</html>`, {}, 500],
  ['plain text', KEY],
  ['headers', '<xml/>', { 'x-debug': `key=${KEY}`, 'set-cookie': `k=${KEY}` }],
  ['a redirect', '', { location: `https://example.com/?key=${KEY}` }, 302],
  ['a redirect, far behind', '', { location: `/${'x'.repeat(170)}${KEY}` }, 302],
  [
    'the edge of what is kept of an answer',
    `<xml>${'x'.repeat(16 * 1024 - 30)}${KEY}${'x'.repeat(50)}</xml>`,
  ],
  ['an XML name', `<xml><k${KEY}>1</xml>`],
];

describe('a merchant that sends the key back', () => {
  test.each(answers)('in %s', async (_, body, headers, status) => {
    const cwd = temporaryFolder();
    const { url, received } = await echo(body, headers, status);
    const run = async (...args: string[]): Promise<CliResult> => wxnotify(args, { cwd, env: merchantEnv });
    const outputs = [
      await run('send', 'paid', '--target', url),
      await run('send', 'paid', '--target', url, '--verbose'),
      await run('send', 'paid', '--target', url, '--json'),
      await run('replay', '--verbose'),
      await run('history', '--json'),
    ];
    expect(received).toHaveLength(4);
    expect(outputs.map((output) => output.status)).toEqual([1, 1, 1, 1, 0]);
    for (const output of outputs) expectNoKey(output, journalText(cwd));
    expect(outputs[2]?.stdout).toContain('"ack": ');
  });

  test('in an HTTP error that cannot be read', async () => {
    const { url } = await startServer((_, response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\n${KEY} no colon\r\n\r\n`);
    });
    expectNoKey(await wxnotify(['send', 'paid', '--target', url], { env: merchantEnv }));
    expectNoKey(await wxnotify(['send', 'paid', '--target', url, '--json'], { env: merchantEnv }));
  });

  test('a key with quotes in it', async () => {
    const key = 'a"quote,a\\slash-key-of-32-letter';
    const { url } = await echo(`<xml><return_code>FAIL</return_code><return_msg>${key}</return_msg></xml>`, {
      'x-debug': key,
    });
    for (const flag of ['--json', '--verbose']) {
      const env = { ...merchantEnv, WXNOTIFY_API_KEY: key };
      const { stdout } = await wxnotify(['send', 'paid', '--target', url, flag], { env });
      expect(stdout).not.toContain('key-of-32-letter');
    }
  });
});

describe('our own output', () => {
  test.each([
    ['send', 'paid', '--dry-run'],
    ['send', 'paid', '--dry-run', '--json'],
    ['send', 'nonesuch', '--json'],
    ['send', 'paid', '--target', 'nonsense', '--verbose'],
    ['build', 'paid'],
    ['build', 'paid', '--json'],
    ['build', 'paid-hmac', '--json'],
    ['build', 'refund/success', '--json', '--verbose'],
    ['build', 'paid', '--format', 'curl'],
    ['show', 'paid'],
    ['config'],
    ['config', '--json'],
    ['config', '--verbose'],
  ])('%s %s %s %s', async (...args) => {
    const line = args.filter((arg) => (arg as string | undefined) !== undefined);
    const output = await wxnotify(line, { env: merchantEnv });
    expect(output.stdout + output.stderr).not.toBe('');
    expectNoKey(output);
  });

  test('config says where the key comes from, and nothing of it', async () => {
    const { stdout } = await wxnotify(['config', '--json'], { env: merchantEnv });
    const { settings } = JSON.parse(stdout) as { settings: Record<string, { value: string; from: string }> };
    expect(settings['api_key']?.value).toMatch(/^\*+$/);
    expect(settings['api_key']?.from).toContain('WXNOTIFY_API_KEY');
    expect(settings['mch_id']?.value).toBe(merchant.mch_id);
  });

  test.each([
    ['itself', { 'wxnotify.yaml': `profiles:\n  own: { api_key: ${KEY} }\n` }],
    ['.env', { '.env': `WXNOTIFY_API_KEY=${KEY}\n` }],
    ['a file', { 'wxnotify.yaml': 'profiles:\n  own: { api_key_file: key.txt }\n', 'key.txt': `${KEY}\n` }],
  ])('config masks a key from %s', async (_, files) => {
    const output = await wxnotify(['config'], { cwd: temporaryFolder(files) });
    expect(output.stdout).toMatch(/^api_key\s+\*+\s+\S/m);
    expectNoKey(output);
  });

  test.each([
    ['a misspelt name', `profiles:\n  own: { api_kye: ${KEY} }\n`],
    ['a list', `profiles:\n  own: { api_key: [${KEY}] }\n`],
    ['the wrong place', `profiles:\n  own: ${KEY}\n`],
    ['a place of its own', `api_key: ${KEY}\n`],
    ['broken YAML', `profiles:\n  own: { api_key: "${KEY}\n`],
    ['a repeated key', `profiles:\n  own: { api_key: ${KEY}, api_key: ${KEY} }\n`],
    ['an unknown sign type', `profiles:\n  own: { sign_type: ${KEY} }\n`],
  ])('an error in the configuration does not quote it: %s', async (_, yaml) => {
    const cwd = temporaryFolder({ 'wxnotify.yaml': yaml });
    const outputs = [
      await wxnotify(['config'], { cwd }),
      await wxnotify(['send', 'paid', '--json'], { cwd }),
    ];
    for (const output of outputs) {
      expect(output.status).toBe(2);
      expect(output.stderr).toContain('wxnotify.yaml');
      expectNoKey(output);
    }
  });
});
