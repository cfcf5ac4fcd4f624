/** What a second adversary found: endings, secrets and odd files. */
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ended, merchantEnv, reported, start, temporaryFolder, wxnotify } from '../support/cli.ts';
import { startRawServer, startServer, SUCCESS } from '../support/server.ts';

const KEY = '0123456789abcdefABCDEFsecretSECR';

describe('a connection that is never made', () => {
  const silentTls = async (): Promise<string> =>
    (await startRawServer(() => undefined)).replace(/^http:\/\//, 'https://');

  test('TLS that nobody answers ends with the time limit: 3', async () => {
    const { status, report } = await reported([
      'send',
      'paid',
      '--target',
      await silentTls(),
      '--timeout',
      '300ms',
    ]);
    expect(status).toBe(3);
    expect(report.deliveries[0]?.error).toMatch(/timeout/);
  });

  test('Ctrl-C during it ends with 130', async () => {
    const child = start(['send', 'paid', '--target', await silentTls(), '--timeout', '1h'], {
      env: merchantEnv,
    });
    let shown = '';
    await new Promise<void>((resolve) => {
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        shown += text;
        if (shown.includes('A JSAPI order')) setTimeout(resolve, 200);
      });
    });
    child.kill('SIGINT');
    expect(await ended(child)).toBe(130);
  });
});

test('a server that closes kept connections without a word gets every copy, and none is told as lost', async () => {
  const { url } = await startServer((_, response) => {
    response.setHeader('connection', 'keep-alive').end(SUCCESS);
    response.once('finish', () => setImmediate(() => response.req.socket.destroy()));
  });
  const { status, report } = await reported([
    'send',
    'paid',
    '--target',
    url,
    '--times',
    '300',
    '--concurrency',
    '10',
  ]);
  expect({ status, acks: report.summary.acks }).toEqual({ status: 0, acks: { SUCCESS: 300 } });
});

describe('keys', () => {
  test.each([
    ['in the target', { WXNOTIFY_TARGET: `http://127.0.0.1:1/n?token=${KEY}` }],
    ['as the appid', { WXNOTIFY_APPID: KEY }],
    ['as a certificate', { WXNOTIFY_CACERT: KEY }],
  ])('config does not print the key %s', async (_, env) => {
    const { stdout, stderr } = await wxnotify(['config'], { env: { WXNOTIFY_API_KEY: KEY, ...env } });
    expect(stdout + stderr).not.toContain(KEY);
  });

  test('a certificate file that is named by the key is not told', async () => {
    const env = { ...merchantEnv, WXNOTIFY_API_KEY: KEY, WXNOTIFY_CACERT: KEY };
    const { status, stdout, stderr } = await wxnotify(['send', 'paid', '--target', 'http://127.0.0.1:1/'], {
      env,
    });
    expect(status).toBe(2);
    expect(stdout + stderr).not.toContain(KEY);
  });

  test('one that is not in force is masked and refused as well', async () => {
    const { url, received } = await startServer(
      `<xml><return_code>FAIL</return_code><return_msg>${KEY.toLowerCase()}</return_msg></xml>`,
    );
    const cwd = temporaryFolder({
      'mine.yaml': 'notify: v2/payment\nfields: { attach: "${env.WXNOTIFY_API_KEY}" }\n',
    });
    const env = { WXNOTIFY_API_KEY: KEY };
    const echoed = await wxnotify(['send', 'paid', '--profile', 'demo', '--target', url, '-v'], { cwd, env });
    expect(echoed.stdout + echoed.stderr).not.toMatch(new RegExp(KEY, 'i'));
    const carried = await wxnotify(['send', './mine.yaml', '--profile', 'demo', '--target', url], {
      cwd,
      env,
    });
    expect([carried.status, received.length]).toEqual([2, 1]);
  });

  test.each([`api_key: *${KEY}x`, `api_key: !${KEY}x y`, `profile: ${KEY}x`, `api_key_file: ${KEY}x`])(
    'a damaged copy in the configuration is not quoted: %s',
    async (line) => {
      const cwd = temporaryFolder({ 'wxnotify.yaml': `profiles:\n  a:\n    ${line}\n` });
      const { stdout, stderr } = await wxnotify(['config'], { cwd });
      expect(stdout + stderr).not.toContain(KEY);
    },
  );
});

describe('files', () => {
  test('a scenario that links to itself is passed over', async () => {
    const cwd = temporaryFolder({ 'scenarios/good.yaml': 'notify: v2/payment\n' });
    symlinkSync('selfy.yaml', path.join(cwd, 'scenarios', 'selfy.yaml'));
    const { status, stdout, stderr } = await wxnotify(['list'], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^good /);
    expect((await wxnotify(['validate', './scenarios/selfy.yaml'], { cwd })).status).toBe(2);
  });

  test('.env with CRLF has no wrong lines', async () => {
    const cwd = temporaryFolder({ '.env': '# c\r\nWXNOTIFY_MCH_ID=10000100\r\n' });
    expect((await wxnotify(['config'], { cwd })).stderr).toBe('');
  });

  test('a pipe in the place of a file is not waited for', async () => {
    const cwd = temporaryFolder();
    execFileSync('mkfifo', ['.env', 'mine.yaml', 'wxnotify.yaml'], { cwd });
    execFileSync('mkdir', ['.state'], { cwd });
    execFileSync('mkfifo', ['.state/journal.ndjson'], { cwd });
    const { url } = await startServer();
    const sent = await wxnotify(['send', 'paid', '--target', url], { cwd, env: merchantEnv });
    expect(sent.status).toBe(0);
    expect(sent.stderr).toContain('is no regular file');
    expect((await wxnotify(['validate', './mine.yaml'], { cwd })).stderr).toContain('is no regular file');
  });

  test('a certificate that is none is a matter of configuration: 2', async () => {
    const cwd = temporaryFolder({ 'ca.pem': '-----BEGIN CERTIFICATE-----\ngarbage\n' });
    const { status, stderr } = await wxnotify(
      ['send', 'paid', '--target', 'http://127.0.0.1:1/', '--cacert', 'ca.pem'],
      { cwd, env: merchantEnv },
    );
    expect(status).toBe(2);
    expect(stderr).toContain('holds no certificate');
  });
});

test.each([
  ['<xml><return_code>SUC<b/>CESS</return_code></xml>', 'mixes text and elements'],
  ['<xml a="&foo;"><return_code>SUCCESS</return_code></xml>', 'entity that XML does not define'],
])('%s is no acknowledgement', async (answer, why) => {
  const { url } = await startServer(answer);
  const { status, report } = await reported(['send', 'paid', '--target', url]);
  expect(status).toBe(1);
  expect(report.deliveries[0]?.message).toContain(why);
});

test('twenty copies at once make listen no noise', async () => {
  const child = start(['listen', '--port', '0']);
  let noise = '';
  const url = await new Promise<string>((resolve) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      noise += text;
      const found = /http:\S+/.exec(noise)?.[0];
      if (found) resolve(found);
    });
  });
  await wxnotify([
    'send',
    'paid',
    '--profile',
    'demo',
    '--target',
    url,
    '--times',
    '20',
    '--concurrency',
    '20',
  ]);
  expect(noise).not.toContain('Warning');
});
